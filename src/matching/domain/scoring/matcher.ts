import type { Terminology } from '../analysis/terminology.js';
import type { WordVectors } from '../semantic/word-vectors.js';
import { type MatchingWeights, SignalSet, weightsFor } from '../signals/signal-set.js';
import {
  type Matched,
  type MatchScore,
  type Beside,
  byScore,
  type RankedCall,
  type RawScores,
  type Wanted,
  wordUnits,
  type WordUnits,
} from './match.js';
import { type Steps, toEnd } from '../../../kernel/time-slices.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import type { Profile } from '../../../profiles/domain/profile.js';
import { CallIndex } from '../index/call-index.js';
import type { MatchableCall } from '../index/fields.js';
import {
  CandidatePruning,
  competencesOf,
  isKept,
  type Scale,
  scored,
  SeenCalls,
  asStored,
} from '../index/candidates.js';
import { type Bag, bagOf, callPieces, readFields } from '../semantic/pieces.js';
import {
  ExternalCallVectors,
  dot,
  CachedEmbeddings,
  type ProfileEmbeddings,
  withExternal,
  without,
} from '../semantic/profile-embeddings.js';
import { type KnownWord, type Spelling, spellingOf } from '../analysis/spelling.js';
import { WrittenForms } from '../semantic/written-forms.js';
import type { ScoredCall } from '../signals/signal.js';
import { NearReasons } from '../explanation/near-reasons.js';
import type { AnalysedCall } from '../index/analysed-call.js';
import { tokeniseCall } from '../index/indexed-call.js';
import type { MatchingSettings } from './settings.js';

/** The trained model, and the terminology it was trained with. */
export interface MatchingModel {
  vectors: WordVectors;
  weights: MatchingWeights;
  terminology: Terminology;
  /** Equal for models and settings that give equal scores, and store and announce the same of them. */
  fingerprint: string;
  /** Equal for models that analyse a call's text in the same way; see `ANALYSIS`. */
  analyser: string;
}

/** Calls examined per step. */
const AT_A_TIME = 200;

/** A word in more calls than this, and in more than this share of them, says little of any of them. */
const [MANY, COMMON] = [20, 0.1];
/** A word this close to a text in meaning, from -1 to 1, is one of its field. */
const CLOSE = 0.45;

/** The score of a single call: its points (0 if unknown), and its match. */
interface Measured {
  points: (id: string) => number;
  match: (id: string) => MatchScore;
}

/** Returns the calls of `always` and the best of `of` that are not ranked yet, whatever their score. */
export function* besideRanked(
  ranked: readonly RankedCall[],
  { of, most, always, only }: Beside & Pick<Wanted, 'only'>,
  { points, match }: Measured,
): Steps<RankedCall[]> {
  const scores: { id: string; score: number }[] = [];
  let looked = 0;
  for (const id of new Set([...of, ...always])) {
    const score = !only || only.has(id) ? points(id) : 0;
    if (score > 0) scores.push({ id, score });
    looked += 1;
    if (looked % AT_A_TIME === 0) yield;
  }
  const best = scores.sort((a, b) => b.score - a.score).filter(({ id }, i) => i < most || always.has(id));
  const known = new Set(ranked.map(({ id }) => id));
  const beside: RankedCall[] = [];
  for (const { id } of best) {
    if (known.has(id)) continue;
    beside.push({ id, match: match(id) });
    yield;
  }
  return beside.filter(({ match: { score } }) => score > 0);
}

/** Everything known about a profile while its calls are ranked. */
interface View extends Scale, Pick<Matched, 'profile' | 'affinity'> {
  embeddings: ProfileEmbeddings;
  words: RawScores;
  /** The weight of a unit of each summand. */
  factors: Float64Array;
}

/**
 * Ranks calls by the sum of a profile's words, their meaning and its projects, each 0 or more. The type of
 * action adds or takes a share of it; a call addressed to others loses one. The reasons sum to the score.
 */
