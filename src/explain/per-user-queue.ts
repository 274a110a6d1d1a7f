import { type Actor, senderOf } from '../kernel/actor.js';
import { TooManyRequests } from '../kernel/errors.js';

/**
 * The most requests that may wait per user. Browsers cancel the requests of closed pages, so clicking alone
 * cannot reach it.
 */
const MOST_WAITING = 5;

interface Waiting {
  begin: () => void;
  refuse: (why: Error) => void;
}

/**
 * Runs one task at a time per user (the services of an institute are one), the newest waiting one first, and
 * stops tasks whose caller is gone.
 */
export class PerUserQueue {
  /** The waiting tasks by user; an entry exists while a task runs. */
  private readonly waiting = new Map<string, Waiting[]>();

  /**
   * Runs `work` in turn. It stops, or never starts, once `gone` is aborted; if too many wait, the oldest is
   * refused (429).
   */
  async run<T>(by: Actor, gone: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const who = senderOf(by);
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
    if (waiting.length > MOST_WAITING) waiting.shift()!.refuse(new TooManyRequests('replaced-by-newer'));
  });
}
