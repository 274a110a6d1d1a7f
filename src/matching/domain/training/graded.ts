import { BAND_FROM } from '../../../kernel/band.js';

/**
 * What officers of one institute said of calls that they read: what words and meaning say of each, in units,
 * what it keeps for whom it is for, and its grade.
 */
export interface GradedList {
  calls: { words: number; meaning: number; keeps: number; grade: Grade }[];
}
/** Wanted, wanted in part (a line in a list), or not. */
export type Grade = 0 | 1 | 2;

/**
 * What a unit of words and of meaning counts, so that a sum of 1 is 50 points, and how sharply points fall
 * and rise around that.
 */
export interface GradedWeights {
  words: number;
  meaning: number;
  steepness: number;
}

/** How many times a unit of meaning one of words may count. */
const RATIOS = Array.from({ length: 16 }, (_, i) => 0.4 * 1.15 ** i);
/**
 * Of calls that are strong so many are wanted: more than the band promises, since other institutes are a
 * little off.
 */
const STRONG = 0.88;
/** The best of a list that are looked at first. */
const FIRST = 20;

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const oddsOf = (points: number): number => points / (100 - points);

/**
 * The sum that has 50 points, and how sharply points fall and rise around it, so that what is told begins at
 * one sum and what is strong at another.
 */
export function scaleBetween(told: number, strong: number): { half: number; steepness: number } {
  const steepness =
    Math.log(oddsOf(BAND_FROM.strong) / oddsOf(BAND_FROM.uncertain)) / Math.log(strong / told);
  return { half: told / oddsOf(BAND_FROM.uncertain) ** (1 / steepness), steepness };
}

/** The grades in the order of the scores. */
const ranked = ({ calls }: GradedList, scores: readonly number[]): Grade[] =>
  calls
    .map(({ grade }, i) => ({ grade, score: scores[i]! }))
    .sort((a, b) => b.score - a.score)
    .map(({ grade }) => grade);

/** Average precision of what is wanted. */
export function averagePrecision(grades: readonly Grade[]): number {
  let [hits, sum] = [0, 0];
  grades.forEach((grade, i) => {
    if (grade < 2) return;
    hits += 1;
    sum += hits / (i + 1);
  });
  return hits === 0 ? 0 : sum / hits;
}

/** Discounted gain of the first grades against the best order (nDCG; Järvelin & Kekäläinen 2002). */
export function gainOf(grades: readonly Grade[]): number {
  const gain = (list: readonly Grade[]): number =>
    list.slice(0, FIRST).reduce<number>((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  return gain(grades) / gain([...grades].sort((a, b) => b - a));
}

const sumOf = (call: GradedList['calls'][number], { words, meaning }: GradedWeights): number =>
  words * call.words + meaning * call.meaning;

/** The points of a list's calls. */
export const gradedPoints = ({ calls }: GradedList, weights: GradedWeights): number[] =>
  calls.map((call) => {
    const sum = sumOf(call, weights);
    return sum === 0 ? 0 : (100 * call.keeps) / (1 + sum ** -weights.steepness);
  });

/** How finely sums are tried. */
const STEPS = 400;

/**
 * The sum from which on calls are told: where the share of them that is wanted at least in part, and the
 * share of the wanted that is told, are together the greatest, in the mean of the lists.
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

/** The least sum from which on so many of all calls are wanted. */
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
 * The same weights, scaled so that what is told begins at "uncertain" and what is nearly always wanted at
 * "strong". Calls for others do not count.
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
 * Weights under which the wanted come first: half by average precision, half by the gain of the first calls
 * of a list.
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
 * The mean average precision of each list under weights learned from the others: what is to be expected of
 * institutes that nobody has judged.
 */
export const leftOut = (lists: readonly GradedList[]): number =>
  mean(
    lists.map((list) =>
      averagePrecision(
        ranked(list, gradedPoints(list, learnGraded(lists.filter((other) => other !== list)))),
      ),
    ),
  );
