import { pointsOf, rawOf } from '../explanation/evidence.js';
import type { SignalWeights } from '../signals/signal-set.js';
import { fitOf } from '../scoring/addressed.js';
import type { CompetenceScore, Evidence, MatchScore, Exclusion, WordUnits } from '../scoring/match.js';
import type { MatchingSettings } from '../scoring/settings.js';
import type { CompetenceEmbedding } from '../semantic/profile-embeddings.js';
import {
  BLOCK,
  MOST_ROWS,
  type Row,
  UNIT_STEPS,
  type Units,
  type SeenCalls,
} from '../semantic/seen-calls.js';
import { meaningUnit, nearnessOf } from '../semantic/nearness.js';
import type { Collection } from './collection.js';
import { noPosting, NUMBER_SHIFT, type Posting } from './postings.js';
import { type CompetenceQuery, finds, type FoundTerm } from '../scoring/query.js';
import type { Steps } from '../scoring/steps.js';
import type { Whereabouts } from './cached-term.js';

/** A call that contains no word of the profile needs at least this many points. */
const LEAST_POINTS = 15;

/** Whether a match is kept; the same limit applies if some competences are excluded. */
export const isKept = (match: MatchScore): boolean =>
  fitOf(match) >= LEAST_POINTS || match.evidence.some((e) => (e.signal ?? 'words') === 'words');

/** Converts sums into points. */
export interface Scale {
  settings: MatchingSettings;
  weights: SignalWeights;
}

export function scored(summands: Float64Array | readonly number[], { settings, weights }: Scale): number {
  let raw = 0;
  for (let k = 0; k < summands.length; k += 1) raw += summands[k]!;
  return raw === 0 ? 0 : pointsOf(raw, { saturation: settings.saturation, steepness: weights.steepness });
}

/** Returns the sum that gives this many points, rounded down slightly so that it is never too high. */
const leastSum = (points: number, { settings, weights }: Scale): number =>
  rawOf(points, { saturation: settings.saturation, steepness: weights.steepness }) * (1 - 1e-9);

/** Returns the score of each competence, including the excluded ones. */
export function competencesOf(
  evidence: Evidence[],
  lexical: MatchScore | null,
  exclusions: Exclusion[],
): CompetenceScore[] {
  const sums = new Map<string, number>();
  for (const { competence, contribution } of evidence)
    if (competence) sums.set(competence, (sums.get(competence) ?? 0) + contribution);
  const out = new Map(exclusions.map(({ competence, ...excludedBy }) => [competence, excludedBy]));
  const labels = new Set([
    ...sums.keys(),
    ...(lexical?.competences ?? []).map((c) => c.competence),
    ...out.keys(),
  ]);
  return [...labels]
    .map((competence) => ({
      competence,
      score: sums.get(competence) ?? 0,
      excludedBy: out.get(competence) ?? null,
    }))
    .sort((a, b) => b.score - a.score);
}

/** Further losses of precision, in spreads; generous. */
const MARGIN = 1e-3;

/**
 * A fast upper bound for the nearness of calls to a profile's competences by the built-in model. Nearly all
 * calls are far from all of them, and every call of every profile is checked: a block of calls is computed at
 * once, in integers and without exponentials.
 */
export class NearnessBound {
  private readonly rows: Row[];
  private readonly margin: number;
  private readonly near = new Float32Array(BLOCK);
  private block = -1;

  constructor(
    private readonly units: Units,
    competences: readonly CompetenceEmbedding[],
  ) {
    const embeddings = competences.flatMap(({ own }) => own ?? []);
    this.rows = embeddings.map(({ unit, spread, mean }) => ({ unit, spread, usual: mean / spread }));
    // Each number of a row is off by at most half a step, and a call's vector has length 1 (Cauchy-Schwarz).
    this.margin =
      MARGIN +
      Math.max(
        0,
        ...this.rows.map(({ spread }) => (Math.sqrt(units.dimensions) * 0.5) / UNIT_STEPS / spread),
      );
  }

  /**
   * Returns an upper bound of the nearness from `meaningOf`, in spreads; minus infinity if no competence has
   * a vector, or nothing is known of the call.
   */
  most(number: number): number {
    if (this.rows.length === 0) return -Infinity;
    // Too many rows for the kernel: any call may be near.
    if (this.rows.length > MOST_ROWS) return Infinity;
    const block = Math.floor(number / BLOCK);
    if (block !== this.block) this.units.nearest(block, this.rows, this.near);
    this.block = block;
    return this.near[number % BLOCK]! + this.margin;
  }
}

