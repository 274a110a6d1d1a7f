import { canonicalJson, sha256 } from '../../calls/domain/index.js';
import type { DeadlineEvent } from './deadline-events.js';
import { DAY_MS } from '../../kernel/durations.js';

/** What the readers of a calendar were told of an event last. */
export interface PublishedEvent {
  uid: string;
  at: string;
  summary: string;
  /** Of all that it said; empty where it was called off. */
  hash: string;
  sequence: number;
  changedAt: string;
  cancelled: boolean;
}

/** An event as it is written: `description` and `url` are null of one that is called off. */
export interface CalendarEntry
  extends
    Pick<DeadlineEvent, 'uid' | 'at' | 'summary'>,
    Pick<PublishedEvent, 'sequence' | 'changedAt' | 'cancelled'> {
  description: string | null;
  url: string | null;
}

/** So long an event that is no more is still told as called off: readers that come once a month see it. */
const CANCELLED_FOR_MS = 30 * DAY_MS;

const hashOf = ({ at, summary, description, url }: DeadlineEvent): string =>
  sha256(canonicalJson({ at, summary, description, url }));

/**
 * A new one begins at 0; from then on its number rises with each change of what it says, and with nothing
 * else.
 */
function publishedNow(event: DeadlineEvent, before: PublishedEvent | undefined, now: Date): PublishedEvent {
  const hash = hashOf(event);
  if (before?.hash === hash) return before;
  const { uid, at, summary } = event;
  return {
    uid,
    at,
    summary,
    hash,
    sequence: before ? before.sequence + 1 : 0,
    changedAt: now.toISOString(),
    cancelled: false,
  };
}

const calledOff = (before: PublishedEvent, now: Date): PublishedEvent =>
  before.cancelled
    ? before
    : { ...before, hash: '', sequence: before.sequence + 1, changedAt: now.toISOString(), cancelled: true };

/**
 * What is told now, given what was told before. A deadline still to come that is not in the calendar any more
 * (it was taken away, its call was withdrawn, or is not for this reader any more) is called off; one that has
 * passed goes without a word, since nothing was called off.
 */
export function publishedFrom(
  before: PublishedEvent[],
  events: DeadlineEvent[],
  now: Date,
): PublishedEvent[] {
  const known = new Map(before.map((t) => [t.uid, t]));
  const present = new Set(events.map((e) => e.uid));
  const gone = before.filter(({ uid, at }) => !present.has(uid) && Date.parse(at) > now.getTime());
  return [
    ...events.map((event) => publishedNow(event, known.get(event.uid), now)),
    ...gone.map((t) => calledOff(t, now)),
  ];
}

/**
 * What is written of that: each event in full, and those called off for as long as somebody may not have
 * heard of it.
 */
export function entriesOf(published: PublishedEvent[], events: DeadlineEvent[], now: Date): CalendarEntry[] {
  const said = new Map(events.map((e) => [e.uid, e]));
  return published
    .filter((t) => !t.cancelled || now.getTime() - Date.parse(t.changedAt) < CANCELLED_FOR_MS)
    .map(({ hash: _, ...entry }) => {
      const { description = null, url = null } = said.get(entry.uid) ?? {};
      return { ...entry, description, url };
    });
}
