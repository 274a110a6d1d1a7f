import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { CalendarEvents } from './calendar-events.js';
import { entriesOf, publishedFrom } from './domain/published-events.js';
import { sha256 } from '../kernel/hash.js';
import type { Clock } from '../kernel/ports.js';
import { type CalendarEntity, CalendarRepository } from './store/calendar.repository.js';
import { writeCalendar } from '../platform/calendar/calendar-file.js';
import { HeavyAnswers } from '../platform/api/heavy-answers.js';
import { CLOCK } from '../platform/tokens.js';

/** Renders the calendars behind secret links. */
@Injectable()
export class DeadlineCalendars {
  constructor(
    private readonly calendars: CalendarRepository,
    private readonly events: CalendarEvents,
    private readonly heavy: HeavyAnswers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the calendar behind a secret. Unknown, revoked, or its creator left: all are "not found". */
  async read(secret: string, gone: AbortSignal): Promise<string> {
    const calendar = await this.calendars.bySecret(sha256(secret));
    if (!calendar) throw new NotFound('no-calendar-here');
    // Programs of one provider read the calendars of many people from one network.
    return this.heavy.run(calendar.id, gone, () => this.rendered(calendar));
  }

  private async rendered(calendar: CalendarEntity): Promise<string> {
    const now = this.clock.now();
    const events = await this.events.forCalendar(calendar, now);
    const published = await this.calendars.publish(calendar.id, now, (before) =>
      publishedFrom(before, events, now),
    );
    const { name, language } = calendar;
    return writeCalendar({ name, language, entries: entriesOf(published, events, now) });
  }
}
