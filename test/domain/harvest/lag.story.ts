import { lagHours, lagOf, type Published } from '../../../src/harvest/domain/lag.js';

describe('how long a publication took to be known', () => {
  it.each([
    ['an instant counts in hours', '2026-05-06T08:30:00.000Z', '2026-05-06T10:00:00Z', 1.5],
    ['a day counts in days, whatever the hour', '2026-05-05', '2026-05-06T21:59:00Z', 24],
    ['and the day is that of Brussels', '2026-05-05', '2026-05-06T22:01:00Z', 48],
    ['on the day itself it took none', '2026-05-06', '2026-05-06T21:00:00Z', 0],
    ['midnight of UTC is a day', '2026-05-05T00:00:00.000Z', '2026-05-06T10:00:00Z', 24],
    ['midnight in Brussels is the day that begins', '2026-05-04T22:00:00.000Z', '2026-05-06T10:00:00Z', 24],
    ['midnight in Brussels in winter too', '2026-01-04T23:00:00.000Z', '2026-01-06T10:00:00Z', 24],
    ['another hour in winter is none', '2026-01-04T22:00:00.000Z', '2026-01-05T10:00:00Z', 12],
    ['over the change of the clocks a day has 24 hours', '2026-03-28', '2026-03-30T10:00:00Z', 48],
    ['what was there before its stated publication took none', '2026-05-08', '2026-05-06T10:00:00Z', 0],
  ])('%s', (_what, published, then, hours) => expect(lagHours(published, new Date(then))).toBe(hours));

  it('is announced by its median and its ninetieth percentile, and of what was announced only where something was', () => {
    const after = (days: number, announced: number | null): Published => ({
      published: '2026-05-01',
      known: new Date(Date.UTC(2026, 4, 1 + days, 10)),
      announced: announced === null ? null : new Date(Date.UTC(2026, 4, 1 + announced, 10)),
    });
    const some = Array.from({ length: 10 }, (_, i) => after(i, i < 3 ? i + 5 : null));
    expect(lagOf(some)).toEqual({
      known: { n: 10, medianHours: 96, p90Hours: 192 },
      announced: { n: 3, medianHours: 144, p90Hours: 168 },
    });
    expect(lagOf([after(1, null)])).toEqual({
      known: { n: 1, medianHours: 24, p90Hours: 24 },
      announced: null,
    });
    expect(lagOf([])).toEqual({ known: null, announced: null });
  });
});
