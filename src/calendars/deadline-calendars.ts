import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { eventsOf, type DeadlineEvent } from './domain/deadline-events.js';
import { entriesOf, publishedFrom } from './domain/published-events.js';
import { sha256 } from '../calls/domain/index.js';
import type { Clock } from '../kernel/ports.js';
import type { CalendarEntity } from './store/calendar.entity.js';
import { CalendarCallRepository, type StoredCalendarCall } from './store/calendar-call.repository.js';
import { CalendarRepository } from './store/calendar.repository.js';
import { CallFitRepository } from '../matching/store/index.js';
import { hashOf } from '../platform/access/secret.js';
import { writeCalendar } from '../platform/calendar/calendar-file.js';
import type { Environment } from '../platform/config/environment.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';

/** A calendar as it is sent; the tag stays the same while the calendar does. */
export interface SentCalendar {
  text: string;
  tag: string;
}

/** So long a deadline that has passed can still be looked up. */
const KEPT_MS = 30 * 86_400_000;
/** The nearest ones: more make a file of more than a megabyte, and nobody looks through them. */
const MOST_EVENTS = 1_000;

/** What stands behind the secret addresses of calendars. */
@Injectable()
export class DeadlineCalendars {
  constructor(
    private readonly calendars: CalendarRepository,
    private readonly calls: CalendarCallRepository,
    private readonly fit: CallFitRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The calendar behind a secret. One that is unknown, revoked or whose maker left is the same: not there. */
  async read(secret: string): Promise<SentCalendar> {
    const calendar = await this.calendars.bySecret(hashOf(secret));
    if (!calendar) throw new NotFoundException('There is no calendar at this address, or it was revoked.');
    const now = this.clock.now();
    const events = await this.events(calendar, now);
    const published = await this.calendars.publish(calendar.id, now, (before) =>
      publishedFrom(before, events, now),
    );
    const { name, language } = calendar;
    const text = writeCalendar({ name, language, entries: entriesOf(published, events, now) });
    return { text, tag: `"${sha256(text).slice(0, 32)}"` };
  }

  private async events(calendar: CalendarEntity, now: Date): Promise<DeadlineEvent[]> {
    const since = new Date(now.getTime() - KEPT_MS);
    const { language, profileId } = calendar;
    const callPage = (id: string): string =>
      `${this.env.PUBLIC_URL}${profileId === null ? '' : `/institutes/${profileId}`}/calls/${id}`;
    const calls = await this.callsOf(calendar, since);
    const totals = await this.fit.statedTotals(calls.map((call) => ({ id: call.id, content: call })));
    return calls
      .flatMap((call) =>
        eventsOf({ ...call, total: totals.get(call.id) ?? 'topic' }, { language, callPage }, since),
      )
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.uid.localeCompare(b.uid))
      .slice(0, MOST_EVENTS);
  }

  private callsOf(
    { kind, profileId, groupId, personId }: CalendarEntity,
    since: Date,
  ): Promise<StoredCalendarCall[]> {
    const span = { since, minScore: this.settings.digest.minScore };
    if (kind === 'institute') return this.calls.ofInstitute(profileId!, span);
    if (kind === 'own') return this.calls.ofPerson(profileId!, personId, since);
    // A group that is configured no more has no members.
    const members = this.settings.groups.find((g) => g.id === groupId)?.members ?? [];
    return this.calls.ofMembers(members === 'all' ? null : members, span);
  }
}
