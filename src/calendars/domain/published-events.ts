import type { CalendarEntry } from '../../kernel/ports.js';
import { canonicalJson, sha256 } from '../../kernel/hash.js';
import type { DeadlineEvent } from './deadline-events.js';
import { DAY_MS, MINUTE_MS } from '../../kernel/durations.js';

/** The last published state of an event in a calendar. */
export interface PublishedEvent {
  uid: string;
  at: string;
  summary: string;
  /** Hash of the whole event; empty if it was cancelled. */
  hash: string;
  sequence: number;
  changedAt: string;
  cancelled: boolean;
}

/** Only the nearest: more make a file of over a megabyte that nobody looks through. */
export const MOST_EVENTS = 1_000;

/** How long a removed event stays listed as cancelled: readers that poll once a month still see it. */
const CANCELLED_FOR_MS = 30 * DAY_MS;

const hashOf = ({ at, summary, description, url }: DeadlineEvent): string =>
  sha256(canonicalJson({ at, summary, description, url }));

/**
 * A new event starts with the minute: one that was dropped, and returns, must not have a lower number than
 * its readers know. It then rises with each change of the event's content, and only then.
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
    sequence: before ? before.sequence + 1 : Math.floor(now.getTime() / MINUTE_MS),
    changedAt: now.toISOString(),
    cancelled: false,
  };
}

const calledOff = (before: PublishedEvent, now: Date): PublishedEvent =>
  before.cancelled
    ? before
    : { ...before, hash: '', sequence: before.sequence + 1, changedAt: now.toISOString(), cancelled: true };

/**
 * Returns what to publish now, given what was published before. An upcoming deadline no longer in the
 * calendar (it was removed, its call was withdrawn, or is no longer for this reader) is cancelled; a passed
 * one, and one behind the nearest, is dropped silently, since nothing was cancelled.
 */
export function publishedFrom(
  before: PublishedEvent[],
  events: DeadlineEvent[],
  now: Date,
): PublishedEvent[] {
  const known = new Map(before.map((t) => [t.uid, t]));
  const present = new Set(events.map((e) => e.uid));
  const end = events.length < MOST_EVENTS ? Infinity : Date.parse(events.at(-1)!.at);
  const gone = before.filter(
    ({ uid, at }) => !present.has(uid) && Date.parse(at) > now.getTime() && Date.parse(at) < end,
  );
  return [
    ...events.map((event) => publishedNow(event, known.get(event.uid), now)),
    ...gone.map((t) => calledOff(t, now)),
  ];
}

/**
 * Returns the entries to write: each event in full, and cancelled ones for as long as a reader may have
 * missed them.
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
