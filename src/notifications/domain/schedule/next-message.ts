import { DateTime } from 'luxon';
import { CLOCK_SKEW_MS } from '../../../kernel/lifetimes.js';
import { type DigestTimes, lastSlot, nextSlot, type Preferences } from '../preferences/preferences.js';

/** `now` is sent immediately, `digest` with the next digest. */
export type Place = 'now' | 'digest';

export interface Standing {
  waiting: { place: Place }[];
  /** The last digest date that was processed for them. */
  lastDigestDueAt: Date;
  pausedUntil: Date | null;
  /** When messages were written to them, at least over the last day. */
  written: Date[];
}

/**
 * What to do for a recipient now: `urgent` sends what cannot wait, `digest` everything; `hold` moves urgent
 * items to the digest because the daily limit is reached.
 */
export type NextMessage = { kind: 'urgent' } | { kind: 'hold' } | { kind: 'digest'; slot: Date };

/** Returns the digest schedule. If all is sent at once, digests contain reminders and held-back items. */
export const digestTimes = ({ frequency, weekday, at, zone }: Preferences): DigestTimes => ({
  frequency: frequency === 'at-once' ? 'daily' : frequency,
  weekday,
  at,
  zone,
});

export const isPaused = (pausedUntil: Date | null, now: Date): boolean =>
  pausedUntil !== null && pausedUntil > now;

/** Counts the times that fall on today's date in a time zone. */
function onThisDay(moments: Date[], zone: string, now: Date): number {
  const dayOf = (at: Date) => DateTime.fromJSDate(at).setZone(zone).toISODate();
  return moments.filter((at) => dayOf(at) === dayOf(now)).length;
}

/** Whether a digest date was processed while the clock was ahead: it must not silence all until then. */
const isAhead = (date: Date, now: Date): boolean => date.getTime() > now.getTime() + CLOCK_SKEW_MS;

/**
 * Decides what happens to waiting items, both for the sender and for forecasts. A due digest precedes urgent
 * items, since it includes them. Null: nothing to do.
 */
export function nextMessage(standing: Standing, preferences: Preferences, now: Date): NextMessage | null {
  if (isPaused(standing.pausedUntil, now)) return null;
  const slot = lastSlot(now, digestTimes(preferences));
  if (standing.lastDigestDueAt < slot || isAhead(standing.lastDigestDueAt, now))
    return { kind: 'digest', slot };
  if (!standing.waiting.some((w) => w.place === 'now')) return null;
  return onThisDay(standing.written, preferences.zone, now) < preferences.dailyLimit
    ? { kind: 'urgent' }
    : { kind: 'hold' };
}

/**
 * Returns the items of an urgent message: what cannot wait, and everything else about the same calls, since
 * it shows their current state.
 */
export function sentAtOnce<W extends { place: Place; callId: string | null }>(waiting: W[]): W[] {
  const calls = new Set(waiting.filter((w) => w.place === 'now').map((w) => w.callId));
  return waiting.filter((w) => w.place === 'now' || (w.callId !== null && calls.has(w.callId)));
}

/** Returns when the next digest is sent; a pause postpones it. */
export function nextDigestAt(pausedUntil: Date | null, preferences: Preferences, now: Date): Date {
  return nextSlot(
    isPaused(pausedUntil, now) ? new Date(pausedUntil!.getTime() - 1) : now,
    digestTimes(preferences),
  );
}

/**
 * Returns the digest date to continue from after a change of schedule, a pause or a stop: the next digest is
 * then that of `nextDigestAt`, and none is sent immediately because the new schedule has a date that has just
 * passed.
 */
export const slotToGoOnFrom = (pausedUntil: Date | null, preferences: Preferences, now: Date): Date =>
  lastSlot(isPaused(pausedUntil, now) ? new Date(pausedUntil!.getTime() - 1) : now, digestTimes(preferences));
