import {
  type CountedDecision,
  keeps,
  likelihoodOf,
  offsetOf,
  sendingThreshold,
  weightOf,
} from '../../../src/matching/domain/sending-threshold.js';

const curve = { intercept: 1.15, slope: 1.7 };
const settings = { usual: 40, spread: 1.5 };
const decided = (score: number, kept: boolean, times = 1): CountedDecision[] =>
  Array.from({ length: times }, () => ({ score, kept, weight: 1 }));
const threshold = (decisions: CountedDecision[], given = settings) =>
  sendingThreshold(decisions, curve, given).score;
/** As many decisions as the judged day would have had, at scores around the threshold. */
const ordinary = (times: number): CountedDecision[] =>
  [28, 34, 40, 46, 52].flatMap((score) => {
    const kept = Math.round(times * likelihoodOf(score, curve));
    return [...decided(score, true, kept), ...decided(score, false, times - kept)];
  });

describe('the threshold from which calls are sent to an institute', () => {
  it('stays where the installation has it without decisions', () => {
    expect(sendingThreshold([], curve, settings)).toEqual({
      ...{ score: 40, usual: 40, offset: 0, decisions: 0, kept: 0, expected: 0 },
    });
  });

  it('moves little with the first decisions, whatever they are, and a lot with fifty', () => {
    for (const times of [1, 2, 4])
      for (const found of [threshold(decided(70, false, times)), threshold(decided(35, true, times))])
        expect(Math.abs(found - 40)).toBeLessThanOrEqual(0.75 * times);
    expect(threshold(decided(45, false, 5))).toBeGreaterThan(40);
    expect(threshold([...decided(45, false, 45), ...decided(45, true, 5)])).toBe(50);
    const offsets = [2, 10, 50].map((times) => offsetOf(decided(40, true, times), curve, 1.5));
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    expect(offsets[0]).toBeLessThan(1);
    expect(offsets[2]).toBeGreaterThan(2);
  });

  it('is where a call is as likely kept as not, for an institute that decides as on the judged day', () => {
    const found = sendingThreshold(ordinary(20), curve, settings);
    expect(Math.abs(found.offset)).toBeLessThan(0.15);
    expect(likelihoodOf(found.score, curve)).toBeCloseTo(0.5, 1);
    expect(found).toMatchObject({ decisions: 100, usual: 40 });
    expect(found.kept / found.expected).toBeCloseTo(1, 1);
  });

  it('finds the top of the likelihood: a little to either side is less likely', () => {
    const decisions = [...decided(30, true, 7), ...decided(45, false, 3), ...decided(60, true, 4)];
    const found = offsetOf(decisions, curve, 1.5);
    const of = (offset: number): number =>
      decisions.reduce(
        (sum, { score, kept }) => {
          const odds = (likelihoodOf(score, curve) / (1 - likelihoodOf(score, curve))) * Math.exp(offset);
          return sum + Math.log(kept ? odds / (1 + odds) : 1 / (1 + odds));
        },
        -(offset ** 2) / (2 * 1.5 ** 2),
      );
    expect(of(found)).toBeGreaterThan(of(found - 0.01));
    expect(of(found)).toBeGreaterThan(of(found + 0.01));
  });

  it('ends at a finite place if all decisions are of one kind, however many they are', () => {
    for (const kept of [true, false])
      for (const score of [0, 12, 55, 100]) {
        const found = sendingThreshold(decided(score, kept, 2000), curve, settings);
        expect(Number.isFinite(found.offset)).toBe(true);
        expect(found.score).toBeGreaterThanOrEqual(25);
        expect(found.score).toBeLessThanOrEqual(50);
      }
  });

  it('never keeps a "possible" match from an institute, and sends nothing below 25 points', () => {
    expect(threshold(decided(60, false, 200))).toBe(50);
    expect(threshold([...decided(26, true, 100), ...decided(10, true, 100)])).toBe(25);
  });

  it('falls by steps for an officer who marks everything relevant: no further than a little below what was kept', () => {
    expect(threshold(decided(70, true, 100))).toBe(40);
    expect(threshold(decided(41, true, 100))).toBe(36);
    expect(threshold(decided(36, true, 100))).toBe(31);
  });

  it('is not lowered by an institute that has refused everything', () => {
    expect(threshold(decided(20, false, 30))).toBeGreaterThanOrEqual(40);
  });

  it('counts decisions from before a change of the profile half, so that it moves less', () => {
    const changed = new Date('2026-06-01T00:00:00Z');
    const [before, after] = ['2026-05-01', '2026-07-01'].map((day) => weightOf(new Date(day), changed));
    expect([before, after, weightOf(new Date('2026-05-01'), null)]).toEqual([0.5, 1, 1]);
    const offset = (weight: number) =>
      offsetOf(
        decided(45, false, 12).map((d) => ({ ...d, weight })),
        curve,
        1.5,
      );
    expect(offset(before!)).toBeGreaterThan(offset(after!));
    expect(threshold(decided(45, false, 8).map((d) => ({ ...d, weight: 0.5 })))).toBe(43);
  });

  it('stays for all where the setting says 0, and where an installation has it beyond the limits', () => {
    expect(threshold(decided(60, false, 50), { usual: 40, spread: 0 })).toBe(40);
    expect(threshold(decided(16, true, 50), { usual: 10, spread: 1.5 })).toBeGreaterThanOrEqual(10);
    expect(threshold(decided(75, false, 50), { usual: 70, spread: 1.5 })).toBe(70);
  });

  it('follows what says whether such a call is wanted, and nothing else', () => {
    expect([keeps('relevant', null), keeps('study', null)]).toEqual([true, true]);
    expect([keeps('not', 'topic'), keeps('not', 'role')]).toEqual([false, false]);
    for (const reason of ['trl', 'budget', 'timing', 'eligibility', 'capacity', null] as const)
      expect(keeps('not', reason)).toBeNull();
    expect([keeps('later', null), keeps(null, null)]).toEqual([null, null]);
  });
});
