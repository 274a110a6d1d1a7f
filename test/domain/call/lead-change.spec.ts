import { changesOfLead } from '../../../src/domain/call/lead-change.js';
import { aCall } from '../../support/calls.js';

const due = (...ats: string[]) => aCall('1', { deadlines: ats.map((at) => ({ at, timeTold: true })) });
const told = (before: ReturnType<typeof due>, after: ReturnType<typeof due>) => changesOfLead(before, after).map((c) => c.kind);

describe('where another source takes the lead', () => {
  it('that its deadline falls on another day is told', () => {
    expect(told(due('2026-08-09T15:00:00Z'), due('2027-03-24T15:00:00Z'))).toEqual(['extended']);
    expect(told(due('2026-08-09T15:00:00Z'), due('2026-08-02T15:00:00Z'))).toEqual(['forward']);
    expect(told(due('2026-08-09T15:00:00Z', '2026-11-03T15:00:00Z'), due('2026-08-09T15:00:00Z', '2026-12-03T15:00:00Z'))).toEqual(['extended']);
  });

  it('that it says the same day otherwise, or in other words, is not', () => {
    const before = due('2026-08-09T15:00:00Z');
    expect(told(before, due('2026-08-09T11:00:00Z'))).toEqual([]);
    expect(told(before, aCall('2', { title: 'In other words', budget: null, deadlines: [{ at: '2026-08-09T00:00:00Z', timeTold: false }] }))).toEqual([]);
    // Half past eleven in the evening in London is the next day in Brussels.
    expect(told(due('2026-08-09T22:30:00Z'), due('2026-08-10T08:00:00Z'))).toEqual([]);
  });

  it('that one of them states no day is not', () => {
    expect(told(due(), due('2026-08-09T15:00:00Z'))).toEqual([]);
    expect(told(due('2026-08-09T15:00:00Z'), due())).toEqual([]);
  });
});
