import { awardsOf, namesIn, namesOf } from '../../../src/harvest/domain/drafts/award.js';
import type { CommitteeDocument } from '../../../src/harvest/domain/drafts/committee-document.js';
import { resultsOf } from '../../../src/pipeline/domain/results.js';

const ofTitle = (title: string): string[] => namesIn({ title }, []);
const call = (callIdentifier: string, identifier = `${callIdentifier}-01`) => ({
  kind: 'grant' as const,
  identifier,
  callIdentifier,
});

const document = (reference: string, over: Partial<CommitteeDocument>): CommitteeDocument => ({
  reference,
  version: 1,
  title: 'Draft decision on the award of grants, call HORIZON-CL4-2025-04',
  committee: 'C70408',
  committeeTitle: null,
  type: 'D',
  meeting: 'CMTD(2026)831',
  meetingStarts: '2026-05-13',
  meetingEnds: '2026-05-21',
  createdAt: '2026-05-18T07:57:09.762Z',
  updatedAt: '2026-05-18T07:57:09.762Z',
  ...over,
});
const award = (over: Partial<CommitteeDocument> = {}) => ({ content: document('1', over), proposals: [] });
const PROPOSAL = {
  number: '101234567',
  acronym: 'GLASS',
  title: null,
  topic: 'HORIZON-CL4-2025-04-01',
  coordinator: null,
  grant: 1_000_000,
};
const BID = {
  id: 'b',
  acronym: null,
  proposalNumber: null,
  deadlineAt: '2025-09-23T15:00:00Z',
  call: call('HORIZON-CL4-2025-04'),
};

describe('draft decisions on awards', () => {
  it('name calls in their title as the portal does, and not more than that', () => {
    expect(ofTitle('approval of 4 actions, call HORIZON-CL4-2025-04 (HADEA)- BATCH 2')).toContain(
      'horizon-cl4-2025-04',
    );
    expect(ofTitle('call HORIZON-WIDERA-2025-01_ European Excellence_batch 1')).toContain(
      'horizon-widera-2025-01',
    );
    expect(ofTitle('Work Programme 2026-2027 - Part 5. Culture')).toEqual([]);
    const names = namesOf(call('HORIZON-CL4-2025-03'));
    expect(ofTitle('call HORIZON-CL4-2025-03-SGA').some((name) => names.includes(name))).toBe(false);
    expect(namesOf(call('HORIZON-CL4-2025-04'))).not.toContain('horizon-cl4-2025');
  });

  it('name a call without the number that the portal adds, or in two words', () => {
    const named = (title: string, id: string): boolean =>
      ofTitle(title).some((name) => namesOf(call(id)).includes(name));
    expect(named('HORIZON-MSCA-2025-DN, Batch 1', 'HORIZON-MSCA-2025-DN-01')).toBe(true);
    const torn = 'HORIZON-EIC-2025-PATHFINDER CHALLENGES, Batch 2';
    expect(named(torn, 'HORIZON-EIC-2025-PATHFINDERCHALLENGES-01')).toBe(true);
    expect(named(torn, 'HORIZON-EIC-2025-PATHFINDEROPEN-01')).toBe(false);
  });

  it('have the vote of the same meeting that repeats their title', () => {
    const title = `Formal results of voting on ${document('1', {}).title}`;
    const vote = (over: Partial<CommitteeDocument>) => ({
      content: document('2', { type: 'V', title, ...over }),
      proposals: [],
    });
    expect(awardsOf([award(), vote({})])).toMatchObject([
      { document: '1/1', day: '2026-05-18', vote: '2/1' },
    ]);
    expect(awardsOf([award(), vote({ meeting: 'CMTD(2026)1' })])[0]!.vote).toBeNull();
    expect(awardsOf([award(), vote({ title: 'Formal results of voting on another' })])[0]!.vote).toBeNull();
    expect(awardsOf([award(), award({ version: 2 })])).toMatchObject([{ document: '1/2' }]);
  });
});

describe('the result of a bid', () => {
  const named = (over: object, proposal = PROPOSAL) =>
    resultsOf({ ...BID, ...over }, awardsOf([{ ...award(), proposals: [proposal] }]))[0]!.named;

  it('is named by the number of the proposal, or by its acronym in the same topic', () => {
    expect(named({ proposalNumber: '101 234 567' })).toBe(PROPOSAL);
    expect(named({ acronym: 'Glass' })).toBe(PROPOSAL);
    expect(named({ acronym: 'Glass' }, { ...PROPOSAL, topic: 'HORIZON-CL4-2025-04-09' })).toBeNull();
    expect(named({ acronym: 'Glass', proposalNumber: '101999999' })).toBeNull();
    expect(named({})).toBeNull();
  });

  it('is not in a decision from before its closing date', () => {
    expect(resultsOf({ ...BID, deadlineAt: '2026-05-18T15:00:00Z' }, awardsOf([award()]))).toEqual([]);
  });

  it('comes first from the decision that names it, then from the newest', () => {
    const first = { ...award(), proposals: [PROPOSAL] };
    const second = { content: document('3', { createdAt: '2026-06-01T08:00:00Z' }), proposals: [] };
    const order = (bid: typeof BID) => resultsOf(bid, awardsOf([first, second])).map((r) => r.document);
    expect(order(BID)).toEqual(['3/1', '1/1']);
    expect(order({ ...BID, acronym: 'GLASS' as never })).toEqual(['1/1', '3/1']);
  });
});
