import type { Language } from '../../../kernel/language.js';
import { Collection } from './collection.js';
import { placeOf } from '../explanation/evidence.js';
import type { Exclusion } from '../scoring/ranked.js';
import { MemoizedByVersion } from './memoize-by-version.js';
import type { MatchingSettings } from '../scoring/settings.js';
import { exclusionIn, type Seen } from '../scoring/score-competence.js';
import { ProfileQueries, type CompetenceQuery } from '../scoring/query.js';
import type { Terminology } from '../analysis/terminology.js';
import { Factors } from './bm25.js';

/** The calls of one language, and the profiles that were looked for among them. */
export interface IndexPart {
  collection: Collection;
  profiles: ProfileQueries;
  /** What places count in its calls as they are now: equal for all profiles. */
  factorsFor: (settings: MatchingSettings) => Factors;
}

export function indexPart(language: Language, terminology: Terminology): IndexPart {
  const collection = new Collection(language);
  const made = new MemoizedByVersion(collection, () => new Map<MatchingSettings, Factors>());
  const factorsFor = (settings: MatchingSettings): Factors => {
    const factors = made.get().get(settings) ?? new Factors(collection, settings);
    made.get().set(settings, factors);
    return factors;
  };
  return { collection, profiles: new ProfileQueries(collection, terminology), factorsFor };
}

/** A profile as it is looked for among the calls of one language. */
export interface QueryPart {
  collection: Collection;
  competences: CompetenceQuery[];
  factors: Factors;
}

export function exclusionOf(competence: CompetenceQuery, seen: Seen): Exclusion | null {
  const found = exclusionIn(competence, seen);
  return (
    found && { competence: competence.terms.label, term: found.term.text, ...placeOf(seen.reader, found.hit) }
  );
}
