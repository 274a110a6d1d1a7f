import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import type { AnalysedLanguage } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import { inTimeSlices } from '../kernel/time-slices.js';
import { Corpus } from '../matching/corpus.js';
import { Ranking } from '../matching/ranking.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import type { Profile } from '../profiles/domain/profile.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import {
  changesByDecisions,
  readDecisions,
  type Decision,
  type ReadDecision,
  type Scores,
  type SuggestedChange,
} from './domain/suggestions/by-decisions.js';
import { keyOfSuggestion } from './domain/suggestions/suggestions.js';
import { OwnSuggestionsRepository } from './store/own-suggestions.repository.js';

/** Calls whose texts are in memory at a time. */
const AT_A_TIME = 20;

/** A change that an institute's decisions suggest, with the key by which it is declined. */
type OwnSuggestion = SuggestedChange & { key: string };

export interface ListedSuggestions {
  suggestions: OwnSuggestion[];
  declined: number;
}

/** The changes of a profile that its institute's decisions suggest. They never leave the institute. */
@Injectable()
export class OwnSuggestions {
  constructor(
    private readonly store: OwnSuggestionsRepository,
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns those that nobody has declined (none if the competences have changed since), and how many were
   * declined.
   */
  async list(profileId: string): Promise<ListedSuggestions> {
    const { revision } = await this.profiles.get(profileId);
    const last = await this.store.findByProfile(profileId);
    const found = last.found.map((change) => ({ ...change, key: keyOfSuggestion(change.suggestion) }));
    return {
      suggestions: last.revision === revision ? found.filter(({ key }) => !last.declined.has(key)) : [],
      declined: last.declined.size,
    };
  }

  /** Lets those that were declined be suggested again. */
  allow(profileId: string): Promise<void> {
    return this.store.allow(profileId);
  }

  /**
   * Remembers that one of them is not wanted: it is not suggested again. A page may still show it after the
   * profile was saved, or after a colleague declined it. 404 if there is no such one.
   */
  async decline(profileId: string, key: string): Promise<void> {
    const { found, declined } = await this.store.findByProfile(profileId);
    if (!declined.has(key) && !found.some(({ suggestion }) => keyOfSuggestion(suggestion) === key))
      throw new NotFound('no-suggestion', { id: key });
    await this.store.decline(profileId, key);
  }

  /** Looks for them among the decisions of today. */
  async findAnew(profileId: string): Promise<void> {
    const standing = await this.profiles.findById(profileId);
    if (!standing) return;
    const { content: profile, revision, matchedVerdicts } = standing;
    const now = this.clock.now();
    const decisions = await this.store.decisions(profileId, now);
    const learned = await this.ranking.learnedOf(profileId);
    const { declined } = await this.store.findByProfile(profileId);
    const only = new Set(decisions.map(({ id }) => id));
    const scoresOf = async (of: Profile): Promise<Scores> => {
      // The index is free between two changes: others wait for it, too.
      const ranked = await this.corpus.held(
        () => this.corpus.score({ profile: of, only }, this.settings.matching),
        only,
      );
      return new Map(ranked.map(({ id, match }) => [id, match]));
    };
    const scores = await scoresOf(profile);
    const found = await changesByDecisions({ profile, scores }, await this.read(profile, decisions, scores), {
      least: this.ranking.leastFor(null, learned),
      isDeclined: (suggestion) => declined.has(keyOfSuggestion(suggestion)),
      scoresOf,
    });
    await this.store.put({ profileId, revision, ofVerdicts: matchedVerdicts, foundAt: now, found }, declined);
  }

  private async read(
    profile: Profile,
    decisions: readonly Decision[],
    scores: Scores,
  ): Promise<ReadDecision[]> {
    const { index } = this.corpus.matcher;
    const statistics = {
      calls: (language: AnalysedLanguage) => index.sizeIn(language),
      holding: (texts: Iterable<string>, language: AnalysedLanguage) => index.holding(texts, language),
    };
    const read: ReadDecision[] = [];
    for (let from = 0; from < decisions.length; from += AT_A_TIME) {
      const some = decisions.slice(from, from + AT_A_TIME);
      const contents = await this.store.contents(some.map(({ id }) => id));
      const withContent = some.flatMap((decision) => {
        const content = contents.get(decision.id);
        return content ? [{ ...decision, content }] : [];
      });
      read.push(
        ...(await this.corpus.held(() =>
          inTimeSlices(readDecisions(profile, withContent, scores, statistics)),
        )),
      );
    }
    return read;
  }
}
