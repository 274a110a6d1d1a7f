import { Inject, Injectable } from '@nestjs/common';
import { standing } from './domain/explanation/marked-reasons.js';
import type { MatchScore } from './domain/scoring/match.js';
import { matchIn } from './domain/explanation/passage.js';
import { CallRepository } from '../calls/store/call.repository.js';
import type { Clock } from '../kernel/ports.js';
import type { Language } from '../kernel/language.js';
import { type LabelsIn, labelsIn } from '../profiles/domain/names-in.js';
import { type Unmet, unmetPreferences } from '../profiles/domain/preferences.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import {
  CallFitRepository,
  type Fit,
  type MatchWithText,
  MatchRepository,
} from './store/match.repository.js';
import { Corpus } from './corpus.js';
import { Ranking } from './ranking.js';
import { seesInside } from '../platform/database/request-context.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';

/** A match as shown on its call's page. */
export interface ShownMatch {
  /** In the reader's words; its evidence has only places that still exist in the current call. */
  match: MatchScore;
  /** False if the call has changed since the match: it will be matched again soon. */
  upToDate: boolean;
  /** The institute's preferences that the call does not meet. */
  unmet: Unmet[];
}

/** How well a call fits an institute, and the call's text at the time of the match. */
export type MatchedPair = Pick<MatchWithText, 'call' | 'matched'> & { match: FoundMatch };
/** A match, and the version of the call that was matched. */
export type FoundMatch = Pick<MatchWithText['match'], 'score' | 'result' | 'callVersion'>;

/** A row of a list of calls, with its match if it is one, and the version of the call that was matched. */
interface MatchOfList {
  call: { id: string };
  result: MatchScore | null;
  matchedVersion: number | null;
}

/** Texts read at a time: a sheet may list thousands of calls. */
const BATCH = 100;

/** How well calls fit one institute, or one call all of them. */
@Injectable()
export class MatchOfCall {
  constructor(
    private readonly matches: MatchRepository,
    private readonly calls: CallRepository,
    private readonly fit: CallFitRepository,
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns null if there is no match. */
  async findMatch(profileId: string, callId: string, language: Language): Promise<ShownMatch | null> {
    const [found, profile] = await Promise.all([
      this.forPair(profileId, callId),
      this.profiles.findById(profileId),
    ]);
    if (!found) return null;
    const { match, matched, call } = found;
    const result = matchIn(match.result, labelsIn(profile?.content.competences ?? [], language), matched);
    return {
      match: { ...result, evidence: standing(result.evidence, matched, call.content) },
      upToDate: match.callVersion === call.version,
      unmet: unmetPreferences(profile?.content.preferences, call.content, this.clock.now()),
    };
  }

  /** Returns how well a call fits an institute; null if there is no match, or no such call. */
  async forPair(profileId: string, callId: string): Promise<MatchedPair | null> {
    const stored = await this.matches.findByPair(profileId, callId);
    if (stored) return stored;
    const match = (await this.unstored(profileId, [callId])).get(callId);
    const call = match && (await this.calls.findById(callId));
    if (!call) return null;
    const contents = await this.calls.contentsAt([{ callId, version: match.callVersion }]);
    return { match, call, matched: contents.get(callId)! };
  }

  /**
   * Returns how well calls without a stored match fit an institute, by call, without those that do not fit at
   * all: most weak matches are not stored.
   */
  async unstored(profileId: string, callIds: readonly string[]): Promise<Map<string, FoundMatch>> {
    const profile = callIds.length > 0 && (await this.profiles.findById(profileId));
    if (!profile) return new Map();
    const learned = await this.ranking.learnedFor(profileId, seesInside(profileId));
    return this.corpus.held(async () => {
      const only = new Set(callIds);
      const scored = await this.ranking.score({ profile: profile.content, only }, learned);
      return new Map(
        scored.map(({ id, match }) => [
          id,
          { score: match.score, result: match, callVersion: this.corpus.versions.get(id)!.version },
        ]),
      );
    }, callIds);
  }

  /** Returns the matches of a list in the reader's words, by call. */
  async named(rows: readonly MatchOfList[], called: LabelsIn): Promise<Map<string, MatchScore>> {
    const found = new Map<string, MatchScore>();
    const some = rows.filter(({ result }) => result !== null);
    for (let from = 0; from < some.length; from += BATCH) {
      const batch = some.slice(from, from + BATCH);
      const contents = await this.calls.contentsAt(
        batch.map(({ call, matchedVersion }) => ({ callId: call.id, version: matchedVersion! })),
      );
      for (const { call, result } of batch)
        found.set(call.id, matchIn(result!, called, contents.get(call.id)!));
    }
    return found;
  }

  /**
   * Returns the institutes the call fits at least as well as a digest requires, best first. For the network
   * only, which sees all matches.
   */
  async fits(callId: string): Promise<Fit[]> {
    return this.fit.fits(callId, this.settings.digest.minScore, 50);
  }
}
