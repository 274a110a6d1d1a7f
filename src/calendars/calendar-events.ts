import { Inject, Injectable } from '@nestjs/common';
import { brusselsDate } from '../kernel/brussels.js';
import { DAY_MS } from '../kernel/durations.js';
import { eachInTimeSlices } from '../kernel/time-slices.js';
import { CallFitRepository } from '../matching/store/match.repository.js';
import { MilestoneRepository } from '../pipeline/store/milestone.repository.js';
import type { Environment } from '../platform/config/environment.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';
import { type DeadlineEvent, eventsOf, milestoneEvent } from './domain/deadline-events.js';
import { CalendarCallRepository, type StoredCalendarCall } from './store/calendar-call.repository.js';
import { type CalendarEntity, CalendarRepository } from './store/calendar.repository.js';
import { NotFound } from '../kernel/errors.js';
import { entriesOf, MOST_EVENTS, publishedFrom } from './domain/published-events.js';
import { sha256 } from '../kernel/hash.js';
import type { Clock } from '../kernel/ports.js';
import { writeCalendar } from '../platform/calendar/calendar-file.js';
import { HeavyAnswers } from '../platform/api/limits.js';

/** How long a passed deadline can still be looked up. */
const KEPT_MS = 30 * DAY_MS;

/** The contents of a calendar: deadlines of calls, and the institute's own milestones towards them. */
@Injectable()
export class CalendarEvents {
  constructor(
    private readonly calls: CalendarCallRepository,
    private readonly milestones: MilestoneRepository,
    private readonly fit: CallFitRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  async forCalendar(calendar: CalendarEntity, now: Date): Promise<DeadlineEvent[]> {
    const since = new Date(now.getTime() - KEPT_MS);
    const { language, profileId } = calendar;
    const callPage = (id: string): string =>
      `${this.env.PUBLIC_URL}${profileId === null ? '' : `/institutes/${profileId}`}/calls/${id}`;
    const calls = await this.callsOf(calendar, since);
    const totals = await this.fit.statedTotals(calls.map((call) => ({ id: call.id, content: call })));
    const events = await eachInTimeSlices(calls, (call) =>
      eventsOf({ ...call, total: totals.get(call.id) ?? 'topic' }, { language, callPage }, since),
    );
    return [...events.flat(), ...(await this.own(calendar, since))]
      .map((event) => ({ event, at: Date.parse(event.at) }))
      .sort((a, b) => a.at - b.at || (a.event.uid < b.event.uid ? -1 : 1))
      .slice(0, MOST_EVENTS)
      .map(({ event }) => event);
  }

  /**
   * Returns the institute's own dates; in a person's calendar only theirs, and in a group's none: they stay
   * inside.
   */
  private async own(
    { kind, profileId, personId, language }: CalendarEntity,
    since: Date,
  ): Promise<DeadlineEvent[]> {
    if (kind === 'group' || profileId === null) return [];
    const from = (whose: string | null) =>
      this.milestones.from(profileId, brusselsDate(since), whose, MOST_EVENTS);
    const dates = await (kind === 'own'
      ? this.calls.asSeenBy(profileId, personId, () => from(personId))
      : from(null));
    const page = (id: string): string => `${this.env.PUBLIC_URL}/institutes/${profileId}/pipeline/${id}`;
    return dates.map((date) => milestoneEvent(date, language, page(date.opportunityId)));
  }

  private callsOf(
    { kind, profileId, groupId, personId }: CalendarEntity,
    since: Date,
  ): Promise<StoredCalendarCall[]> {
    const span = { since, minScore: this.settings.digest.minScore };
    if (kind === 'institute') return this.calls.ofInstitute(profileId!, span);
    if (kind === 'own') return this.calls.ofPerson(profileId!, personId, since);
    // A group no longer configured has no members.
    const members = this.settings.groups.find((g) => g.id === groupId)?.members ?? [];
    return this.calls.ofMembers(members === 'all' ? null : members, span);
  }
}

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
