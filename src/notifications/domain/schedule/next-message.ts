import { DateTime } from 'luxon';
import { lastSlot, nextSlot, type DigestTimes } from './digest-times.js';
import type { Preferences } from '../preferences/preferences.js';

/** `now` is told at once, `digest` with the next digest. */
export type Place = 'now' | 'digest';

/** What waits to be told to somebody, and what they were sent. */
export interface Standing {
  waiting: { place: Place }[];
  /** The last date of the digest that was looked at for them. */
  lastDigestDueAt: Date;
  pausedUntil: Date | null;
  /** When messages were written to them, the last day's at least. */
  written: Date[];
}

/**
 * What is to be done for somebody now: `urgent` tells what cannot wait, `digest` all that waits, `hold` puts
 * what cannot wait into the digest since their daily limit is reached.
 */
export type NextMessage = { kind: 'urgent' } | { kind: 'hold' } | { kind: 'digest'; slot: Date };

/** Of somebody who is told everything at once, digests carry reminders and what was held back. */
export const digestTimes = ({ frequency, weekday, at, zone }: Preferences): DigestTimes => ({
  frequency: frequency === 'at-once' ? 'daily' : frequency,
  weekday,
  at,
  zone,
});

export const isPaused = (pausedUntil: Date | null, now: Date): boolean =>
  pausedUntil !== null && pausedUntil > now;

/** How many of these moments lie on the day that it is in their zone. */
function onThisDay(moments: Date[], zone: string, now: Date): number {
  const dayOf = (at: Date) => DateTime.fromJSDate(at).setZone(zone).toISODate();
  return moments.filter((at) => dayOf(at) === dayOf(now)).length;
}

/**
 * The one planner, for the sender and for the forecast alike: what becomes of what waits. A digest's date
 * that has come goes before what is urgent, since it holds that too. Null: nothing is to be done.
 */
export function nextMessage(standing: Standing, preferences: Preferences, now: Date): NextMessage | null {
  if (isPaused(standing.pausedUntil, now)) return null;
  const slot = lastSlot(now, digestTimes(preferences));
  if (standing.lastDigestDueAt < slot) return { kind: 'digest', slot };
  if (!standing.waiting.some((w) => w.place === 'now')) return null;
  return onThisDay(standing.written, preferences.zone, now) < preferences.dailyLimit
    ? { kind: 'urgent' }
    : { kind: 'hold' };
}

/**
 * What a message at once tells: what cannot wait, and what else waits of the same calls, since it shows them
 * as they are now.
 */
export function sentAtOnce<W extends { place: Place; callId: string | null }>(waiting: W[]): W[] {
  const calls = new Set(waiting.filter((w) => w.place === 'now').map((w) => w.callId));
  return waiting.filter((w) => w.place === 'now' || (w.callId !== null && calls.has(w.callId)));
}

/** When the next digest leaves: a pause puts it off. */
export function nextDigestAt(pausedUntil: Date | null, preferences: Preferences, now: Date): Date {
  return nextSlot(
    isPaused(pausedUntil, now) ? new Date(pausedUntil!.getTime() - 1) : now,
    digestTimes(preferences),
  );
}

/**
 * The date of the digest from which to go on where somebody chooses other dates, a pause, or to be told
 * again: the next one to leave is then the one of `nextDigestAt`, and none leaves at once because the new
 * dates have one that has just passed.
 */
export const slotToGoOnFrom = (pausedUntil: Date | null, preferences: Preferences, now: Date): Date =>
  lastSlot(isPaused(pausedUntil, now) ? new Date(pausedUntil!.getTime() - 1) : now, digestTimes(preferences));
