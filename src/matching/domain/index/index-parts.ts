import type { AnalysedLanguage } from '../../../kernel/language.js';
import { Collection } from './collection.js';
import { placeOf } from '../explanation/evidence.js';
import type { Exclusion } from '../scoring/ranked.js';
import { exclusionIn, type QueriedCall } from '../explanation/competence-explanation.js';
import type { SharedWords } from '../scoring/shared-words.js';
import { ProfileQueries, type CompetenceQuery } from '../scoring/query.js';
import type { Terminology } from '../analysis/terminology.js';

/** The calls of one language, and the profile queries on them. */
export interface IndexPart {
  collection: Collection;
  profiles: ProfileQueries;
}

export function indexPart(language: AnalysedLanguage, terminology: Terminology): IndexPart {
  const collection = new Collection(language);
  return { collection, profiles: new ProfileQueries(collection, terminology) };
}

/** A profile's query on the calls of one language. */
export interface QueryPart {
  collection: Collection;
  competences: CompetenceQuery[];
  shared: SharedWords;
}

export function exclusionOf(competence: CompetenceQuery, call: QueriedCall): Exclusion | null {
  const found = exclusionIn(competence, call);
  return (
    found && { competence: competence.terms.label, term: found.term.text, ...placeOf(call.reader, found.hit) }
  );
}
