import { callOfTopic } from '../../../calls/domain/related-calls.js';
import { withoutBoilerplate } from '../../../calls/domain/versions/text-diff.js';
import { eventsOfVersions, type NotifiableEvent } from '../../../calls/domain/versions/diff.js';
import type { Verdict } from '../../../matching/domain/verdict.js';
import { eventsOfMatches } from '../../../matching/domain/match-events.js';
import { grouped } from '../../../kernel/collections.js';
import { FIRST_STATUSES, inOrder, isNewIn, whyNotAnnounced, URGENCIES } from '../preferences/choice.js';
import { type Course, forecast } from '../preferences/forecast.js';
import { nextDigestAt } from './next-message.js';
import { type PastCall, PastCalls, type PastVersion } from '../events/past-calls.js';
import { type KnownCall, type NewNotificationItem, plan } from './plan.js';
import { remindersOf, remindersShown } from './reminders.js';
import type { Preferences } from '../preferences/preferences.js';
import type { Steps } from '../../../kernel/time-slices.js';
import { DAY_MS } from '../../../kernel/durations.js';

/** What decides which messages a follower of one profile would have received. */
export interface PastProfile {
  profileId: string;
  preferences: Preferences;
  /** The minimum score of announced calls, and the minimum score at which a match is an event. */
  least: number;
  minScore: number;
  /** The capacity of a digest and of a first message. */
  maxItems: number;
  first: number;
  /** The score of each call, in its current version. */
  scores: ReadonlyMap<string, number>;
  /** Calls open to all subjects. */
  bottomUp: ReadonlySet<string>;
  /** The institute's verdicts, which count from their time on. */
  verdicts: ReadonlyMap<string, { verdict: Verdict; at: Date }>;
  /** From when and until when it has worked on bids; null: still. */
  bids: ReadonlyMap<string, { from: Date; until: Date | null }>;
}

/**
 * A simulated follower of a profile since a given time: which items would have waited and been sent, decided
 * by the code for real recipients. Leaves out answers and failing sources, which do not affect the message
 * rate.
 */
class PastRecipient implements Course<NewNotificationItem> {
  private readonly calls: PastCalls;
  private readonly baselineSeq: bigint;
  /** The last announced version of each call, and what is waiting. */
  private readonly told = new Map<string, number>();
  private readonly waiting = new Map<string, NonNullable<KnownCall['announced']>>();
  private readonly matched = new Set<string>();
  private readonly reminded = new Set<string>();
  readonly moments: Date[];

  constructor(
    versions: PastVersion[],
    private readonly profile: PastProfile,
    since: Date,
  ) {
    this.calls = new PastCalls(versions);
    const baseline = this.calls.advance(since);
    this.baselineSeq = baseline.at(-1)?.seq ?? 0n;
    this.events(baseline);
    this.moments = this.calls.moments();
    this.welcome(since);
  }

  advance(at: Date): NewNotificationItem[] {
    const found = this.calls.advance(at);
    const events = this.events(found);
    const { profileId: target, preferences, least } = this.profile;
    const calls = new Map(found.map(({ callId }) => [callId, this.known(this.calls.get(callId)!, at)]));
    const follows = [{ kind: 'profile' as const, target, baselineSeq: this.baselineSeq, profiles: [target] }];
    const items = plan(
      events,
      {
        inside: [target],
        answered: new Set(),
        follows,
        preferences,
        least,
        calls,
        studied: this.studied(at),
        changes: this.calls.changesOf(events),
      },
      at,
    );
    for (const { kind, callId, version } of items)
      this.waiting.set(callId!, {
        version: version!,
        waits: kind === 'call' || !!this.waiting.get(callId!)?.waits,
      });
    return items;
  }

