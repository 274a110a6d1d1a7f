import { nextSlot, type DigestTimes } from './digest-times.js';

/** A matching call, when it was first seen, and until when it was open. */
export interface FirstSeen {
  id: string;
  score: number;
  seen: Date;
  over: Date | null;
}

/**
 * Returns the digest in which each call would have appeared if digests had always been sent: each date takes
 * the best calls that were seen and are not over, up to the capacity of an e-mail; the rest wait. A call that
 * is over before its turn is in none.
 */
export function pastDigests(calls: FirstSeen[], times: DigestTimes, room: number): Map<string, Date> {
  const announced = new Map<string, Date>();
  const coming = [...calls].sort((a, b) => a.seen.getTime() - b.seen.getTime());
  let waiting: FirstSeen[] = [];
  let slot = coming[0] ? nextSlot(coming[0].seen, times) : null;
  while (slot) {
    const date: Date = slot;
    while (coming[0] && coming[0].seen <= date) waiting.push(coming.shift()!);
    waiting = waiting
      .filter((c) => c.over === null || c.over > date)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    for (const call of waiting.splice(0, room)) announced.set(call.id, date);
    const next: Date | undefined = waiting.length ? date : coming[0]?.seen;
    slot = next ? nextSlot(next, times) : null;
  }
  return announced;
}