/** Pruning does not pay for this few calls. */
const FEW = 20;

/** The weights of a unit of words and a unit of meaning. */
interface BoundedScale extends Scale {
  words: number;
  meaning: number;
}

/** Decides which calls are worth scoring for a profile, and how many points they need. */
export class CandidatePruning {
  /**
   * The minimum sum for a call that contains a phrase of the profile, and for one that does not; the minimum
   * nearness of a call that contains no word of it.
   */
  private readonly sum: number;
  private readonly sumWithout: number;
  private readonly near: number;
  /** Null if other signals than words and the built-in model contribute: then every call is scored. */
  private readonly nearnessBound: NearnessBound | null;

  /**
   * `competences`: null if anything but words and the built-in model may give points; `calls`: the number of
   * calls to check.
   */
  constructor(
    seen: SeenCalls,
    competences: readonly CompetenceEmbedding[] | null,
    private readonly scale: BoundedScale,
    private readonly floor: number,
    calls: number,
  ) {
    this.nearnessBound = competences && calls > FEW ? new NearnessBound(seen.units, competences) : null;
    this.sum = leastSum(floor, scale);
    this.sumWithout = leastSum(this.least(0), scale);
    this.near = nearnessOf(this.sumWithout / scale.meaning);
  }

  /** Returns the points a call needs; `words`: the points from the profile's words. */
  least(words: number): number {
    return words > 0 ? this.floor : Math.max(this.floor, LEAST_POINTS);
  }

  /** Whether a call may reach them; never false for a call that does. */
  mayHaveThem(number: number, { raw, shared }: WordUnits): boolean {
    const {
      nearnessBound,
      scale: { words, meaning },
    } = this;
    if (!nearnessBound) return true;
    const near = nearnessBound.most(number);
    if (raw === 0 && shared === 0) return near >= this.near;
    return raw * words + meaningUnit(near, shared) * meaning >= (raw > 0 ? this.sum : this.sumWithout);
  }
}

function eachNumber({ entries, length }: Posting, tell: (number: number) => void): void {
  let last = -1;
  for (let i = 0; i < length; i += 1) {
    const number = entries[i]! >>> NUMBER_SHIFT;
    if (number !== last) tell(number);
    last = number;
  }
}

function eachCall(
  { singles, hits }: Whereabouts,
  collection: Collection,
  tell: (number: number) => void,
): void {
  for (const stem of singles) eachNumber(collection.posting(stem) ?? noPosting, tell);
  for (let i = 0; i < hits.length; i += 1)
    if (hits.numbers[i] !== hits.numbers[i - 1]) tell(hits.numbers[i]!);
}

/** Returns the calls that contain enough of the label's words for the label to count as found. */
function holdingLabel({ terms, labelWordsNeeded }: CompetenceQuery, collection: Collection): number[] {
  if (labelWordsNeeded === Infinity) return [];
  const counts = new Map<number, number>();
  for (const stem of terms.labelStems) {
    eachNumber(collection.posting(collection.stemOf(stem) ?? -1) ?? noPosting, (n) =>
      counts.set(n, (counts.get(n) ?? 0) + 1),
    );
  }
  return [...counts].filter(([, count]) => count >= labelWordsNeeded).map(([n]) => n);
}

/**
 * Marks with 1 the calls that contain a keyword or the label of a competence and no exclusion; returns their
 * numbers, ascending.
 */
export function* chooseCalls(
  competence: CompetenceQuery,
  found: FoundTerm[],
  collection: Collection,
  marks: Uint8Array,
  allowed?: Uint8Array,
): Steps<Int32Array> {
  const chosen: number[] = [];
  const choose = (number: number): void => {
    if (marks[number] !== 0 || allowed?.[number] === 0) return;
    marks[number] = 1;
    chosen.push(number);
  };
  for (const term of found) if (finds(term.term)) eachCall(term.where, collection, choose);
  yield;
  holdingLabel(competence, collection).forEach(choose);
  for (const { where } of competence.exclusions())
    eachCall(where, collection, (number) => {
      marks[number] = 0;
    });
  yield;
  return Int32Array.from(chosen)
    .filter((number) => marks[number] === 1)
    .sort();
}
