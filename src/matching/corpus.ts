import { Inject, Injectable } from '@nestjs/common';
import type { Beside, RankedCall } from './domain/scoring/ranked.js';
import type { MatchScore } from './domain/scoring/match.js';
import type { Matched } from './domain/scoring/matched.js';
import { Matcher } from './domain/scoring/matcher.js';
import type { MatchingModel } from './domain/scoring/matching-model.js';
import type { MatchingSettings } from './domain/scoring/settings.js';
import type { Profile } from '../profiles/domain/profile.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { MATCHING_MODEL } from '../platform/tokens.js';
import { ExternalVectors, type MatchedWith } from './external-vectors.js';
import { ClaimedProjects } from './claimed-projects.js';
import { inTimeSlices } from '../kernel/time-slices.js';
import { Readings } from './readings.js';

/** Calls read per query. */
const BATCH = 100;

/** The profile to score: against every call, or only against the calls in `only`. */
export interface Wanted {
  profile: Profile;
  only?: ReadonlySet<string> | undefined;
  /** See `Wanted` of the matcher. */
  also?: Beside | undefined;
}

/** The in-process index of all stored calls, updated with versions stored since the last read. */
@Injectable()
export class Corpus {
  readonly matcher: Matcher;
  /** The version of each call in the index. */
  readonly versions = new Map<string, { version: number; seq: bigint }>();
  private seq = '0';
  private last: Promise<unknown> = Promise.resolve();
  /** Tasks that wait for the index or hold it, one at a time. */
  private waiting = 0;
  /** Tasks that use the index concurrently with its holder. */
  private readonly beside = new Set<Promise<unknown>>();
  private reading: Promise<string> | null = null;

  constructor(
    private readonly calls: CallRepository,
    private readonly claimed: ClaimedProjects,
    private readonly external: ExternalVectors,
    private readonly readings: Readings,
    @Inject(MATCHING_MODEL) readonly model: MatchingModel,
  ) {
    this.matcher = new Matcher(model);
  }

  /** Reads new versions; returns the position in the order of versions that the index has reached. */
  refresh(): Promise<string> {
    return this.held((seq) => seq);
  }

  /**
   * Reads new versions, then runs `work` with the position the index has reached. Tasks run one at a time: of
   * two concurrent reads the slower would overwrite newer contents with older ones, and the index must not
   * change while a task works.
   */
  held<T>(work: (seq: string) => T | Promise<T>): Promise<T> {
    this.waiting += 1;
    const next = this.last.then(() => this.read()).then(work);
    this.last = next.catch(() => undefined).finally(() => (this.waiting -= 1));
    return next;
  }

  /**
   * Runs `work` on the current index, concurrently with its holder; it waits only for a read in progress. For
   * short, interactive tasks: nothing is read into the index until `work` has ended.
   */
  async asItIs<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting === 0) await this.refresh();
    while (this.reading) await this.reading.catch(() => undefined);
    const working = work();
    this.beside.add(working);
    try {
      return await working;
    } finally {
      this.beside.delete(working);
    }
  }

  /**
   * Returns every call that matches, best first. Call this while holding the index: it takes several turns.
   */
  async score(
    { profile, only, also }: Wanted,
    settings: MatchingSettings,
    signal?: AbortSignal,
  ): Promise<RankedCall[]> {
    return inTimeSlices(this.matcher.ranking(await this.matched(profile), settings, { only, also }), signal);
  }

  /**
   * Returns the match with one call, whatever its score; null if the index does not contain the call. Call
   * this while holding the index.
   */
  async explain(id: string, profile: Profile, settings: MatchingSettings): Promise<MatchScore | null> {
    return this.matcher.explain(id, await this.matched(profile), settings);
  }

  /** Returns the external-model data that a profile is matched with while the index is held. */
  matchedWith(profileId: string): MatchedWith {
    return this.external.matchedWith(profileId);
  }

  /** Returns the profile with its claimed projects, their funding types and its external-model data. */
  private async matched(profile: Profile): Promise<Matched> {
    return {
      profile,
      ...(await this.claimed.forProfile(profile)),
      external: await this.external.forProfile(profile),
    };
  }

  private async read(): Promise<string> {
    while (this.beside.size > 0) await Promise.allSettled(this.beside);
    this.reading = this.readNew();
    try {
      return await this.reading;
    } finally {
      this.reading = null;
    }
  }

  private async readNew(): Promise<string> {
    await inTimeSlices(this.model.terminology.prepare());
    for (;;) {
      const calls = await this.calls.since(this.seq, BATCH);
      await inTimeSlices(this.put(calls));
      if (calls.length < BATCH) break;
    }
    await this.external.refresh(this.matcher.external);
    return this.seq;
  }

  private *put(calls: Awaited<ReturnType<CallRepository['since']>>): Generator<void, void> {
    for (const call of calls) {
      this.matcher.put(call.id, call.content);
      this.external.note(call.id, call.content, this.matcher.external);
      this.readings.note(call.id, call.content);
      this.versions.set(call.id, { version: call.version, seq: BigInt(call.seq) });
      this.seq = call.seq;
      yield;
    }
  }

  /** Returns the calls whose current version comes after a position. */
  behind(seq: string): string[] {
    return [...this.versions].filter(([, v]) => v.seq > BigInt(seq)).map(([id]) => id);
  }
}
