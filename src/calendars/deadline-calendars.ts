import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { CalendarEvents } from './calendar-events.js';
import { entriesOf, publishedFrom } from './domain/published-events.js';
import { sha256 } from '../calls/domain/index.js';
import type { Clock } from '../kernel/ports.js';
import { CalendarRepository } from './store/calendar.repository.js';
import { writeCalendar } from '../platform/calendar/calendar-file.js';
import { CLOCK } from '../platform/tokens.js';

/** A calendar as it is sent; the tag stays the same while the calendar does. */
export interface SentCalendar {
  text: string;
  tag: string;
}

/** What stands behind the secret addresses of calendars. */
@Injectable()
export class DeadlineCalendars {
  constructor(
    private readonly calendars: CalendarRepository,
    private readonly events: CalendarEvents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The calendar behind a secret. One that is unknown, revoked or whose maker left is the same: not there.
   */
  async read(secret: string): Promise<SentCalendar> {
    const calendar = await this.calendars.bySecret(sha256(secret));
    if (!calendar) throw new NotFoundException('There is no calendar at this address, or it was revoked.');
    const now = this.clock.now();
    const events = await this.events.of(calendar, now);
    const published = await this.calendars.publish(calendar.id, now, (before) =>
      publishedFrom(before, events, now),
    );
    const { name, language } = calendar;
    const text = writeCalendar({ name, language, entries: entriesOf(published, events, now) });
    return { text, tag: `"${sha256(text).slice(0, 32)}"` };
  }
}
