import { Inject, Injectable } from '@nestjs/common';
import type { Beside, RankedCall } from './domain/scoring/ranked.js';
import type { MatchScore } from './domain/scoring/match.js';
import type { Matched } from './domain/scoring/matched.js';
import { Matcher } from './domain/scoring/matcher.js';
import type { MatchingModel } from './domain/scoring/matching-model.js';
import type { MatchingSettings } from './domain/scoring/settings.js';
import type { Profile } from '../profiles/domain/index.js';
import { CallRepository } from '../calls/store/index.js';
import { MATCHING_MODEL } from '../platform/tokens.js';
import { ExternalVectors, type MatchedWith } from './external-vectors.js';
import { ClaimedProjects } from './claimed-projects.js';
import { inTimeSlices } from './time-slices.js';
import { Readings } from './readings.js';

/** Calls that are read at a time. */
const BATCH = 100;

/** What of a profile is to be scored: with every call, or only with those of these ids. */
export interface Wanted {
  profile: Profile;
  only?: ReadonlySet<string> | undefined;
  /** See `Wanted` of the matcher. */
  also?: Beside | undefined;
}

/** The index over all stored calls, kept in this process and brought up to date by what was stored since. */
@Injectable()
export class Corpus {
  readonly matcher: Matcher;
  /** The version of each call that stands in the index. */
  readonly versions = new Map<string, { version: number; seq: bigint }>();
  private seq = '0';
  private last: Promise<unknown> = Promise.resolve();
  /** How many wait for the index, or work with it one after the other. */
  private waiting = 0;
  /** What works with it beside them. */
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

  /** Reads what is new; gives the place in the order of versions up to which the index now stands. */
  refresh(): Promise<string> {
    return this.held((seq) => seq);
  }

  /**
   * Reads what is new and does `work`, which is told the place up to which the index stands. One after the
   * other: of two that read side by side the slower one would put older contents over newer ones, and while
   * one works the index stays as it is.
   */
  held<T>(work: (seq: string) => T | Promise<T>): Promise<T> {
    this.waiting += 1;
    const next = this.last.then(() => this.read()).then(work);
    this.last = next.catch(() => undefined).finally(() => (this.waiting -= 1));
    return next;
  }

  /**
   * Does `work` with the index as it is, beside whoever holds it: nothing is waited for but what is being
   * read into it. For what is short, and whose asker waits: nothing is read into the index before it has
   * ended.
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
   * Every call that is a match, best first. To be asked for where the index is held: it takes several turns.
   */
  async score(
    { profile, only, also }: Wanted,
    settings: MatchingSettings,
    signal?: AbortSignal,
  ): Promise<RankedCall[]> {
    return inTimeSlices(this.matcher.ranking(await this.matched(profile), settings, { only, also }), signal);
  }

  /**
   * The match with one call, whatever its score; null where the index does not hold it. To be asked for where
   * the index is held.
   */
  async explain(id: string, profile: Profile, settings: MatchingSettings): Promise<MatchScore | null> {
    return this.matcher.explain(id, await this.matched(profile), settings);
  }

  /** What of an external model a profile is matched with where the index is held now. */
  matchedWith(profileId: string): MatchedWith {
    return this.external.matchedWith(profileId);
  }

  /**
   * The profile with the funded projects that it claims and what their types say, and what an external model
   * made of it.
   */
  private async matched(profile: Profile): Promise<Matched> {
    return { profile, ...(await this.claimed.of(profile)), external: await this.external.of(profile) };
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

  /** The calls whose present version stands behind a place. */
  behind(seq: string): string[] {
    return [...this.versions].filter(([, v]) => v.seq > BigInt(seq)).map(([id]) => id);
  }
}
