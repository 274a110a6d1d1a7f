import {
  keptLabel,
  labelFor,
  unplanned,
  aimedAt,
  expectedOf,
  movedDeadline,
  movedMilestones,
  laterDeadline,
  planned,
  usualTemplate,
} from '../../../src/pipeline/domain/milestones.js';

// A Tuesday, 17:00 in Brussels.
const DEADLINE = '2026-09-15T15:00:00.000Z';
const ids = () => {
  let n = 0;
  return () => `id-${(n += 1)}`;
};
const days = (ms: { on: string }[]): string[] => ms.map((m) => m.on);

describe('milestones', () => {
  it('are planned backwards from the closing date, on working days and not before today', () => {
    const all = planned(usualTemplate('en'), DEADLINE, '2026-05-01', ids());
    expect(all.map((m) => [m.label, m.on])).toEqual([
      // 18 May is a Monday; 17 June is a working day; 1 August and 16 August fall on weekends.
      ['Idea agreed', '2026-05-18'],
      ['Partners on board', '2026-06-17'],
      ['First draft', '2026-07-31'],
      ['Budget', '2026-08-14'],
      ['Signatures', '2026-09-01'],
      ['Submission', '2026-09-11'],
    ]);
    expect(days(planned(usualTemplate('fr'), DEADLINE, '2026-08-20', ids())).slice(0, 5)).toEqual([
      '2026-08-20',
      '2026-08-20',
      '2026-08-20',
      '2026-08-20',
      '2026-09-01',
    ]);
  });

  it('move with the deadline: what is done stays, what was set by hand moves by as many days', () => {
    const [idea, , , , signatures, submission] = planned(usualTemplate('en'), DEADLINE, '2026-05-01', ids());
    const milestones = [
      { ...idea!, doneAt: '2026-05-18T08:00:00Z' },
      { ...signatures!, on: '2026-09-03', before: null },
      submission!,
    ];
    expect(
      days(movedMilestones({ milestones, deadlineAt: DEADLINE }, '2026-09-29T15:00:00.000Z', '2026-06-01')),
    ).toEqual(['2026-05-18', '2026-09-17', '2026-09-25']);
  });

  it('know where the deadline moved: to the nearest that there is', () => {
    const at = (day: string) => ({ at: `${day}T15:00:00.000Z` });
    expect(movedDeadline(DEADLINE, [at('2026-09-15'), at('2027-03-01')])).toBeNull();
    expect(movedDeadline(DEADLINE, [at('2026-09-29'), at('2027-03-01')])).toBe('2026-09-29T15:00:00.000Z');
    expect(movedDeadline(null, [at('2026-09-29')])).toBe('2026-09-29T15:00:00.000Z');
    expect(movedDeadline(DEADLINE, [])).toBeNull();
    expect(movedDeadline(DEADLINE, [{ at: DEADLINE.replace('T15', 'T13') }])).toBeNull();
  });

  it('lead to the second stage of a call once the first has closed, if the bid can be there', () => {
    const [first, second] = ['2026-09-15T15:00:00.000Z', '2027-03-09T16:00:00.000Z'];
    const deadlines = [
      { at: first, kind: 'stage-1' as const },
      { at: second, kind: 'stage-2' as const },
    ];
    const [before, after] = [new Date('2026-09-15T14:59:59Z'), new Date('2026-09-15T15:00:00Z')];
    const bid = { stage: 'submitted' as const, deadlineAt: first };
    const next = { at: second, kind: 'stage-2' };
    expect(laterDeadline(bid, deadlines, before)).toBeNull();
    expect(laterDeadline(bid, deadlines, after)).toEqual(next);
    expect(laterDeadline({ ...bid, stage: 'preparing' }, deadlines, after)).toEqual(next);
    // The portal may show the next date alone.
    expect(laterDeadline(bid, deadlines.slice(1), after)).toEqual(next);
    for (const stage of ['to-study', 'go-no-go', 'reserve-list', 'rejected'] as const)
      expect(laterDeadline({ ...bid, stage }, deadlines, after)).toBeNull();
    const extended = [{ ...deadlines[0]!, at: '2026-09-29T15:00:00.000Z' }, deadlines[1]!];
    expect(laterDeadline(bid, extended, new Date('2026-09-29T14:59:59Z'))).toBeNull();
    expect(laterDeadline(bid, extended, new Date('2026-09-29T15:00:00Z'))).toEqual(next);
    expect(laterDeadline({ ...bid, deadlineAt: second }, deadlines, new Date('2027-04-01'))).toBeNull();
  });

  it('lead to the next cut-off once that of a bid has passed, unless it was submitted', () => {
    const cutOff = (at: string) => ({ at, kind: 'cut-off' as const });
    const deadlines = [
      '2026-03-01T16:00:00.000Z',
      '2026-06-01T15:00:00.000Z',
      '2026-10-01T15:00:00.000Z',
    ].map(cutOff);
    const bid = { stage: 'go-no-go' as const, deadlineAt: deadlines[0]!.at };
    expect(laterDeadline(bid, deadlines, new Date('2026-02-01'))).toBeNull();
    expect(laterDeadline(bid, deadlines, new Date('2026-04-01'))).toEqual(deadlines[1]);
    expect(laterDeadline(bid, deadlines, new Date('2026-07-01'))).toEqual(deadlines[2]);
    expect(laterDeadline(bid, deadlines, new Date('2026-11-01'))).toBeNull();
    expect(laterDeadline({ ...bid, stage: 'submitted' }, deadlines, new Date('2026-04-01'))).toBeNull();
  });

  it('aim at the next deadline, or at the last that there was', () => {
    const deadlines = [{ at: DEADLINE }, { at: '2027-02-01T16:00:00.000Z' }];
    expect(aimedAt(deadlines, new Date('2026-10-01T00:00:00Z'))).toBe('2027-02-01T16:00:00.000Z');
    expect(aimedAt(deadlines, new Date('2027-10-01T00:00:00Z'))).toBe('2027-02-01T16:00:00.000Z');
    expect(aimedAt([], new Date(DEADLINE))).toBeNull();
  });
});

