import { HttpException } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';

/**
 * So many requests of one asker wait; a browser drops those whose page is gone, so that nobody who clicks
 * comes near.
 */
const MOST_WAITING = 5;

interface Waiting {
  begin: () => void;
  refuse: (why: Error) => void;
}

/** A person, or a program by its key's name. */
const nameOf = ({ personId, kind, profileId, name }: Actor): string =>
  personId ?? JSON.stringify([kind, profileId, name]);

/**
 * Does one thing at a time for each who asks, the newest of those that wait first, and stops what nobody
 * waits for any more.
 */
export class PerUserQueue {
  /** What waits while one thing is done, by who asks. */
  private readonly waiting = new Map<string, Waiting[]>();

  /**
   * Does `work` when it is its turn. It stops, or never begins, once `gone` is aborted; where too much waits
   * the oldest is refused (429).
   */
  async run<T>(by: Actor, gone: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const who = nameOf(by);
    const before = this.waiting.get(who);
    if (before) await turnBehind(before);
    else this.waiting.set(who, []);
    try {
      gone.throwIfAborted();
      return await work(gone);
    } finally {
      const newest = this.waiting.get(who)!.pop();
      if (newest) newest.begin();
      else this.waiting.delete(who);
    }
  }
}

function turnBehind(waiting: Waiting[]): Promise<void> {
  return new Promise((begin, refuse) => {
    waiting.push({ begin, refuse });
    if (waiting.length > MOST_WAITING)
      waiting
        .shift()!
        .refuse(
          new HttpException('Too many of your requests are waiting: newer ones replaced this one.', 429),
        );
  });
}