export class Matcher {
  readonly index: CallIndex;
  /** The calls as embedded by the operator's own model, if any. */
  readonly external = new ExternalCallVectors();
  private readonly seen: SeenCalls;
  private readonly signals = new SignalSet();
  /** Buffers for the vector of the current call and its summands. */
  private readonly unit: Float32Array;
  private readonly room = new Float64Array(this.signals.names.length);
  private readonly embeddings: CachedEmbeddings;
  readonly written = new WrittenForms();
  private readonly near: NearReasons;

  constructor(private readonly model: MatchingModel) {
    this.index = new CallIndex(model.terminology);
    this.seen = new SeenCalls(model.vectors.dimensions);
    this.embeddings = new CachedEmbeddings(model.vectors, model.terminology);
    this.unit = new Float32Array(model.vectors.dimensions);
    this.near = new NearReasons(model.vectors, this.index, this.written);
  }

  analyse(call: MatchableCall): AnalysedCall {
    const read = tokeniseCall(call);
    const { vectors, terminology } = this.model;
    const fields = readFields(read, (text, language, tokens) => terminology.english(text, language, tokens));
    return {
      language: read.language,
      words: this.index.wordsIn(read),
      joints: this.written.read(read),
      bag: bagOf(callPieces(call, fields), vectors),
    };
  }

  /** Adds a call, or replaces the one with that id. */
  put(id: string, call: MatchableCall, { language, words, joints, bag } = this.analyse(call)): void {
    const number = this.index.putWords(id, language, words);
    this.written.put(number, language, joints);
    const unit = this.model.vectors.encode(bag);
    this.seen.set(number, { bag, unit, identifier: call.identifier ?? null });
    this.signals.put(number, call);
  }

  remove(id: string): void {
    const number = this.index.numberOf(id);
    if (number === undefined) return;
    this.index.remove(id);
    this.written.remove(number);
    this.seen.remove(number);
    this.external.remove(id);
  }

  /** Takes a call out of memory; the words of all others are as rare as before. */
  archive(id: string): void {
    const language = this.index.languageOf(id);
    const words = this.index.wordsOf(id)?.reader.call;
    this.remove(id);
    if (language && words) this.index.count(language, words, 1);
  }

  /** Returns the vector of a text that `likeness` would compare. */
  vectorOf(bag: Bag): Float32Array | null {
    const unit = this.model.vectors.encode(bag);
    return unit && asStored(unit);
  }

  /** Returns the vector of a call in memory; null if it has none. */
  vectorIn(id: string): Float32Array | null {
    const number = this.index.numberOf(id);
    return number === undefined
      ? null
      : this.seen.units.readVector(number, new Float32Array(this.unit.length));
  }

  /** Returns the wanted calls, best first. */
  score(matched: Matched, settings: MatchingSettings, wanted: Wanted = {}): RankedCall[] {
    return toEnd(this.ranking(matched, settings, wanted));
  }

  /** Whether a call or a term contains the word, in whatever form. */
  knows(word: string): boolean {
    return this.index.callsWith(word) > 0 || this.model.terminology.hasWord(word);
  }

  /** Returns what an unknown word may stand for: words of calls and of the terminology. */
  *spelling(word: string): Steps<Spelling> {
    const spelling = yield* spellingOf(word, this.knownWords());
    return { ...spelling, calls: Math.min(spelling.calls, this.index.counted) };
  }

  /** Returns words of the field that calls contain and that are close to a text in meaning, closest first. */
  *wordsNear(text: string, language: AnalysedLanguage, most: number): Steps<string[]> {
    const { vectors, terminology } = this.model;
    const own = terminology.english(text, language);
    const features = own.map(({ stem, weight }) => ({ feature: stem, weight }));
    const bag = bagOf([{ features, weight: 1 }], vectors);
    const vector = vectors.encode(bag);
    if (!vector) return [];
    const close = new Map<string, { word: string; closeness: number }>();
    let looked = 0;
    for (const { word, stem } of this.written.words()) {
      looked += 1;
      if (looked % AT_A_TIME === 0) yield;
      const id = vectors.idOf(stem);
      const calls = this.index.callsWithStem(stem);
      const isCommon = calls > MANY && calls > this.index.counted * COMMON;
      if (id === undefined || close.has(stem) || calls === 0 || isCommon) continue;
      if (!/^[a-z]{4,}$/.test(word) || !terminology.hasWord(word)) continue;
      const closeness = vectors.closeness(id, vector);
      if (closeness >= CLOSE) close.set(stem, { word, closeness });
    }
    return [...close.values()]
      .sort((a, b) => b.closeness - a.closeness || (a.word < b.word ? -1 : 1))
      .slice(0, most)
      .map(({ word }) => word);
  }

