import { fieldKinds, fieldWeight } from '../index/fields.js';
import { FULL } from '../index/indexed-call.js';
import type { MatchingSettings } from './settings.js';
import {
  competenceTerms,
  type CompetenceTerms,
  keywordTerm,
  type Speech,
  type Term,
} from '../analysis/terms.js';
import { sha256 } from '../../../kernel/hash.js';
import type { Profile } from '../../../profiles/domain/profile.js';
import type { Collection } from '../index/collection.js';
import type { Steps } from '../../../kernel/time-slices.js';
import type { TermQuery, Whereabouts } from '../index/cached-term.js';
import type { Terminology } from '../analysis/terminology.js';

/** Imaginary calls without the term, so that words can be rare in a small collection too. */
const imagined = 100;

/**
 * Returns how distinctive a term is, 0 to 1: the square of BM25's inverse document frequency (Robertson &
 * Zaragoza 2009, 3.4), divided by that of a term in no call, so that scores mean the same at 100 calls and at
 * 5,000. Squared, because terms found in few calls show more than proportionally what an institute wants. A
 * single word found in many calls is generic and counts 0.
 */
export function idf(
  term: Pick<Term, 'words'>,
  count: number,
  calls: number,
  settings: MatchingSettings,
): number {
  const all = calls + imagined;
  if (term.words === 1 && count > settings.commonWord * all) return 0;
  const idf = (df: number): number => Math.log(1 + (all - df + 0.5) / (df + 0.5));
  return (idf(count) / idf(0)) ** 2;
}

/**
 * Returns the weight of a word by kind of field, by number, per unit of the FULL that it counts at its place
 * (see `weightAt`).
 */
export const fieldWeights = (settings: MatchingSettings): Float64Array =>
  Float64Array.from(fieldKinds, (kind) => fieldWeight(kind, settings) / FULL);

/** BM25F's saturation (Robertson & Zaragoza 2009, 3.6): 0 for none, approaching 1 for many. */
export const saturate = (frequency: number, k1: number): number => frequency / (k1 + frequency);

/** A value derived from a collection, recomputed when the collection has changed. */
class MemoizedByVersion<T> {
  private last: { state: number; made: T } | undefined;

  constructor(
    private readonly collection: { readonly state: number },
    private readonly make: () => T,
  ) {}

  get(): T {
    const { state } = this.collection;
    if (this.last?.state !== state) this.last = { state, made: this.make() };
    return this.last.made;
  }
}

/** A term, with its cached occurrences if any. */
interface QueryTerm {
  term: Term;
  remembered: Whereabouts | null;
}

export interface FoundTerm {
  term: Term;
  where: Whereabouts;
  /** How distinctive it is, 0 to 1. */
  idf: number;
}

/** Whether a term finds calls: keywords and labels do, single words of a label do not. */
export const finds = (term: Term): boolean => term.kind !== 'label-word';

export class CompetenceQuery {
  readonly hasKeywords: boolean;
  /** Needed for every call that is explained. */
  private readonly counting: MemoizedByVersion<FoundTerm[]>;
  private readonly excluded: MemoizedByVersion<FoundTerm[]>;

  constructor(
    readonly terms: CompetenceTerms,
    private readonly queryTerms: QueryTerm[],
    excluding: QueryTerm[],
    private readonly collection: Collection,
    private readonly settings: MatchingSettings,
  ) {
    this.hasKeywords = terms.terms.some((t) => t.kind === 'keyword');
    this.counting = new MemoizedByVersion(collection, () =>
      queryTerms.map((s) => this.findTerm(s)).filter((f) => f.idf > 0),
    );
    this.excluded = new MemoizedByVersion(collection, () => excluding.map((s) => this.findTerm(s)));
  }

  /** Returns the terms that may find a call or add to its score, in order. */
  found(): FoundTerm[] {
    return this.counting.get();
  }

  /** Whether a keyword or the label occurs where `stands` returns true. */
  isAnchoredWhere(stands: (where: Whereabouts) => boolean): boolean {
    return this.queryTerms.some(
      (s) => finds(s.term) && stands(this.whereabouts(s)) && this.findTerm(s).idf > 0,
    );
  }

  exclusions(): FoundTerm[] {
    return this.excluded.get();
  }

  /**
   * How many of the label's words a call must contain for the label to count as found; it only counts if
   * there are no keywords.
   */
  get labelWordsNeeded(): number {
    return this.hasKeywords ? Infinity : Math.ceil(this.settings.labelShare * this.terms.labelStems.length);
  }

  private whereabouts({ term, remembered }: QueryTerm): Whereabouts {
    return remembered ?? this.collection.whereaboutsOfWord(term.forms[0]?.stems[0] ?? '');
  }

  private findTerm(queryTerms: QueryTerm): FoundTerm {
    const { term } = queryTerms;
    const where = this.whereabouts(queryTerms);
    return { term, where, idf: idf(term, where.calls, this.collection.size, this.settings) };
  }
}

/** A profile in a collection's language, with the terms to look up. */
interface ReadProfile {
  profile: Profile;
  competences: { terms: CompetenceTerms; counting: TermQuery[]; excluding: TermQuery[] }[];
}

