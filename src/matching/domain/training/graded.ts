import { BAND_FROM } from '../../../kernel/band.js';
import { likelihoodOf, type KeptCurve } from '../sending-threshold.js';

/**
 * The grades that officers of one institute gave to calls they read, each with the units of words and meaning
 * and the share of points kept by its addressee.
 */
export interface GradedList {
  calls: { words: number; meaning: number; keeps: number; grade: Grade }[];
}
/** Not wanted, partly wanted (a line in a list), or wanted. */
export type Grade = 0 | 1 | 2;

/**
 * The weights of a unit of words and of meaning, scaled so that a sum of 1 is 50 points, and how steeply
 * points fall and rise around that.
 */
export interface GradedWeights {
  words: number;
  meaning: number;
  steepness: number;
}

/** Candidate ratios between the weights of a unit of words and a unit of meaning. */
const RATIOS = Array.from({ length: 16 }, (_, i) => 0.4 * 1.15 ** i);
/**
 * The share of strong calls that must be wanted: more than the band promises, since other institutes deviate
 * a little.
 */
const STRONG = 0.88;
/** The top of a list, which is read first. */
const FIRST = 20;

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const oddsOf = (points: number): number => points / (100 - points);

/**
 * Returns the sum worth 50 points, and the steepness, so that the uncertain and strong bands start at the
 * given sums.
 */
export function scaleBetween(told: number, strong: number): { half: number; steepness: number } {
  const steepness =
    Math.log(oddsOf(BAND_FROM.strong) / oddsOf(BAND_FROM.uncertain)) / Math.log(strong / told);
  return { half: told / oddsOf(BAND_FROM.uncertain) ** (1 / steepness), steepness };
}

/** Returns the grades in score order. */
const ranked = ({ calls }: GradedList, scores: readonly number[]): Grade[] =>
  calls
    .map(({ grade }, i) => ({ grade, score: scores[i]! }))
    .sort((a, b) => b.score - a.score)
    .map(({ grade }) => grade);

export function averagePrecision(grades: readonly Grade[]): number {
  let [hits, sum] = [0, 0];
  grades.forEach((grade, i) => {
    if (grade < 2) return;
    hits += 1;
    sum += hits / (i + 1);
  });
  return hits === 0 ? 0 : sum / hits;
}

