import { join } from 'node:path';
import { readSampleCalls } from '../../src/demo/sample-calls.js';
import { recordsInTime } from '../../src/demo/sample-records.js';

const TODAY = new Date('2026-06-30T08:00:00Z');
const samples = readSampleCalls(join(__dirname, '../../config/demo/calls'));

describe('what the sample portal says, and says a week on', () => {
  const { first, later } = recordsInTime(samples, TODAY);
  const before = new Map(first.map((r) => [r.reference, r.metadata]));
  const changed = later.filter(({ reference: r, metadata }) => {
    const was = before.get(r);
    return was && JSON.stringify(was) !== JSON.stringify(metadata);
  });

  it('publishes a call, loses none, and calls each what it was called', () => {
    const references = new Set(later.map((r) => r.reference));
    expect(first.every((r) => references.has(r.reference))).toBe(true);
    expect(later.filter((r) => !before.has(r.reference)).map((r) => r.metadata['identifier'])).toEqual(
      samples.filter((s) => s.publishedLater).map((s) => [s.identifier]),
    );
    expect(later.length).toBe(samples.length);
    expect(later.length).toBeGreaterThan(first.length);
  });

  it('brings a deadline forward, moves others back, and raises budgets', () => {
    const of = (field: string) =>
      changed.flatMap(({ reference: r, metadata }) => {
        const [was, is] = [before.get(r)![field]?.join(), metadata[field]?.join()];
        return was === is ? [] : [was! < is! ? 1 : -1];
      });
    expect(of('deadlineDate').sort()).toEqual([-1, 1, 1]);
    expect(of('budgetOverview').length).toBeGreaterThanOrEqual(2);
  });
});
