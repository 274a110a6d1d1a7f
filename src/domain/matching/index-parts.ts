import type { Language } from '../profile/profile.js';
import { Collection } from './collection.js';
import { placeOf } from './evidence.js';
import type { Exclusion } from './ranked.js';
import { exclusionIn, type Seen } from './score-competence.js';
import { SoughtProfiles, type SoughtCompetence } from './sought.js';
import type { Terminology } from './terminology.js';
import type { Factors } from './weigh.js';

/** The calls of one language, and the profiles that were looked for among them. */
export interface IndexPart {
  collection: Collection;
  profiles: SoughtProfiles;
}

export function indexPart(language: Language, terminology: Terminology): IndexPart {
  const collection = new Collection(language);
  return { collection, profiles: new SoughtProfiles(collection, terminology) };
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
