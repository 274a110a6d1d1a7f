import { Inject, Injectable } from '@nestjs/common';
import { addressedOf, type Addressee, openSchemeOf, type CallContent } from '../calls/domain/index.js';
import type { Profile } from '../profiles/domain/index.js';
import { CLOCK, READER } from '../platform/tokens.js';
import type { Clock } from '../kernel/ports.js';
import { RecentCallRepository } from '../calls/store/index.js';
import { MOST_READ, type ReadingModel } from './domain/reader/read-call.js';
import { callHash, profileHash, readableCall, readingKey } from './domain/reader/reading-key.js';
import type { Beside, RankedCall } from './domain/scoring/ranked.js';
import type { KeptReading } from './domain/reader/kept-reading.js';
import { ReadingRepository } from './store/reading.repository.js';

/** A call as it is ranked, with what the built-in ranking alone says of it. */
export interface CountedCall extends RankedCall {
  builtIn: number;
  /** By what its reading is known; null where it is not to be read. */
  key: string | null;
  /** What the score counts of a reading; undefined where there is none. */
  reading: KeptReading | undefined;
}

interface Known {
  hash: string;
  addressee: Addressee | null;
}

/** Brings what a language model said to the ranking, where one reads. */
@Injectable()
export class Readings {
  private readonly calls = new Map<string, Known>();

  constructor(
    private readonly stored: ReadingRepository,
    private readonly recent: RecentCallRepository,
    @Inject(READER) private readonly reader: ReadingModel | null,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether a language model reads. */
  get on(): boolean {
    return this.reader !== null;
  }

  /** A call that is new, or has changed. One that is open to every subject is never told by a competence. */
  note(id: string, content: CallContent): void {
    if (!this.reader || openSchemeOf(content) !== null) this.calls.delete(id);
    else
      this.calls.set(id, {
        hash: callHash(readableCall(content)),
        addressee: addressedOf(content)?.addressee ?? null,
      });
  }

  /**
   * The key of each call's reading for a profile. What a person decided on stands above any reading, and
   * calls for others that the institute says it answers are not judged as for it.
   */
  keysOf(profile: Profile, decided: ReadonlySet<string>): (callId: string) => string | null {
    if (!this.reader) return () => null;
    const [{ name }, hash] = [this.reader, profileHash(profile)];
    const answered: readonly Addressee[] = profile.preferences?.answersAs ?? [];
    return (callId) => {
      const call = this.calls.get(callId);
      if (!call || decided.has(callId) || (call.addressee && answered.includes(call.addressee))) return null;
      return readingKey(name, call.hash, hash);
    };
  }

  /**
   * What is ranked though it is no match by words and meaning: what is to be read, and what was. Undefined
   * where none reads.
   */
  async beside(profileId: string): Promise<Beside | undefined> {
    if (!this.reader) return undefined;
    return {
      of: await this.recent.toBeHad(this.clock.now()),
      most: MOST_READ,
      always: await this.stored.counted(profileId),
    };
  }

  /** Calls that the built-in ranking scored, with what is known of them from reading. */
  async counted(
    profile: Profile,
    ranked: RankedCall[],
    decided: ReadonlySet<string>,
  ): Promise<CountedCall[]> {
    const keyOf = this.keysOf(profile, decided);
    const keyed = ranked.map((call) => ({ ...call, builtIn: call.match.score, key: keyOf(call.id) }));
    const kept = await this.stored.find(keyed.flatMap(({ key }) => key ?? []));
    return keyed.map((call) => ({
      ...call,
      reading: call.key === null ? undefined : kept.get(call.key),
    }));
  }
}