  send(
    kind: 'digest' | 'urgent',
    waiting: NewNotificationItem[],
    now: Date,
  ): { announced: boolean; left: NewNotificationItem[] } {
    const byCall = grouped(waiting, (n) => [n.callId!]);
    const due = kind === 'digest' ? this.due(now) : [];
    const ordered = inOrder([...byCall], ([id, items]) => ({
      id,
      urgent: URGENCIES.some((u) => items.some((n) => n.urgency === u)),
      score: this.fitting(id, now) ?? 0,
      callIdentifier: callOfTopic(this.calls.get(id)!),
    }));
    const [shown, left] = [new Set<string>(), new Set<string>()];
    for (const [id, items] of ordered) {
      // The rest need not be checked until there is room for it.
      if (shown.size >= this.profile.maxItems) left.add(id);
      else if (whyNotAnnounced(this.candidate(id, items, now)) === null) shown.add(id);
    }
    for (const { keys } of due) for (const key of keys) this.reminded.add(key);
    for (const id of shown) this.remind(id, now);
    for (const id of byCall.keys()) if (!left.has(id)) this.settle(id, shown.has(id));
    return {
      announced: shown.size > 0 || due.some((r) => !shown.has(r.id)),
      left: waiting.filter((n) => left.has(n.callId!)),
    };
  }

  /** Returns the events of new versions and their matches, each match once. */
  private events(found: PastVersion[]): NotifiableEvent[] {
    const { profileId, minScore: least, scores } = this.profile;
    const matches = eventsOfMatches(
      profileId,
      found.map(({ callId, version }) => {
        const score = scores.get(callId) ?? 0;
        return { callId, version, score, least, byCall: true };
      }),
      true,
    );
    const fresh = matches.filter((m) => !this.matched.has(m.key));
    for (const { key } of fresh) this.matched.add(key);
    return [...eventsOfVersions(found), ...fresh];
  }

  /** Marks the calls of the first message as announced. */
  private welcome(now: Date): void {
    const { least, bottomUp, first } = this.profile;
    const best = this.calls
      .all()
      .filter(({ id }) => !bottomUp.has(id) && !this.saidNo(id, now))
      .map((call) => ({ ...call, score: this.scoreOf(call.id) }))
      .filter(({ id, score }) => score >= least && FIRST_STATUSES.includes(this.calls.status(id, now)))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    for (const { id, version } of best.slice(0, first)) {
      this.told.set(id, version);
      this.remind(id, now);
    }
  }

  private known({ id, firstSeq, deadlines }: PastCall, now: Date): KnownCall {
    const score = this.scoreOf(id);
    return {
      id,
      firstSeq,
      deadlines,
      over: ['closed', 'withdrawn'].includes(this.calls.status(id, now)),
      bottomUp: this.profile.bottomUp.has(id),
      searches: [],
      announced: this.announced(id),
      fits:
        score > 0
          ? [
              {
                profileId: this.profile.profileId,
                score,
                threshold: null,
                no: this.refused(id, now),
                unwanted: false,
              },
            ]
          : [],
    };
  }

  private candidate(
    id: string,
    items: NewNotificationItem[],
    now: Date,
  ): Parameters<typeof whyNotAnnounced>[0] {
    const isNew = isNewIn(items);
    const changes = isNew
      ? []
      : withoutBoilerplate(this.calls.changesFrom(id, Math.min(...items.map((n) => n.version!))));
    return {
      status: this.calls.status(id, now),
      deadlines: this.calls.get(id)!.deadlines,
      followed: false,
      wanted: this.scoreOf(id) >= this.profile.least,
      refused: this.refused(id, now),
      unwanted: false,
      isNew,
      changes,
    };
  }

  private announced(id: string): KnownCall['announced'] {
    const version = this.told.get(id);
    return this.waiting.get(id) ?? (version === undefined ? null : { version, waits: false });
  }

  /** Records a shown call as announced in its current version; a dropped one may return. */
  private settle(id: string, shown: boolean): void {
    this.waiting.delete(id);
    if (shown) this.told.set(id, this.calls.get(id)!.version);
  }

  /** Settles the reminders of a call whose deadlines a message shows. */
  private remind(id: string, now: Date): void {
    const { preferences } = this.profile;
    for (const key of remindersShown(id, this.calls.get(id)!.deadlines, preferences.deadlineDays, {
      now,
      next: nextDigestAt(null, preferences, now),
    }))
      this.reminded.add(key);
  }