/** Reads a profile, leaving out what has no weight. One step per word or phrase. */
function* readProfile(profile: Profile, speech: Speech, settings: MatchingSettings): Steps<ReadProfile> {
  const competences: ReadProfile['competences'] = [];
  for (const competence of profile.competences) {
    if (competence.weight === 0) continue;
    const terms = yield* competenceTerms(competence, speech, settings);
    const counting = terms.terms
      .filter((t) => t.weight > 0)
      .map((term) => ({ term, slop: settings.phrase.slop }));
    competences.push({ terms, counting, excluding: terms.exclusions.map((term) => ({ term, slop: 0 })) });
  }
  return { profile, competences };
}

function* seek(termQueries: TermQuery[], collection: Collection): Steps<QueryTerm[]> {
  const queryTerms: QueryTerm[] = [];
  for (const termQuery of termQueries)
    queryTerms.push({ term: termQuery.term, remembered: yield* collection.remembered(termQuery) });
  yield;
  return queryTerms;
}

interface Known {
  settings: MatchingSettings;
  generation: number;
  competences: CompetenceQuery[];
}

/** The most words of cached profiles, including drafts: of about 500. A full cache is cleared. */
const MOST_WORDS = 500_000;

const wordsIn = (competences: readonly CompetenceQuery[]): number =>
  competences.reduce((sum, { terms }) => sum + terms.vocabulary.size, 0);

/** Caches the queries of profiles on a collection. A profile is not read again until it changes. */
export class ProfileQueries {
  private readonly byObject = new WeakMap<Profile, Known>();
  private readonly byContent = new Map<string, Known>();
  private words = 0;

  constructor(
    private readonly collection: Collection,
    private readonly terminology: Terminology,
  ) {}

  *get(profile: Profile, settings: MatchingSettings): Steps<CompetenceQuery[]> {
    yield* this.lookFor([profile], settings);
    return this.keep(profile, this.known(profile, settings)!);
  }

  *lookFor(profiles: readonly Profile[], settings: MatchingSettings): Steps<void> {
    const { collection } = this;
    collection.memory.makeRoom();
    yield* collection.catchUp();
    const unknown = profiles.filter((profile) => !this.known(profile, settings));
    const fresh: ReadProfile[] = [];
    for (const profile of new Map(unknown.map((p) => [contentOf(p), p])).values())
      fresh.push(yield* readProfile(profile, this.speechOf(profile), settings));
    yield* collection.lookFor(
      fresh.flatMap(({ competences }) =>
        competences.flatMap(({ counting, excluding }) => [...counting, ...excluding]),
      ),
    );
    for (const read of fresh) this.keep(read.profile, yield* this.found(read, settings));
  }

  /** Returns the number of calls containing each keyword; cached if the profile was looked up before. */
  *keywordCalls(profile: Profile, settings: MatchingSettings): Steps<Map<string, number>> {
    const { collection } = this;
    const speech = this.speechOf(profile);
    collection.memory.makeRoom();
    yield* collection.catchUp();
    const queries = profile.competences
      .flatMap((c) => c.keywords)
      .flatMap((keyword) => keywordTerm(keyword, speech) ?? [])
      .map((term): TermQuery => ({ term, slop: settings.phrase.slop }));
    yield* collection.lookFor(queries);
    const calls = new Map<string, number>();
    for (const query of queries) calls.set(query.term.text, (yield* collection.whereabouts(query)).calls);
    return calls;
  }

  private *found(read: ReadProfile, settings: MatchingSettings): Steps<Known> {
    const { collection } = this;
    const competences: CompetenceQuery[] = [];
    for (const { terms, counting, excluding } of read.competences) {
      competences.push(
        new CompetenceQuery(
          terms,
          yield* seek(counting, collection),
          yield* seek(excluding, collection),
          collection,
          settings,
        ),
      );
    }
    return { settings, generation: collection.memory.generation, competences };
  }

  private speechOf({ language, vocabulary }: Profile): Speech {
    return {
      language: this.collection.language,
      usual: language,
      terminology: this.terminology.extendedBy(vocabulary),
    };
  }

  private known(profile: Profile, settings: MatchingSettings): Known | undefined {
    const known = this.byObject.get(profile) ?? this.byContent.get(contentOf(profile));
    return known?.settings === settings && known.generation === this.collection.memory.generation
      ? known
      : undefined;
  }

  private keep(profile: Profile, known: Known): CompetenceQuery[] {
    this.byObject.set(profile, known);
    const content = contentOf(profile);
    const before = this.byContent.get(content);
    if (before === known) return known.competences;
    this.words += wordsIn(known.competences) - (before ? wordsIn(before.competences) : 0);
    if (this.words > MOST_WORDS) {
      this.byContent.clear();
      this.words = wordsIn(known.competences);
    }
    this.byContent.set(content, known);
    return known.competences;
  }
}

/** Returns a hash of the parts of a profile that queries depend on. */
function contentOf(profile: Profile): string {
  const { competences, language, vocabulary } = profile;
  const content = contents.get(profile) ?? sha256(JSON.stringify([competences, language, vocabulary]));
  contents.set(profile, content);
  return content;
}
const contents = new WeakMap<Profile, string>();
