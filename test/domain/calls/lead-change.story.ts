import { changesOfLead, changesOfPlace } from '../../../src/calls/domain/versions/diff.js';
import { aCall } from '../../support/matching/calls.js';

const due = (...ats: string[]) => aCall('1', { deadlines: ats.map((at) => ({ at, timeTold: true })) });
const overrides = (before: ReturnType<typeof due>, after: ReturnType<typeof due>) =>
  changesOfLead(before, after).map((c) => c.kind);

describe('where another source takes the lead', () => {
  it('that its deadline falls on another day is told', () => {
    expect(overrides(due('2026-08-09T15:00:00Z'), due('2027-03-24T15:00:00Z'))).toEqual(['extended']);
    expect(overrides(due('2026-08-09T15:00:00Z'), due('2026-08-02T15:00:00Z'))).toEqual(['forward']);
    expect(
      overrides(
        due('2026-08-09T15:00:00Z', '2026-11-03T15:00:00Z'),
        due('2026-08-09T15:00:00Z', '2026-12-03T15:00:00Z'),
      ),
    ).toEqual(['extended']);
  });

  it('that it says the same day otherwise, or in other words, is not', () => {
    const before = due('2026-08-09T15:00:00Z');
    expect(overrides(before, due('2026-08-09T11:00:00Z'))).toEqual([]);
    expect(
      overrides(
        before,
        aCall('2', {
          title: 'In other words',
          budget: null,
          deadlines: [{ at: '2026-08-09T00:00:00Z', timeTold: false }],
        }),
      ),
    ).toEqual([]);
    // 23:30 in London is already the next day in Brussels.
    expect(overrides(due('2026-08-09T22:30:00Z'), due('2026-08-10T08:00:00Z'))).toEqual([]);
  });

  it('that it states a stage more or less, or another hour beside another day, is not', () => {
    const [first, both] = [due('2026-09-16T15:00:00Z'), due('2026-09-16T13:00:00Z', '2027-03-01T14:00:00Z')];
    expect(overrides(first, both)).toEqual([]);
    expect(overrides(both, first)).toEqual([]);
    expect(overrides(due('2026-09-16T15:00:00Z', '2027-02-15T14:00:00Z'), both)).toEqual(['extended']);
  });

  it('that one stage moved is told as such, whatever stages the other source does not know of', () => {
    const [first, second, later] = ['2026-09-16T15:00:00Z', '2027-03-01T14:00:00Z', '2027-03-15T14:00:00Z'];
    const moved = { first: '2026-09-23T15:00:00Z', second: '2027-02-15T14:00:00Z' };
    expect(overrides(due(first, second), due(moved.first))).toEqual(['extended']);
    expect(overrides(due(moved.first), due(first, second))).toEqual(['forward']);
    expect(overrides(due(first), due(moved.first, second))).toEqual(['extended']);
    expect(overrides(due(first, second), due(moved.second))).toEqual(['forward']);
    expect(overrides(due(first, second), due(later))).toEqual(['extended']);
    const coming = due(first, moved.second, '2027-10-01T14:00:00Z');
    expect(overrides(due(first, second), coming)).toEqual(['forward']);
  });

  it('that one of them states no day is not', () => {
    expect(overrides(due(), due('2026-08-09T15:00:00Z'))).toEqual([]);
    expect(overrides(due('2026-08-09T15:00:00Z'), due())).toEqual([]);
  });
});

describe('where the same source shows a call in another place', () => {
  const budget = (total: number | null, currency = 'EUR') => ({
    currency,
    total,
    expectedGrants: null,
    minContribution: null,
    maxContribution: null,
    years: [],
  });
  const before = aCall('1', { title: 'Here', sourceStatus: 'forthcoming', budget: budget(5_000_000) });
  const moved = (over: Parameters<typeof aCall>[1]) =>
    changesOfPlace(
      before,
      aCall('1', { title: 'There', sourceStatus: 'forthcoming', budget: budget(5_000_000), ...over }),
    ).map((c) => c.kind);

  it('that it has opened, or that its money changed, is not lost', () => {
    expect(moved({ sourceStatus: 'open' })).toEqual(['opened']);
    expect(moved({ budget: budget(6_000_000) })).toEqual(['budget']);
    expect(moved({ sourceStatus: 'closed' })).toEqual(['closed']);
  });

  it('that other words, no money or money of another currency stand there has not changed the call', () => {
    expect(moved({})).toEqual([]);
    expect(moved({ budget: null })).toEqual([]);
    expect(moved({ budget: budget(null) })).toEqual([]);
    expect(moved({ budget: budget(6_000_000, 'USD') })).toEqual([]);
  });
});