  private *knownWords(): Generator<KnownWord, void> {
    for (const { word, stem, glued } of this.written.words()) {
      const calls = this.index.callsWithStem(stem);
      if (calls > 0) yield { word, calls, glued };
    }
    for (const word of this.model.terminology.words()) yield { word, calls: 0 };
  }

  /** Prepares for ranking several profiles; see `CallIndex.lookFor`. */
  expect(profiles: readonly Profile[], settings: MatchingSettings): Steps<void> {
    return this.index.lookFor(profiles, settings);
  }

  /**
   * Returns how similar two calls are in meaning, from -1 to 1; 0 if one is unknown. `others`: the vectors of
   * calls that are not in memory.
   */
  likeness(a: string, b: string, others?: ReadonlyMap<string, Float32Array | null>): number {
    const [one, other] = [a, b].map((id) => this.vectorIn(id) ?? others?.get(id));
    return one && other ? dot(one, other) : 0;
  }

  /** Like `score`, in steps. No call may be added until it ends. */
  *ranking(
    matched: Matched,
    settings: MatchingSettings,
    { only, floor = 0, limit = Infinity, also }: Wanted = {},
  ): Steps<RankedCall[]> {
    const view = yield* this.view(matched, settings, only);
    const ranked: RankedCall[] = [];
    for (const { id } of yield* this.worth(view, floor, only)) {
      // Exclusions only lower scores: once enough are found, no later call can overtake them.
      if (ranked.length >= limit) break;
      const match = this.match(id, view);
      if (match.score > 0 && match.score >= floor && isKept(match)) ranked.push({ id, match });
      yield;
    }
    const by = { points: (c: string) => this.pointsOf(c, view), match: (c: string) => this.match(c, view) };
    const beside = also ? yield* besideRanked(ranked, { ...also, only }, by) : [];
    return [...ranked, ...beside].sort(byScore);
  }

  /** Returns the calls with enough points, best first, without reasons. No call may be added meanwhile. */
  *best(
    matched: Matched,
    settings: MatchingSettings,
    { floor, limit }: { floor: number; limit: number },
  ): Steps<{ id: string; score: number }[]> {
    return (yield* this.worth(yield* this.view(matched, settings), floor)).slice(0, limit);
  }

  private *worth(
    view: View,
    floor: number,
    only?: ReadonlySet<string>,
  ): Steps<{ id: string; score: number }[]> {
    const weightOf = (name: string): number => this.signals.weightOf(name, view.factors);
    const look = new CandidatePruning(
      this.seen,
      this.signals.isBounded(view, view.embeddings) ? view.embeddings.competences : null,
      { ...view, words: weightOf('words'), meaning: weightOf('meaning') },
      floor,
      only?.size ?? this.index.size,
    );
    const worth: { id: string; score: number }[] = [];
    let looked = 0;
    for (const number of this.index.numbersOf(only)) {
      looked += 1;
      if (looked % AT_A_TIME === 0) yield;
      const words = wordUnits(view.words, number);
      if (!look.mayHaveThem(number, words)) continue;
      const fit = this.fitPoints(number, view);
      const score = this.signals.kept(fit, number, view);
      if (score >= floor && fit >= look.least(words.raw)) worth.push({ id: this.index.idOf(number)!, score });
    }
    yield;
    return worth.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }

