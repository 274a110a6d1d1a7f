import { HttpException } from '@nestjs/common';
import type { Actor } from '../../domain/access/actor.js';

/** A person, or a program by its key's name. */
const nameOf = ({ personId, kind, profileId, name }: Actor): string => personId ?? JSON.stringify([kind, profileId, name]);

/** Does one thing at a time for each who asks: a newer one takes the place of the one that is still being done. */
export class Latest {
  private readonly running = new Map<string, AbortController>();

  /** Does `work`, which is to stop once its signal is aborted: it then rejects with a refusal (429). */
  async run<T>(by: Actor, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const who = nameOf(by);
    const own = new AbortController();
    this.running.get(who)?.abort(new HttpException('You asked again meanwhile: the newer one takes the place of this one.', 429));
    this.running.set(who, own);
    try {
      return await work(own.signal);
    } finally {
      if (this.running.get(who) === own) this.running.delete(who);
    }
  }
}
