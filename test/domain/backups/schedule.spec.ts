import { outdated } from '../../../src/backups/domain/schedule.js';

const DAY_MS = 86_400_000;
const KEEP = { keepDays: 7, keepWeeks: 4, keepMonths: 12 };
const made = (madeAt: Date, beforeUpdate = false) => ({ name: madeAt.toISOString(), madeAt, beforeUpdate });
const nightly = (from: string, nights: number) =>
  Array.from({ length: nights }, (_, i) => made(new Date(Date.parse(from) + i * DAY_MS)));
const kept = (backups: ReturnType<typeof made>[], keep = KEEP) => {
  const gone = outdated(backups, keep);
  return backups.map(({ name }) => name.slice(0, 10)).filter((_, i) => !gone.includes(backups[i]!.name));
};

describe('of the backups of many nights', () => {
  it('the last seven, the last of four weeks and the last of twelve months are kept', () => {
    // The last is of Tuesday, 30 June 2026.
    expect(kept(nightly('2025-01-01T00:30:00Z', 546))).toEqual([
      ...['2025-07-31', '2025-08-31', '2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31'],
      ...['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'],
      ...['2026-06-14', '2026-06-21'],
      ...['2026-06-24', '2026-06-25', '2026-06-26', '2026-06-27', '2026-06-28', '2026-06-29', '2026-06-30'],
    ]);
  });

  it('those of a rotation that runs every night are the same as if it ran once', () => {
    const all = nightly('2025-01-01T00:30:00Z', 546);
    let left: typeof all = [];
    for (const backup of all) {
      left = [...left, backup];
      const gone = outdated(left, KEEP);
      left = left.filter(({ name }) => !gone.includes(name));
    }
    expect(left.map(({ name }) => name.slice(0, 10))).toEqual(kept(all));
  });

  it('none goes because the installation stood still for a year', () => {
    const old = nightly('2025-03-02T01:30:00Z', 7);
    expect(outdated([...old, made(new Date('2026-06-30T00:30:00Z'))], { ...KEEP, keepDays: 8 })).toEqual([]);
  });

  it('a day ends at midnight in Brussels, and of several a day the last is kept', () => {
    const [evening, night, morning] = [
      '2026-06-29T21:50:00Z',
      '2026-06-29T22:10:00Z',
      '2026-06-30T06:00:00Z',
    ].map((at) => made(new Date(at)));
    expect(outdated([evening!, night!, morning!], { keepDays: 7, keepWeeks: 0, keepMonths: 0 })).toEqual([
      night!.name,
    ]);
  });

  it('one made before an update stays beside that of the night, which only the new version can read, and so do the last seven', () => {
    const nights = nightly('2026-06-01T00:30:00Z', 40);
    // At midnight in Brussels, before the backup of the same day; and two on one day.
    const updates = [...nightly('2026-06-10T22:00:00Z', 8), made(new Date('2026-06-17T23:00:00Z'))].map(
      ({ madeAt }) => made(madeAt, true),
    );
    const gone = outdated([...nights, ...updates], KEEP);
    expect(updates.filter(({ name }) => gone.includes(name))).toEqual(updates.slice(0, 2));
    expect(nights.filter(({ name }) => !gone.includes(name))).toHaveLength(kept(nights).length);
  });
});