  /** Returns the reminders for a digest, with the keys that prevent repeats. */
  private due(now: Date): { id: string; keys: string[] }[] {
    const { preferences } = this.profile;
    const next = nextDigestAt(null, preferences, now);
    const ids = new Set([
      ...[...this.told.keys()].filter((id) => this.scoreOf(id) >= this.profile.least),
      ...[...this.studied(now)].filter((id) => this.calls.get(id)),
    ]);
    return [...ids].flatMap((id) => {
      const { facts, deadlines } = this.calls.get(id)!;
      if (facts.withdrawnAt || !facts.lastDeadlineAt || facts.lastDeadlineAt <= now || this.refused(id, now))
        return [];
      return remindersOf(id, deadlines, preferences.deadlineDays, {
        now,
        next,
        announced: this.reminded,
      }).map(({ keys }) => ({ id, keys }));
    });
  }

  private scoreOf(id: string): number {
    return this.profile.scores.get(id) ?? 0;
  }

  /** Returns the score if it is a reason to announce the call. */
  private fitting(id: string, now: Date): number | null {
    return this.scoreOf(id) >= this.profile.least && !this.refused(id, now) ? this.scoreOf(id) : null;
  }

  private studied(now: Date): Set<string> {
    const found = [...this.profile.verdicts].filter(
      ([, { verdict, at }]) => at <= now && (verdict === 'relevant' || verdict === 'study'),
    );
    return new Set([
      ...found.map(([id]) => id),
      ...[...this.profile.bids.keys()].filter((id) => this.bidsFor(id, now)),
    ]);
  }

  private bidsFor(id: string, now: Date): boolean {
    const bid = this.profile.bids.get(id);
    return !!bid && bid.from <= now && (bid.until === null || bid.until > now);
  }

  private refused(id: string, now: Date): boolean {
    return this.saidNo(id, now) && !this.bidsFor(id, now);
  }

  private saidNo(id: string, now: Date): boolean {
    const said = this.profile.verdicts.get(id);
    return said?.verdict === 'not' && said.at <= now;
  }
}

const WEEK = 7 * DAY_MS;
/** The maximum number of weeks counted. */
const MOST_WEEKS = 12;
/** How long the simulated reader has read before counting starts, so that some deadlines come up. */
const LEAD_WEEKS = 14;

/** How many messages a reader would have received over the last weeks. */
export interface MessageRate {
  weeks: number;
  /** Digests in that time, not counting empty ones. */
  digests: number;
  urgent: number;
  /** All messages per week. */
  aWeek: number;
}

/** When a simulated subscription starts, and from when its messages are counted: whole weeks up to now. */
interface Period {
  since: Date;
  from: Date;
  to: Date;
  weeks: number;
}

/**
 * Returns the period to look back on; null if less than a week is stored. Skips the first day: everything is
 * new then.
 */
export function periodOf(firstSeen: Date | null, now: Date): Period | null {
  if (!firstSeen) return null;
  const since = Math.max(firstSeen.getTime() + DAY_MS, now.getTime() - (MOST_WEEKS + LEAD_WEEKS) * WEEK);
  const weeks = Math.min(MOST_WEEKS, Math.floor((now.getTime() - since) / WEEK));
  return weeks < 1
    ? null
    : { since: new Date(since), from: new Date(now.getTime() - weeks * WEEK), to: now, weeks };
}

/** Returns how often a follower of a profile would have received messages in a period. */
export function* messageRate(
  versions: PastVersion[],
  profile: PastProfile,
  { since, from, to, weeks }: Period,
): Steps<MessageRate> {
  const sent = (yield* forecast(
    new PastRecipient(versions, profile, since),
    profile.preferences,
    since,
    to,
  )).filter((s) => s.at >= from);
  const digests = sent.filter((s) => s.kind === 'digest').length;
  return { weeks, digests, urgent: sent.length - digests, aWeek: sent.length / weeks };
}