describe('after the closing date', () => {
  const state = {
    ...{ stage: 'submitted' as const, deadlineAt: DEADLINE, signedOn: null },
    ...{ votesUntil: null, deadlines: [{ at: DEADLINE, kind: 'single' as const }] },
  };

  it('the result is expected after five months and the agreement after eight', () => {
    expect(expectedOf(state, '2026-10-01')).toEqual({
      result: '2027-02-15',
      contract: '2027-05-15',
      question: null,
    });
    expect(expectedOf({ ...state, stage: 'preparing' }, '2026-10-01')).toMatchObject({ result: null });
  });

  it('the result is expected on the last day of the vote on a draft decision', () => {
    const voting = { ...state, votesUntil: '2026-12-03' };
    expect(expectedOf(voting, '2026-12-03')).toEqual({
      result: '2026-12-03',
      contract: '2027-05-15',
      question: null,
    });
    expect(expectedOf(voting, '2026-12-04').question).toBe('result');
    const late = { ...state, votesUntil: '2027-06-01' };
    expect(expectedOf(late, '2026-12-03')).toMatchObject({ result: '2027-06-01', contract: '2027-06-01' });
  });

  it('the result of a first stage is expected after three months, and no agreement', () => {
    const first = { ...state, deadlines: [{ at: '2027-03-09T16:00:00.000Z', kind: 'stage-2' as const }] };
    expect(expectedOf(first, '2026-12-15')).toEqual({ result: '2026-12-15', contract: null, question: null });
    expect(expectedOf(first, '2026-12-16').question).toBe('result');
    expect(expectedOf({ ...first, stage: 'preparing' }, '2026-12-16').question).toBeNull();
  });

  it('what is known is expected no more: the result of a funded bid, and its agreement once it is signed', () => {
    const funded = { ...state, stage: 'funded' as const };
    expect(expectedOf(funded, '2027-03-01')).toEqual({
      result: null,
      contract: '2027-05-15',
      question: null,
    });
    const signed = { ...funded, signedOn: '2027-04-01' };
    expect(expectedOf(signed, '2027-06-01')).toEqual({ result: null, contract: null, question: null });
  });

  it('they are asked for once their day has passed, and as long as they are not known', () => {
    expect(expectedOf(state, '2027-02-15').question).toBeNull();
    expect(expectedOf(state, '2027-02-16').question).toBe('result');
    expect(expectedOf({ ...state, stage: 'reserve-list' }, '2027-02-16').question).toBe('result');
    expect(expectedOf({ ...state, stage: 'funded' }, '2027-05-15').question).toBeNull();
    expect(expectedOf({ ...state, stage: 'funded' }, '2027-05-16').question).toBe('contract');
    expect(
      expectedOf({ ...state, stage: 'funded', signedOn: '2027-04-01' }, '2027-05-16').question,
    ).toBeNull();
    expect(expectedOf({ ...state, stage: 'rejected' }, '2028-01-01').question).toBeNull();
  });

  it('are called in the language of who reads them, whoever planned them', () => {
    const [french, english] = [usualTemplate('fr'), usualTemplate('en')];
    expect(french.map(({ label }) => labelFor(label, 'en'))).toEqual(english.map(({ label }) => label));
    expect(english.map(({ label }) => labelFor(label, 'fr'))).toEqual(french.map(({ label }) => label));
    expect(labelFor('Accord du directeur', 'en')).toBe('Accord du directeur');
    // A label merely read in another language is not a new date and is not planned twice.
    expect(keptLabel('Idea agreed', 'Idée arrêtée')).toBe('Idée arrêtée');
    expect(keptLabel('Another idea', 'Idée arrêtée')).toBe('Another idea');
    expect(unplanned(english, [{ label: 'Idée arrêtée' }, { label: 'Dépôt' }]).map((t) => t.label)).toEqual([
      'Partners on board',
      'First draft',
      'Budget',
      'Signatures',
    ]);
  });
});
