import {
  averagePrecision,
  gainOf,
  gradedPoints,
  learnGraded,
  learnKept,
  leftOut,
  type Grade,
  type GradedList,
} from '../../../src/matching/domain/training/graded.js';
import { likelihoodOf } from '../../../src/matching/domain/sending-threshold.js';
import { gaussian, seeded } from '../../../src/matching/domain/training/encoder.js';

const random = seeded(11);
const noise = (size: number): number => Math.abs(gaussian(random)) * size;

/**
 * A day of 200 calls: 8 wanted and 12 partly wanted; `told` is how strongly words and meaning separate them
 * from the others.
 */
const list = (told: { words: number; meaning: number }): GradedList => ({
  calls: Array.from({ length: 200 }, (_, i) => {
    const grade: Grade = i < 8 ? 2 : i < 20 ? 1 : 0;
    return {
      words: told.words * grade + noise(0.3),
      meaning: told.meaning * grade + noise(0.3),
      keeps: 1,
      grade,
    };
  }),
});
const lists = (told: { words: number; meaning: number }): GradedList[] =>
  Array.from({ length: 8 }, () => list(told));
const mean = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

describe('weights that are learned from what officers wanted', () => {
  it('measure a ranking by how early the wanted come', () => {
    expect(averagePrecision([2, 0, 2, 1])).toBeCloseTo((1 + 2 / 3) / 2);
    expect(averagePrecision([0, 1])).toBe(0);
    expect(gainOf([2, 1, 0])).toBe(1);
    expect(gainOf([1, 2, 0])).toBeLessThan(1);
  });

  it('count more what tells the wanted from the others', () => {
    const ratio = ({ words, meaning }: { words: number; meaning: number }): number => words / meaning;
    const byWords = learnGraded(lists({ words: 1, meaning: 0 }));
    const byMeaning = learnGraded(lists({ words: 0, meaning: 1 }));
    expect(ratio(byWords)).toBeGreaterThan(2 * ratio(byMeaning));
  });

  it('put the bounds of the bands where what is told begins, and where nearly all is wanted', () => {
    const all = lists({ words: 0.35, meaning: 0.35 });
    const weights = learnGraded(all);
    const strong = all.flatMap((l) => l.calls.filter((_, i) => gradedPoints(l, weights)[i]! >= 65));
    const rightAndFound = (from: number): number =>
      mean(
        all.map((list) => {
          const points = gradedPoints(list, weights);
          const told = list.calls.filter((_, i) => points[i]! >= from);
          return (
            told.filter((c) => c.grade > 0).length / Math.max(1, told.length) +
            told.filter((c) => c.grade === 2).length / 8
          );
        }),
      );
    const others = Array.from({ length: 60 }, (_, i) => rightAndFound(i + 10));
    expect(Math.max(...others)).toBeLessThan(rightAndFound(40) + 0.01);
    expect(Math.min(...others)).toBeLessThan(rightAndFound(40) - 0.1);
    expect(strong.filter((c) => c.grade === 2).length / strong.length).toBeGreaterThanOrEqual(0.85);
  });

  it('take from a call for others what it loses', () => {
    const weights = { words: 1, meaning: 1, steepness: 1.5 };
    const [whole, half] = [1, 0.5].map(
      (keeps) => gradedPoints({ calls: [{ words: 1, meaning: 1, keeps, grade: 0 }] }, weights)[0]!,
    );
    expect(half).toBeCloseTo(whole! / 2);
  });

  it('tell what is to be expected of an institute that nobody judged', () => {
    const expected = leftOut(lists({ words: 0.5, meaning: 0.5 }).slice(0, 4));
    expect(expected).toBeGreaterThan(0.8);
    expect(leftOut(lists({ words: 0, meaning: 0 }).slice(0, 4))).toBeLessThan(0.2);
  });

  it('tell how many calls of a score are wanted', () => {
    const all = lists({ words: 0.35, meaning: 0.35 });
    const weights = learnGraded(all);
    const curve = learnKept(all, weights);
    for (const [from, to] of [
      [20, 40],
      [40, 60],
      [60, 95],
    ] as const) {
      const calls = all.flatMap((l) => {
        const points = gradedPoints(l, weights);
        return l.calls.flatMap((c, i) =>
          points[i]! >= from && points[i]! < to ? [{ ...c, points: points[i]! }] : [],
        );
      });
      const wanted = calls.filter((c) => c.grade > 0).length / calls.length;
      expect(Math.abs(wanted - mean(calls.map((c) => likelihoodOf(c.points, curve))))).toBeLessThan(0.1);
    }
  });
});
