import type { Language } from '../../../profiles/domain/profile.js';
import { Collection } from './collection.js';
import { placeOf } from '../explanation/evidence.js';
import type { Exclusion } from '../scoring/ranked.js';
import { OfState } from './of-state.js';
import type { MatchingSettings } from '../scoring/settings.js';
import { exclusionIn, type Seen } from '../scoring/score-competence.js';
import { SoughtProfiles, type SoughtCompetence } from '../scoring/sought.js';
import type { Terminology } from '../analysis/terminology.js';
import { Factors } from './weigh.js';

/** The calls of one language, and the profiles that were looked for among them. */
export interface IndexPart {
  collection: Collection;
  profiles: SoughtProfiles;
  /** What places count in its calls as they are now: equal for all profiles. */
  factorsFor: (settings: MatchingSettings) => Factors;
}

export function indexPart(language: Language, terminology: Terminology): IndexPart {
  const collection = new Collection(language);
  const made = new OfState(collection, () => new Map<MatchingSettings, Factors>());
  const factorsFor = (settings: MatchingSettings): Factors => {
    const factors = made.get().get(settings) ?? new Factors(collection, settings);
    made.get().set(settings, factors);
    return factors;
  };
  return { collection, profiles: new SoughtProfiles(collection, terminology), factorsFor };
}

/** A profile as it is looked for among the calls of one language. */
export interface SoughtPart {
  collection: Collection;
  competences: SoughtCompetence[];
  factors: Factors;
}

export function exclusionOf(competence: SoughtCompetence, seen: Seen): Exclusion | null {
  const found = exclusionIn(competence, seen);
  return found && { competence: competence.terms.label, term: found.term.text, ...placeOf(seen.reader, found.hit) };
}