  /** Returns the points of every call, without reasons, including calls that an exclusion keeps out. */
  *pointsOfAll(matched: Matched, settings: MatchingSettings): Steps<Map<string, number>> {
    const view = yield* this.view(matched, settings);
    const points = new Map<string, number>();
    for (const number of this.index.numbersOf()) {
      points.set(this.index.idOf(number)!, this.signals.kept(this.fitPoints(number, view), number, view));
      if (points.size % AT_A_TIME === 0) yield;
    }
    return points;
  }

  /** Returns the match with one call, whatever its score; null if the call is unknown. */
  explain(id: string, matched: Matched, settings: MatchingSettings): MatchScore | null {
    return toEnd(this.explaining(id, matched, settings));
  }

  /** Like `explain`, in steps. No call may be added until it ends. */
  *explaining(id: string, matched: Matched, settings: MatchingSettings): Steps<MatchScore | null> {
    return this.index.numberOf(id) !== undefined
      ? this.match(id, yield* this.view(matched, settings, new Set([id])))
      : null;
  }

  private *view(
    { profile, projects, affinity, external }: Matched,
    settings: MatchingSettings,
    only?: ReadonlySet<string>,
  ): Steps<View> {
    const words = yield* this.index.rawScores(profile, settings, only);
    const own = yield* this.embeddings.forProfile(profile, projects);
    const weights = weightsFor(this.model.weights, profile.competences.length, projects?.length ?? 0);
    const embeddings = external?.size
      ? withExternal(own, (label) =>
          external.has(label) ? this.external.embeddingFrom(external.get(label)!) : null,
        )
      : own;
    return {
      profile,
      affinity,
      words,
      settings,
      embeddings,
      weights,
      factors: this.signals.weights(weights),
    };
  }

  /** Returns a call for scoring; valid until the next call of this method. */
  private seenCall(number: number): Omit<ScoredCall, 'words' | 'embeddings'> {
    return {
      unit: this.seen.units.readVector(number, this.unit),
      identifier: this.seen.identifierOf(number),
      external: this.external.get(this.index.idOf(number)!) ?? null,
    };
  }

  private summands(
    number: number,
    { factors }: View,
    embeddings: ProfileEmbeddings,
    words: WordUnits,
  ): Float64Array {
    const summands = this.signals.unitsOf(number, { ...this.seenCall(number), embeddings, words }, this.room);
    for (let k = 0; k < summands.length; k += 1) summands[k]! *= factors[k]!;
    return summands;
  }

  private fitPoints(number: number, view: View): number {
    const summands = this.summands(number, view, view.embeddings, wordUnits(view.words, number));
    return this.signals.fit(scored(summands, view), number, view);
  }

  private pointsOf(id: string, view: View): number {
    const number = this.index.numberOf(id);
    return number === undefined ? 0 : this.signals.kept(this.fitPoints(number, view), number, view);
  }

  private match(id: string, view: View): MatchScore {
    const number = this.index.numberOf(id)!;
    return this.signals.match(this.fit(id, number, view), number, view);
  }

  /** Returns the match by the summands alone. */
  private fit(id: string, number: number, view: View): MatchScore {
    const exclusions = view.words.exclusionsIn(id);
    const excluded = new Set(exclusions.map((e) => e.competence));
    const words = wordUnits(view.words, number);
    if (excluded.size > 0) words.shared = view.words.sharedWithout(id, excluded);
    const embeddings = excluded.size === 0 ? view.embeddings : without(view.embeddings, excluded);
    const summands = [...this.summands(number, view, embeddings, words)];
    const score = scored(summands, view);
    const lexical = view.words.matchFor(id);
    const call = { id, bag: this.seen.bagOf(number), ...this.seenCall(number), embeddings, lexical };
    const evidence = this.signals.explain(number, call, this.signals.shares(summands, score), this.near);
    return {
      score,
      competences: competencesOf(evidence, lexical, exclusions),
      evidence: evidence.filter((e) => e.contribution > 0).sort((a, b) => b.contribution - a.contribution),
    };
  }
}
