import { Inject, Injectable } from '@nestjs/common';
import { kindOf } from './domain/explanation/reasons/reason-kinds.js';
import { listedFrom } from '../kernel/band.js';
import { type MatchScore, readingOf, type RankedCall } from './domain/scoring/match.js';
import {
  likelihoodOf,
  sendingThreshold,
  type CountedDecision,
  type SendingThreshold,
} from './domain/sending-threshold.js';
import type { KeptReading } from './domain/reader/reading.js';
import { rankedAfterwards } from './domain/signals/signal-set.js';
import type { Profile } from '../profiles/domain/profile.js';
import { LearnedRepository, type Learned } from './store/learned.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { Corpus, type Wanted } from './corpus.js';
import { Readings, type CountedCall } from './readings.js';
import { sha256 } from '../kernel/hash.js';
import { inTimeSlices } from '../kernel/time-slices.js';

/** The setting with the fingerprint of the process that began to match last; see `MatchingModel`. */
export const MADE_WITH = 'matching.made-with';

/** A profile's calls as everybody sees them, and those that its institute's decisions change, with them. */
export interface RankedTwice {
  shared: CountedCall[];
  own: CountedCall[];
}

/**
 * Ranks a profile's calls as displayed: to everybody by the profile alone, to its institute's own people by
 * the institute's decisions on similar calls as well.
 */
@Injectable()
export class Ranking {
  constructor(
    private readonly corpus: Corpus,
    private readonly learned: LearnedRepository,
    private readonly readings: Readings,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The minimum score of calls that people are notified of. */
  get leastScore(): number {
    return this.settings.digest.minScore;
  }

  /** The minimum score of matches that are stored. */
  get storedFrom(): number {
    return listedFrom(this.leastScore);
  }

  /**
   * Returns the score from which a match is sent to readers; `learned` is null for those outside the
   * institute. What a language model has read is decided by its reading.
   */
  leastFor(match: MatchScore | null, learned: Pick<Learned, 'threshold'> | null): number {
    return match && readingOf(match) ? this.leastScore : (learned?.threshold ?? this.leastScore);
  }

  /** Whether a match is sent to readers; see `leastFor`. */
  isSent(match: MatchScore, learned: Pick<Learned, 'threshold'> | null): boolean {
    return match.score >= this.leastFor(match, learned);
  }

  /** Returns where the threshold of an institute is after its decisions. */
  thresholdAfter(decisions: readonly CountedDecision[]): SendingThreshold {
    const { minScore: usual, decisionSpread: spread } = this.settings.digest;
    return sendingThreshold(decisions, this.corpus.model.weights.kept, { usual, spread });
  }

  /** Returns how likely a call of this score is to be kept, by the judged day. */
  likelihood(score: number): number {
    return likelihoodOf(score, this.corpus.model.weights.kept);
  }

  /** Equal for processes that match alike: another language model or prompt gives other scores, too. */
  get fingerprint(): string {
    const [{ fingerprint }, { by }] = [this.corpus.model, this.readings];
    return by === null ? fingerprint : sha256(`${fingerprint} ${by}`);
  }

  /** Whether a language model reads calls. */
  get reads(): boolean {
    return this.readings.on;
  }

  /** Returns what its institute's verdicts currently say. */
  async learnedOf(profileId: string): Promise<Learned> {
    return (await this.learnedOfAll([profileId])).get(profileId)!;
  }

  /** Returns the same for several institutes, by profile. */
  learnedOfAll(profileIds: string[]): Promise<Map<string, Learned>> {
    return this.learned.findByProfiles(profileIds);
  }

  /** Returns the same for readers inside the institute; null for all others. */
  async learnedFor(profileId: string, inside: boolean): Promise<Learned | null> {
    return inside ? this.learnedOf(profileId) : null;
  }

  /** Looks up, in one pass, the words of profiles about to be scored. Call this while holding the index. */
  expect(profiles: readonly Profile[]): Promise<void> {
    return inTimeSlices(this.corpus.matcher.expect(profiles, this.settings.matching));
  }

  /**
   * Returns every call that scores above 0, best first, with its reading. `learned`: null for readers outside
   * the institute. Call this while holding the index.
   */
  async score(wanted: Wanted, learned: Learned | null, signal?: AbortSignal): Promise<CountedCall[]> {
    return this.adjusted(await this.counted(wanted, signal), learned, signal);
  }

  /** Returns the same for both kinds of readers. */
  async scoreTwice(wanted: Wanted, learned: Learned): Promise<RankedTwice> {
    const counted = await this.counted(wanted);
    const shared = await this.adjusted(counted, null);
    const said = learned.pastVerdicts.length > 0 || learned.decided.size > 0;
    const own = said ? await this.adjusted(counted, learned) : [];
    const overridden = new Set(
      counted.filter((c) => c.reading && learned.decided.has(c.id)).map((c) => c.id),
    );
    return {
      shared,
      own: own.filter(
        (c) => overridden.has(c.id) || c.match.evidence.some((e) => kindOf(e.signal ?? 'words')?.inside),
      ),
    };
  }

  /** Like `score`, without readings: a changed profile has not been read yet. */
  async builtIn(wanted: Wanted, learned: Learned | null, signal?: AbortSignal): Promise<RankedCall[]> {
    return this.adjusted(await this.corpus.score(wanted, this.settings.matching, signal), learned, signal);
  }

  /**
   * Applies readings to calls scored by the profile alone; for readers inside the institute its verdicts too,
   * which override readings.
   */
  async adjusted<T extends RankedCall & { reading?: KeptReading | undefined }>(
    ranked: T[],
    learned: Learned | null,
    signal?: AbortSignal,
  ): Promise<T[]> {
    await this.corpus.expectLikenessTo(learned?.pastVerdicts.map(({ callId }) => callId) ?? []);
    const alike = (a: string, b: string): number => this.corpus.likeness(a, b);
    const read = learned?.decided.size
      ? ranked.map((call) => (learned.decided.has(call.id) ? { ...call, reading: undefined } : call))
      : ranked;
    const of = { pastVerdicts: learned?.pastVerdicts ?? [], alike, inside: learned !== null };
    return inTimeSlices(rankedAfterwards(read, of), signal);
  }

  private async counted(wanted: Wanted, signal?: AbortSignal): Promise<CountedCall[]> {
    const ranked = await this.corpus.score(
      { ...wanted, also: await this.readings.beside(wanted.profile.id) },
      this.settings.matching,
      signal,
    );
    return this.readings.counted(wanted.profile, ranked);
  }
}
