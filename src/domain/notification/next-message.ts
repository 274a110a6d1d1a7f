import { DateTime } from 'luxon';
import { lastSlot, nextSlot, type DigestTimes } from './slots.js';
import type { Wishes } from './wishes.js';

/** `now` is told at once, `digest` with the next digest. */
export type Place = 'now' | 'digest';

/** What waits to be told to somebody, and what they were sent. */
export interface Standing {
  waiting: { place: Place }[];
  /** The last date of the digest that was looked at for them. */
  lastSlotAt: Date;
  pausedUntil: Date | null;
  /** When messages were written to them, the last day's at least. */
  written: Date[];
}

/**
 * What is to be done for somebody now: `urgent` tells what cannot wait, `digest` all that waits, `hold` puts what cannot wait into the
 * digest since their ceiling for the day is reached.
 */
export type NextMessage = { kind: 'urgent' } | { kind: 'hold' } | { kind: 'digest'; slot: Date };

/** Of somebody who is told everything at once, digests carry reminders and what was held back. */
export const digestTimes = ({ every, weekday, at, zone }: Wishes): DigestTimes => ({ every: every === 'at-once' ? 'daily' : every, weekday, at, zone });

export const isPaused = (pausedUntil: Date | null, now: Date): boolean => pausedUntil !== null && pausedUntil > now;

/** How many of these moments lie on the day that it is in their zone. */
function onThisDay(moments: Date[], zone: string, now: Date): number {
  const dayOf = (at: Date) => DateTime.fromJSDate(at).setZone(zone).toISODate();
  return moments.filter((at) => dayOf(at) === dayOf(now)).length;
}

/**
 * The one planner, for the sender and for the forecast alike: what becomes of what waits. A digest's date that has come goes before what is
 * urgent, since it holds that too. Null: nothing is to be done.
 */
export function nextMessage(standing: Standing, wishes: Wishes, now: Date): NextMessage | null {
  if (isPaused(standing.pausedUntil, now)) return null;
  const slot = lastSlot(now, digestTimes(wishes));
  if (standing.lastSlotAt < slot) return { kind: 'digest', slot };
  if (!standing.waiting.some((w) => w.place === 'now')) return null;
  return onThisDay(standing.written, wishes.zone, now) < wishes.ceiling ? { kind: 'urgent' } : { kind: 'hold' };
}

/** When the next digest leaves: a pause puts it off. */
export function nextDigestAt(pausedUntil: Date | null, wishes: Wishes, now: Date): Date {
  return nextSlot(isPaused(pausedUntil, now) ? new Date(pausedUntil!.getTime() - 1) : now, digestTimes(wishes));
}

/**
 * The date of the digest from which to go on where somebody chooses other dates, a pause, or to be told again: the next one to leave is then
 * the one of `nextDigestAt`, and none leaves at once because the new dates have one that has just passed.
 */
export const slotToGoOnFrom = (pausedUntil: Date | null, wishes: Wishes, now: Date): Date =>
  lastSlot(isPaused(pausedUntil, now) ? new Date(pausedUntil!.getTime() - 1) : now, digestTimes(wishes));

/** Something that would have been told, and when it happened. */
export interface Happened { at: Date; place: Place }

/** The messages that these happenings would have made between two moments, by the same planner: each as it happens, digests at their dates. */
export function forecast(happened: Happened[], wishes: Wishes, from: Date, to: Date): { urgent: number; digests: number } {
  const coming = happened.filter((h) => h.at >= from && h.at < to).sort((a, b) => a.at.getTime() - b.at.getTime());
  const standing: Standing = { waiting: [], lastSlotAt: lastSlot(from, digestTimes(wishes)), pausedUntil: null, written: [] };
  const sent = { urgent: 0, digests: 0 };
  const act = (now: Date): void => {
    for (let next = nextMessage(standing, wishes, now); next; next = nextMessage(standing, wishes, now)) {
      if (next.kind === 'digest') standing.lastSlotAt = next.slot;
      if (next.kind === 'hold') standing.waiting = standing.waiting.map(() => ({ place: 'digest' }));
      const told = next.kind === 'digest' ? standing.waiting : next.kind === 'urgent' ? standing.waiting.filter((w) => w.place === 'now') : [];
      standing.waiting = standing.waiting.filter((w) => !told.includes(w));
      if (!told.length) continue;
      standing.written.push(now);
      sent[next.kind === 'digest' ? 'digests' : 'urgent'] += 1;
    }
  };
  for (let slot = nextSlot(from, digestTimes(wishes)); ; slot = nextSlot(slot, digestTimes(wishes))) {
    while (coming[0] && coming[0].at < slot && coming[0].at < to) {
      const { at } = coming[0];
      // What happens at one moment, as one harvest finds it, is told in one message.
      while (coming[0]?.at.getTime() === at.getTime()) standing.waiting.push({ place: coming.shift()!.place });
      act(at);
    }
    if (slot >= to) return sent;
    act(slot);
  }
}
