import { pauseMs } from '../../../src/harvest/domain/settings.js';
import { sizeDoubt, type Past, type SizeRules } from '../../../src/harvest/domain/scan-agreement.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const RULES: SizeRules = { maxShrink: 0.25, maxGrowth: 2, confirmAfterRuns: 4, confirmAfterHours: 48 };
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const past = (told: Partial<Past> = {}): Past => ({
  sizes: [700, 710, 720, 705, 690],
  running: 700,
  refused: [],
  now: NOW,
  ...told,
});
const doubt = (size: number, told: Partial<Past> = {}, rules = RULES) => sizeDoubt(size, past(told), rules);

describe('the size of a run', () => {
  it.each<[string, number, Partial<Past>]>([
    ['is as usual', 705, {}],
    ['is a quarter less than what is still running', 525, {}],
    ['is twice as large', 1_410, {}],
    ['is the first of its source', 3, { sizes: [], running: 0 }],
    ['is small where nearly all known calls have closed, as after a stop of months', 80, { running: 90 }],
    ['is a few smaller in a small source', 11, { sizes: [20], running: 20 }],
    ['is a few larger in a small one', 11, { sizes: [2], running: 2 }],
    ['is small where all of them have', 1, { running: 0 }],
    ['is nothing where all of a few have', 0, { sizes: [5], running: 0 }],
    ['is nothing where there was one', 0, { sizes: [1], running: 1 }],
    ['is usual where one run before was odd', 705, { sizes: [705, 12, 705, 705, 705] }],
  ])('is believed where it %s', (_, size, told) => expect(doubt(size, told)).toBeNull());

  it.each<[string, number, Partial<Past>, RegExp]>([
    [
      'is half',
      350,
      {},
      /^it holds 350 calls where its last good runs held about 705, and 700 of those are still before their deadline$/,
    ],
    ['is just below three quarters', 524, {}, /^it holds 524 calls/],
    ['is nothing', 0, {}, /^it holds 0 calls/],
    ['is nothing where a few are still running', 0, { sizes: [5], running: 5 }, /^it holds 0 calls/],
    ['is half of the few that are still running', 40, { running: 90 }, /and 90 of those/],
    [
      'is more than twice as large',
      1_411,
      {},
      /^it holds 1411 calls where its last good runs held about 705$/,
    ],
    ['is more than twice as large after a stop of months', 1_411, { running: 0 }, /^it holds 1411 calls/],
  ])('is doubted where it %s', (_, size, told, why) => expect(doubt(size, told)).toMatch(why));

  it('is measured by the rules', () => {
    expect(doubt(524, {}, { ...RULES, maxShrink: 0.3 })).toBeNull();
    expect(doubt(1_000, {}, { ...RULES, maxGrowth: 1.2 })).not.toBeNull();
    expect(doubt(0, {}, { ...RULES, maxShrink: 1 })).toBeNull();
  });
});

describe('what a source insists on', () => {
  const refused = (size: number, ...hours: number[]) => hours.map((h) => ({ at: hoursAgo(h), size }));

  it.each<[string, number, Past['refused']]>([
    ['so many runs over so many hours', 350, refused(350, 48, 30, 12)],
    ['a little more or less each time', 350, [...refused(340, 20), ...refused(345, 40), ...refused(360, 60)]],
    ['also where it grew', 2_000, refused(2_010, 72, 48, 24)],
    ['where it said something else before', 350, [...refused(350, 12, 30, 48), ...refused(100, 60)]],
    [
      'a row or two more or less in a small source',
      12,
      [...refused(14, 10), ...refused(11, 30), ...refused(12, 50)],
    ],
  ])('is believed in the end: %s', (_, size, runs) => expect(doubt(size, { refused: runs })).toBeNull());

  it.each<[string, number, Past['refused']]>([
    ['after too few runs', 350, refused(350, 72, 48)],
    ['within too few hours', 350, refused(350, 47, 30, 12, 6)],
    [
      'where it says something else each time',
      350,
      [...refused(350, 24), ...refused(100, 48), ...refused(350, 72, 96, 120)],
    ],
    ['where it says something else now', 350, refused(300, 72, 48, 24)],
    ['where it never said it before', 350, []],
  ])('is not believed %s', (_, size, runs) =>
    expect(doubt(size, { refused: runs })).toMatch(/^it holds 350 calls/),
  );
});

it('what a source insists on is heard after two days and a half at the latest, though the pause grows', () => {
  for (const before of [0, 3, 40]) {
    let [hours, failures] = [0, before];
    const refused: { hours: number; size: number }[] = [];
    const at = (h: number) => new Date(NOW.getTime() + h * 3_600_000);
    while (doubt(350, { now: at(hours), refused: refused.map((r) => ({ at: at(r.hours), size: r.size })) })) {
      refused.unshift({ hours, size: 350 });
      hours += pauseMs(failures) / 3_600_000;
      failures += 1;
    }
    expect(hours).toBeGreaterThanOrEqual(48);
    expect(hours).toBeLessThanOrEqual(60);
  }
});
