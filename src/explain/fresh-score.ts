import { Inject, Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import { addressedFor } from '../matching/domain/scoring/addressed.js';
import { type MatchScore, readingOf } from '../matching/domain/scoring/match.js';
import type { Profile } from '../profiles/domain/profile.js';
import { Corpus } from '../matching/corpus.js';
import { Ranking } from '../matching/ranking.js';
import type { Learned } from '../matching/store/learned.repository.js';
import { Readings } from '../matching/readings.js';
import {
  type Excluded,
  exclusionsIn,
  nearWords,
  type WhyNotFacts,
  withoutExclusions,
} from './domain/why-not/facts.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';

/** The current score of a call, and what keeps it from being higher. */
export interface Fresh {
  /** Null if no term of the profile was found. */
  match: MatchScore | null;
  score: number;
  /** The score from which it is sent to these readers. */
  least: number;
  /** The score without exclusions. */
  freed: number;
  exclusions: Excluded[];
  addressed: WhyNotFacts['addressed'];
  nearest: string[];
  reading: WhyNotFacts['reading'];
}

/** Scores single calls for a profile, independently of stored matches. */
@Injectable()
export class FreshScore {
  constructor(
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    private readonly readings: Readings,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** `inside`: for readers inside the institute, whose decisions count. */
  async score(profile: Profile, call: { id: string; content: CallContent }, inside: boolean): Promise<Fresh> {
    const learned = await this.ranking.learnedFor(profile.id, inside);
    return this.corpus.held(() => this.measured(profile, call, learned), [call.id]);
  }

  /** The same, for callers that already hold the index. */
  async measured(
    profile: Profile,
    call: { id: string; content: CallContent },
    learned: Learned | null,
    signal?: AbortSignal,
  ): Promise<Fresh> {
    const only = new Set([call.id]);
    const scored = async (of: Profile): Promise<MatchScore | null> =>
      (await this.ranking.score({ profile: of, only }, learned, signal))[0]?.match ?? null;
    const match = await scored(profile);
    const excludes = profile.competences.some((c) => c.exclusions.length > 0);
    const free = excludes ? await scored(withoutExclusions(profile)) : match;
    const held = excludes ? await this.corpus.explain(call.id, profile, this.settings.matching) : null;
    return {
      match,
      score: match?.score ?? 0,
      least: this.ranking.leastFor(match, learned),
      freed: free?.score ?? 0,
      addressed: addressedFor(profile, call.content, match),
      nearest: nearWords(profile, call.content, match),
      exclusions: exclusionsIn(call.content, free, held),
      reading: this.readings.on ? this.readingIn(match, call.id, learned) : null,
    };
  }

  private readingIn(match: MatchScore | null, id: string, learned: Learned | null): WhyNotFacts['reading'] {
    const reading = match && readingOf(match);
    if (!reading) return learned?.decided.has(id) ? 'decided' : 'unread';
    const { points, ...said } = reading;
    return { said, builtIn: match.score - points, leastBuiltIn: this.ranking.leastFor(null, learned) };
  }
}
