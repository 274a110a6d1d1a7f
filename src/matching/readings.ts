import { acrossInstitutes } from '../platform/database/request-context.js';
import { Inject, Injectable } from '@nestjs/common';
import { addressedOf, type Addressee } from '../calls/domain/addressee.js';
import { openSchemeOf } from '../calls/domain/bottom-up.js';
import type { CallContent } from '../calls/domain/call-content.js';
import type { Profile } from '../profiles/domain/profile.js';
import { RecentCallRepository } from '../calls/store/call.repository.js';
import { LanguageModel } from '../platform/reader/language-model.js';
import { CLOCK } from '../platform/tokens.js';
import type { Clock } from '../kernel/ports.js';
import { MOST_READ } from './domain/reader/read-call.js';
import type { KeptReading } from './domain/reader/reading.js';
import { callHash, profileHash, PROMPT_VERSION, readableCall, readingKey } from './domain/reader/prompt.js';
import type { Beside, RankedCall } from './domain/scoring/match.js';
import { ReadingRepository } from './store/reading.repository.js';

/** A ranked call, with its score by the built-in ranking alone. */
export interface CountedCall extends RankedCall {
  builtIn: number;
  /** The key of its reading; null if it is not to be read. */
  key: string | null;
  /** The reading counted in the score; undefined if there is none. */
  reading: KeptReading | undefined;
}

interface Known {
  hash: string;
  addressee: Addressee | null;
}

/** Adds a language model's readings to the ranking, if there is a model. */
@Injectable()
export class Readings {
  private readonly calls = new Map<string, Known>();

  constructor(
    private readonly stored: ReadingRepository,
    private readonly recent: RecentCallRepository,
    private readonly language: LanguageModel,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether a language model reads. */
  get on(): boolean {
    return this.language.current !== null;
  }

  /** Equal while the same model is asked in the same way; null if none is. */
  get by(): string | null {
    return this.language.current && `${this.language.current.name} ${PROMPT_VERSION}`;
  }

  /** Registers a new or changed call, also while no model reads. Those open to every subject are not read. */
  note(id: string, content: CallContent): void {
    if (openSchemeOf(content) !== null) this.calls.delete(id);
    else
      this.calls.set(id, {
        hash: callHash(readableCall(content)),
        addressee: addressedOf(content)?.addressee ?? null,
      });
  }

  /** Forgets a call that is not in memory any more. */
  forget(id: string): void {
    this.calls.delete(id);
  }

  /**
   * Returns the key of each call's reading for a profile. Calls for other addressees that the institute
   * answers are not judged by reading.
   */
  private keysOf(profile: Profile): (callId: string) => string | null {
    const reader = this.language.current;
    if (!reader) return () => null;
    const [{ name }, hash] = [reader, profileHash(profile)];
    const answered: readonly Addressee[] = profile.preferences?.answersAs ?? [];
    return (callId) => {
      const call = this.calls.get(callId);
      if (!call || (call.addressee && answered.includes(call.addressee))) return null;
      return readingKey(name, call.hash, hash);
    };
  }

  /**
   * Returns calls to rank even if words and meaning do not match: those to be read, and those already read.
   * Undefined without a model.
   */
  async beside(profileId: string): Promise<Beside | undefined> {
    if (!this.on) return undefined;
    return {
      of: await this.recent.toBeHad(this.clock.now()),
      most: MOST_READ,
      always: await this.stored.counted(profileId),
    };
  }

  /** Returns calls scored by the built-in ranking, with their readings. */
  async counted(profile: Profile, ranked: RankedCall[]): Promise<CountedCall[]> {
    const keyOf = this.keysOf(profile);
    const keyed = ranked.map((call) => ({ ...call, builtIn: call.match.score, key: keyOf(call.id) }));
    // Its match may not be written yet, by which an institute sees a reading.
    const kept = await acrossInstitutes('a reading is found by a hash of the profile it was made for', () =>
      this.stored.findByKeys(keyed.flatMap(({ key }) => key ?? [])),
    );
    return keyed.map((call) => ({
      ...call,
      reading: call.key === null ? undefined : kept.get(call.key),
    }));
  }
}