/** Returns the normalised discounted gain of the first grades (nDCG; Järvelin & Kekäläinen 2002). */
export function gainOf(grades: readonly Grade[]): number {
  const gain = (list: readonly Grade[]): number =>
    list.slice(0, FIRST).reduce<number>((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  return gain(grades) / gain([...grades].sort((a, b) => b - a));
}

const sumOf = (call: GradedList['calls'][number], { words, meaning }: GradedWeights): number =>
  words * call.words + meaning * call.meaning;

export const gradedPoints = ({ calls }: GradedList, weights: GradedWeights): number[] =>
  calls.map((call) => {
    const sum = sumOf(call, weights);
    return sum === 0 ? 0 : (100 * call.keeps) / (1 + sum ** -weights.steepness);
  });

/** The number of sums tried. */
const STEPS = 400;

/**
 * Returns the sum from which calls are reported: the one with the greatest total of precision (at least
 * partly wanted) and recall (wanted), averaged over the lists.
 */
function toldFrom(lists: readonly GradedList[], sums: readonly number[][]): number {
  const both = (from: number): number =>
    mean(
      lists.map(({ calls }, l) => {
        const told = calls.filter((_, i) => sums[l]![i]! >= from);
        const wanted = calls.filter((c) => c.grade === 2).length;
        const right = told.length === 0 ? 1 : told.filter((c) => c.grade > 0).length / told.length;
        return right + told.filter((c) => c.grade === 2).length / wanted;
      }),
    );
  const most = Math.max(...sums.flat());
  return Array.from({ length: STEPS }, (_, i) => (most * (i + 1)) / STEPS)
    .map((from) => ({ from, both: both(from) }))
    .reduce((best, one) => (one.both > best.both ? one : best)).from;
}

/** Returns the lowest sum above which the share of wanted calls is still at least STRONG. */
function strongFrom(lists: readonly GradedList[], sums: readonly number[][]): number {
  const all = lists
    .flatMap(({ calls }, l) => calls.map(({ grade }, i) => ({ grade, sum: sums[l]![i]! })))
    .sort((a, b) => b.sum - a.sum);
  let [wanted, from] = [0, all[0]!.sum];
  all.forEach(({ grade, sum }, i) => {
    if (grade === 2) wanted += 1;
    if (wanted / (i + 1) >= STRONG) from = sum;
  });
  return from;
}

/**
 * Returns weights scaled so that reported calls start at "uncertain" and nearly always wanted ones at
 * "strong". Calls addressed to others are ignored.
 */
function calibrated(lists: readonly GradedList[], ratio: number): GradedWeights {
  const own = lists
    .map(({ calls }) => ({ calls: calls.filter((c) => c.keeps === 1) }))
    .filter(({ calls }) => calls.some((c) => c.grade === 2));
  const sums = own.map(({ calls }) => calls.map((c) => ratio * c.words + c.meaning));
  const told = toldFrom(own, sums);
  const { half, steepness } = scaleBetween(told, Math.max(strongFrom(own, sums), 1.2 * told));
  return { words: ratio / half, meaning: 1 / half, steepness };
}

/**
 * Returns the weights that rank wanted calls first: by the mean of average precision and nDCG of the first
 * calls.
 */
export function learnGraded(lists: readonly GradedList[]): GradedWeights {
  const quality = (weights: GradedWeights): number =>
    mean(
      lists.map((list) => {
        const grades = ranked(list, gradedPoints(list, weights));
        return (averagePrecision(grades) + gainOf(grades)) / 2;
      }),
    );
  return RATIOS.map((ratio) => calibrated(lists, ratio))
    .map((weights) => ({ weights, quality: quality(weights) }))
    .reduce((best, one) => (one.quality > best.quality ? one : best)).weights;
}

/**
 * Returns the mean average precision of each list under weights trained on the others: an estimate for
 * institutes without judgements.
 */
export const leftOut = (lists: readonly GradedList[]): number =>
  mean(
    lists.map((list) =>
      averagePrecision(
        ranked(list, gradedPoints(list, learnGraded(lists.filter((other) => other !== list)))),
      ),
    ),
  );

/** Calls with fewer points are not decided on, and so many that they alone would set the curve. */
const DECIDED_FROM = 15;
/** Newton's method has converged long before. */
const ROUNDS = 30;

/** Returns how likely a call is to be wanted, at least in part, by its points: a logistic regression. */
export function learnKept(lists: readonly GradedList[], weights: GradedWeights): KeptCurve {
  const calls = lists.flatMap((list) =>
    gradedPoints(list, weights)
      .map((points, i) => ({ points, kept: list.calls[i]!.grade > 0 }))
      .filter(({ points }) => points >= DECIDED_FROM && points < 100),
  );
  let curve: KeptCurve = { intercept: 0, slope: 1 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const up: [number, number] = [0, 0];
    const bend: [number, number, number] = [0, 0, 0];
    for (const { points, kept } of calls) {
      const x = Math.log(oddsOf(points));
      const likely = likelihoodOf(points, curve);
      const spread = likely * (1 - likely);
      up[0] += Number(kept) - likely;
      up[1] += (Number(kept) - likely) * x;
      bend[0] += spread;
      bend[1] += spread * x;
      bend[2] += spread * x * x;
    }
    const size = bend[0] * bend[2] - bend[1] ** 2;
    curve = {
      intercept: curve.intercept + (bend[2] * up[0] - bend[1] * up[1]) / size,
      slope: curve.slope + (bend[0] * up[1] - bend[1] * up[0]) / size,
    };
  }
  return curve;
}
