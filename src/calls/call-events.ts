import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Clock } from '../kernel/ports.js';
import { ChangeRepository, type EventFilter } from './store/change.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { eventViews, type EventView } from './api/change-views.js';

const Place = z.object({ seq: InCursor.digits, nth: InCursor.count });

/** An event query: `profile` keeps only calls that score high enough for that institute's digest. */
export type EventsAsked = Omit<EventFilter, 'fit'> & { profile?: string };

/** Call events, newest first. */
@Injectable()
export class CallEvents {
  constructor(
    private readonly changes: ChangeRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async page(
    { profile, ...asked }: EventsAsked,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<EventView>> {
    const fit = profile === undefined ? undefined : { profile, minScore: this.settings.digest.minScore };
    const { events, total } = await this.changes.list(
      { ...asked, ...(fit && { fit }) },
      ahead(limit),
      placeOf(cursor, Place),
    );
    const views = await eventViews(events.slice(0, limit), this.clock.now());
    return page(
      events.map((event, i) => ({ event, view: views[i]! })),
      limit,
      total,
      ({ view }) => view,
      ({ event: { seq, nth } }) => ({ seq, nth }),
    );
  }
}
