import type { Language, Profile } from '../profile/profile.js';
import { Collection } from './collection.js';
import { matchOf, type Brought } from './evidence.js';
import type { MatchableCall } from './fields.js';
import type { MatchScore } from './match.js';
import { scoreCompetence, type Scope } from './score-competence.js';
import type { MatchingSettings } from './settings.js';
import { toEnd, type Steps } from './steps.js';
import { Terminology } from './terminology.js';
import { competenceTerms, phraseOf } from './terms.js';
import { fieldFactors } from './weigh.js';

export interface RankedCall {
  id: string;
  match: MatchScore;
}

/** Calls are stemmed as English unless they say that they are French. */
const languageOf = (call: MatchableCall): Language => (call.language.toLowerCase() === 'fr' ? 'fr' : 'en');

const byScore = (a: RankedCall, b: RankedCall): number => b.match.score - a.match.score || (a.id < b.id ? -1 : 1);

/**
 * The matcher's statistics and postings over the calls that are known (Robertson & Zaragoza 2009, BM25F; one collection
 * a language). A score depends on which calls are known, through how rare a term is among them, never on the order in
 * which they came.
 */
export class CallIndex {
  private readonly collections: Record<Language, Collection> = { en: new Collection('en'), fr: new Collection('fr') };

  /** Without a terminology each phrase is looked for as it is written. */
  constructor(private readonly terminology = Terminology.none) {}

  /** Adds a call, or replaces the one with that id. */
  put(id: string, call: MatchableCall): void {
    this.remove(id);
    this.collections[languageOf(call)].put(id, call);
  }

  remove(id: string): void {
    for (const collection of this.all()) collection.remove(id);
  }

  get size(): number {
    return this.all().reduce((sum, collection) => sum + collection.calls.size, 0);
  }

  /** Every call that scores above 0 for the profile, best first; with `only`, those of these ids. */
  score(profile: Profile, settings: MatchingSettings, only?: ReadonlySet<string>): RankedCall[] {
    return toEnd(this.scoring(profile, settings, only));
  }

  /** The same in steps, for a profile may hold much to look for. From the first to the last no call may be put or removed. */
  *scoring(profile: Profile, settings: MatchingSettings, only?: ReadonlySet<string>): Steps<RankedCall[]> {
    const ranked: RankedCall[] = [];
    for (const collection of this.all()) ranked.push(...(yield* this.scoringIn(collection, profile, settings, only)));
    return ranked.sort(byScore);
  }

  /** How many calls of that language are known. */
  sizeIn(language: Language): number {
    return this.collections[language].calls.size;
  }

  /** In how many calls of that language a word or phrase stands, as a keyword would be found there without a foreign word inside. */
  holding(text: string, language: Language): number {
    const term = phraseOf(text, language);
    return term ? this.collections[language].find(term, 0).count : 0;
  }

  private all(): Collection[] {
    return Object.values(this.collections);
  }

  private *scoringIn(collection: Collection, profile: Profile, settings: MatchingSettings, only?: ReadonlySet<string>): Steps<RankedCall[]> {
    if (collection.calls.size === 0) return [];
    const scope = scopeOf(collection, settings, only);
    const speech = { language: collection.language, usual: profile.language, terminology: this.terminology.extendedBy(profile.vocabulary) };
    const byCall = new Map<number, (Brought & { weight: number })[]>();
    for (const competence of profile.competences) {
      if (competence.weight === 0) continue;
      const terms = yield* competenceTerms(competence, speech, settings);
      for (const [number, parts] of yield* scoreCompetence(terms, scope)) {
        const brought = byCall.get(number) ?? [];
        brought.push({ ...parts, competence: terms.label, weight: terms.weight });
        byCall.set(number, brought);
      }
    }
    const ranked: RankedCall[] = [];
    for (const [number, brought] of byCall) {
      const call = collection.calls.get(number);
      if (!call || brought.every((b) => b.raw === 0)) continue;
      ranked.push({ id: call.id, match: matchOf(call, brought, settings) });
      yield;
    }
    return ranked;
  }
}

function scopeOf(collection: Collection, settings: MatchingSettings, only?: ReadonlySet<string>): Scope {
  const factors = new Map<number, number[]>();
  return {
    collection,
    settings,
    allows: (number) => !only || only.has(collection.calls.get(number)?.id ?? ''),
    factors(number) {
      let own = factors.get(number);
      const call = collection.calls.get(number);
      if (!own && call) factors.set(number, (own = fieldFactors(call, collection, settings)));
      return own ?? [];
    },
  };
}
