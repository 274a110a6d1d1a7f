import { Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import type { MatchScore } from '../matching/domain/scoring/match.js';
import type { Profile } from '../profiles/domain/profile.js';
import { RecentCallRepository } from '../calls/store/call.repository.js';
import { Corpus } from '../matching/corpus.js';
import { inTimeSlices } from '../kernel/time-slices.js';
import { Ranking } from '../matching/ranking.js';
import type { Learned } from '../matching/store/learned.repository.js';
import type { AnalysedLanguage } from '../kernel/language.js';
import {
  competenceFinder,
  keywordsFor,
  type Suggestion,
  withSuggestion,
  keywordSuggestion,
  type Found,
} from './domain/suggestions/suggestions.js';
import { keptLowBy } from './domain/why-not/rules.js';
import { FreshScore, type Fresh } from './fresh-score.js';

/** The most changes scored in one search; once used up, further missed calls get no suggestion. */
const MOST_TRIES = 1_000;
/** A call may contain several excluded words of a competence. */
const MOST_EXCLUSIONS = 5;

/**
 * The starting point of a search for suggestions: the profile, its matches among the last year's calls, and
 * the tries left.
 */
export interface Bench {
  profile: Profile;
  /** Whether its readers are inside the institute; what is learned from its decisions is null for others. */
  inside: boolean;
  learned: Learned | null;
  /** The last year's calls that are announced if they fit. */
  announced: ReadonlySet<string>;
  /** Its current matches, by call. */ ranked: ReadonlyMap<string, MatchScore>;
  passing: ReadonlySet<string>;
  /** The calls that the built-in ranking alone would send, for comparison with a changed profile. */
  passingUnread: ReadonlySet<string>;
  tries: { left: number };
  signal: AbortSignal;
}
export interface Missed {
  fresh: Fresh;
  suggestion: Found | null;
}

/**
 * Finds the one-line change of a profile with which a call would be sent. Every suggestion has been scored.
 */
@Injectable()
export class SuggestionSearch {
  constructor(
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    private readonly fresh: FreshScore,
    private readonly recent: RecentCallRepository,
  ) {}

  /** Scores the profile against the last year's calls and these others. */
  async bench(
    { profile, now, inside }: { profile: Profile; now: Date; inside: boolean },
    others: string[],
    signal: AbortSignal,
  ): Promise<Bench> {
    const learned = await this.ranking.learnedFor(profile.id, inside);
    const [year, announced] = await Promise.all([
      this.recent.ofLastYear(now),
      this.recent.announcedOfLastYear(now),
    ]);
    const wanted = { profile, only: new Set([...year, ...others]) };
    const { ranked, builtIn } = await this.corpus.held(async () => {
      signal.throwIfAborted();
      const found = await this.ranking.score(wanted, learned, signal);
      return {
        ranked: found,
        builtIn: this.ranking.reads ? await this.ranking.builtIn(wanted, learned, signal) : found,
      };
    }, others);
    const [passing, passingUnread] = [ranked, builtIn].map(
      (all) => new Set(all.filter((r) => this.ranking.isSent(r.match, learned)).map((r) => r.id)),
    ) as [Set<string>, Set<string>];
    return {
      profile,
      inside,
      learned,
      announced,
      ranked: new Map(ranked.map((r) => [r.id, r.match])),
      passing,
      passingUnread,
      tries: { left: MOST_TRIES },
      signal,
    };
  }

  /** What keeps the call below the score for notifications, and what would help. */
  forCall(call: { id: string; content: CallContent }, bench: Bench): Promise<Missed> {
    return this.corpus.held(async () => {
      bench.signal.throwIfAborted();
      const fresh = await this.fresh.measured(bench.profile, call, bench.learned, bench.signal);
      const by = keptLowBy(fresh);
      const suggestion = {
        exclusion: () => this.freed(call, fresh, bench),
        addressees: () => this.answered(call.id, fresh, bench),
        // No single change alters a language model's reading: a changed profile is read again.
        reading: () => Promise.resolve(null),
        score: () => this.found(call, fresh, bench),
      };
      return { fresh, suggestion: by && (await suggestion[by]()) };
    }, [call.id]);
  }

  private async found(
    call: { id: string; content: CallContent },
    fresh: Fresh,
    bench: Bench,
  ): Promise<Found | null> {
    const { index } = this.corpus.matcher;
    const competence = competenceFinder(bench.profile)(call.content, fresh.match);
    if (!competence) return null;
    const known = new Set(competence.keywords.map((k) => k.toLowerCase()));
    const statistics = {
      calls: (language: AnalysedLanguage) => index.sizeIn(language),
      holding: (texts: Iterable<string>, language: AnalysedLanguage) => index.holding(texts, language),
    };
    const keywords = await inTimeSlices(keywordsFor(call.content, statistics), bench.signal);
    return keywordSuggestion(
      competence,
      keywords.filter((k) => !known.has(k.toLowerCase())),
      this.ranking.leastFor(null, bench.learned),
      {
        attempt: (suggestion) => this.attempt(call.id, suggestion, bench),
        count: (suggestion) => this.adds(call.id, suggestion, bench),
      },
    );
  }

  /** Removes the competence's excluded words found in the call, one by one, until it would be sent. */
  private async freed(
    call: { id: string; content: CallContent },
    fresh: Fresh,
    bench: Bench,
  ): Promise<Found | null> {
    for (const { competence } of fresh.exclusions) {
      let [now, exclusions]: [Fresh, string[]] = [fresh, []];
      while (exclusions.length < MOST_EXCLUSIONS) {
        const next = now.exclusions.find((e) => e.competence === competence);
        if (!next) break;
        exclusions = [...exclusions, next.term];
        const suggestion: Suggestion = { kind: 'remove-exclusion', competence, exclusions };
        now = await this.fresh.measured(
          withSuggestion(bench.profile, suggestion)!,
          call,
          bench.learned,
          bench.signal,
        );
        if (now.score >= now.least)
          return { suggestion, score: now.score, adds: await this.adds(call.id, suggestion, bench) };
      }
    }
    return null;
  }

  /** Adds the call's addressee to those the institute answers as. */
  private async answered(id: string, { addressed }: Fresh, bench: Bench): Promise<Found | null> {
    const suggestion: Suggestion = { kind: 'answer-as', addressee: addressed!.addressee };
    const score = await this.attempt(id, suggestion, bench);
    return score === null || score < this.ranking.leastFor(null, bench.learned)
      ? null
      : { suggestion, score, adds: await this.adds(id, suggestion, bench) };
  }

  private async attempt(
    id: string,
    suggestion: Suggestion,
    { profile, learned, tries, signal }: Bench,
  ): Promise<number | null> {
    const changed = withSuggestion(profile, suggestion);
    if (!changed || tries.left <= 0) return null;
    tries.left -= 1;
    return (
      (await this.ranking.builtIn({ profile: changed, only: new Set([id]) }, learned, signal))[0]?.match
        .score ?? 0
    );
  }

  /** Counts over the whole year, as a keyword also moves the scores of calls that do not contain it. */
  private async adds(id: string, suggestion: Suggestion, bench: Bench): Promise<number> {
    const { profile, learned, passingUnread, announced, signal } = bench;
    const ranked = await this.ranking.builtIn(
      { profile: withSuggestion(profile, suggestion)!, only: announced },
      learned,
      signal,
    );
    return ranked.filter(
      (r) => r.id !== id && this.ranking.isSent(r.match, learned) && !passingUnread.has(r.id),
    ).length;
  }
}
