import {
  beginning,
  dayAfter,
  Moment,
  monthAt,
  monthsFrom,
  monthsLater,
} from '../../../src/kernel/brussels.js';

describe('a moment that somebody gives', () => {
  it('is, as a day, the instant at which the day begins in Brussels, in winter and in summer', () => {
    const read = ['2026-01-01', '2026-07-01', '2026-07-01T00:00:00Z', '2026-07-01T00:00:00+02:00'].map(
      (text) => Moment.parse(text).toISOString(),
    );
    expect(read).toEqual([
      '2025-12-31T23:00:00.000Z',
      '2026-06-30T22:00:00.000Z',
      '2026-07-01T00:00:00.000Z',
      '2026-06-30T22:00:00.000Z',
    ]);
    expect(Moment.parse('0000-01-01').getTime()).toBeLessThan(Moment.parse('0001-01-01').getTime());
  });
});

describe('months', () => {
  it('have whole weeks from Monday to Sunday, with the days of their neighbours left out', () => {
    const [june] = monthsFrom('2026-06', 1);
    expect(june!.weeks).toHaveLength(5);
    expect(june!.weeks[0]![0]).toBe('2026-06-01');
    expect(june!.weeks[4]).toEqual(['2026-06-29', '2026-06-30', null, null, null, null, null]);
    // A month that starts on a Sunday and runs into a sixth week, and the shortest month.
    expect(monthsFrom('2026-11', 1)[0]!.weeks).toHaveLength(6);
    expect(monthsFrom('2026-11', 1)[0]!.weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(monthsFrom('2027-02', 1)[0]!.weeks.flat().filter(Boolean)).toHaveLength(28);
    expect(monthsFrom('2028-02', 1)[0]!.weeks.flat().filter(Boolean)).toHaveLength(29);
  });

  it('follow each other over the end of a year, back and forth', () => {
    expect(monthsFrom('2026-11', 4).map((m) => m.month)).toEqual([
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
    ]);
    expect([monthsLater('2026-06', -12), monthsLater('2026-01', -1), monthsLater('2026-12', 1)]).toEqual([
      '2025-06',
      '2025-12',
      '2027-01',
    ]);
  });

  it('begin at midnight in Brussels, in summer and in winter', () => {
    expect(beginning('2026-07').toISOString()).toBe('2026-06-30T22:00:00.000Z');
    expect(beginning('2026-12').toISOString()).toBe('2026-11-30T23:00:00.000Z');
    expect(monthAt(new Date('2026-06-30T21:59:59Z'))).toBe('2026-06');
    expect(monthAt(new Date('2026-06-30T22:00:00Z'))).toBe('2026-07');
  });

  it('have a day of 23 hours and one of 25', () => {
    const hours = (day: string): number => (dayAfter(day).getTime() - beginning(day).getTime()) / 3_600_000;
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-30')]).toEqual([23, 25, 24]);
  });
});
