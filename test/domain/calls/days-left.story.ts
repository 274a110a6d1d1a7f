import { daysLeft } from '../../../src/kernel/brussels.js';

describe('days left', () => {
  it.each([
    // Counts calendar days in Brussels, not hours.
    ['2026-09-14T21:59:00Z', '2026-09-15T15:00:00Z', 1],
    ['2026-09-14T22:01:00Z', '2026-09-15T15:00:00Z', 0],
    ['2026-09-15T15:00:01Z', '2026-09-15T15:00:00Z', 0],
    ['2026-09-16T08:00:00Z', '2026-09-15T15:00:00Z', -1],
    // Across the end of summer time, and for a date without a time.
    ['2026-10-20T08:00:00Z', '2026-10-30T16:00:00Z', 10],
    ['2026-09-14T08:00:00Z', '2026-09-15', 1],
  ])('from %s to %s are %d', (now, at, days) => {
    expect(daysLeft(new Date(now), at)).toBe(days);
    if (at.includes('T')) expect(daysLeft(new Date(now), new Date(at))).toBe(days);
  });
});
