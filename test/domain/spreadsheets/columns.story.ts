import type { Table } from '../../../src/kernel/table.js';
import { fileName } from '../../../src/spreadsheets/download.js';
import { CALL_COLUMNS, CHANGE_COLUMNS } from '../../../src/spreadsheets/domain/call-columns.js';
import { MATCH_COLUMNS, type MatchRow } from '../../../src/spreadsheets/domain/match-columns.js';
import { PROPOSAL_COLUMNS } from '../../../src/spreadsheets/domain/proposal-columns.js';
import { brusselsClock, tableOf } from '../../../src/spreadsheets/domain/table.js';
import { aCall } from '../../support/matching/calls.js';

const FACTS = [
  'programme',
  'type-of-action',
  'status',
  'opens',
  'next-deadline',
  'days-left',
  'deadlines',
  'budget',
  'min-contribution',
  'max-contribution',
  'currency',
];
const KEYS = ['call', 'identifier', 'title'];
const FIT = ['score', 'competences', 'why'];
const DECIDED = ['new', 'changed', 'verdict', 'reason', 'verdict-by', 'verdict-at'];
const LINKS = ['page', 'source-page'];
const KIND = [
  'kind',
  'under-topic',
  'project',
  'duration',
  'zones',
  'contract-type',
  'implausible-budget',
  'lump-sum',
  'destination',
  'mission',
  'cross-cutting',
  'partner-search',
  'budget-for',
  'draft',
  'funder',
];
const keys = (columns: { key: string }[]): string[] => columns.map((c) => c.key);

const NOW = new Date('2026-06-30T08:00:00Z');
const READER = { language: 'fr' as const, now: NOW, home: 'https://calls.example.org' };
const content = aCall('1', {
  deadlines: [
    { at: '2026-06-01T15:00:00Z', timeTold: true },
    { at: '2026-09-15T15:00:00Z', timeTold: true },
  ],
  deadlineModel: 'two-stage',
  opensAt: '2025-12-31T23:30:00Z',
  budget: {
    currency: 'EUR',
    total: 60_000_000,
    expectedGrants: null,
    minContribution: null,
    maxContribution: 4_500_000.5,
    years: [],
  },
  url: 'https://x.eu/1',
});
const row: MatchRow = {
  call: {
    id: 'c-1',
    version: 1,
    firstSeenAt: NOW,
    programme: 'Horizon Europe',
    content,
    opensAt: new Date(content.opensAt!),
    lastDeadlineAt: new Date('2026-09-15T15:00:00Z'),
    sourceStatus: 'open',
    withdrawnAt: null,
    total: 'unclear',
  },
  score: 71.6,
  match: { score: 71.6, competences: [{ competence: 'Wind', score: 71.6, excludedBy: null }], evidence: [] },
  unmet: [{ preference: 'trl', stated: 7, side: 'above', wanted: { min: 3, max: 6 } }],
  isNew: false,
  isChanged: true,
  verdict: 'not',
  reason: 'trl',
  until: null,
  opportunity: null,
  people: new Map(),
  comments: [],
  verdictBy: 'Anne',
  verdictAt: NOW,
  notes: [{ author: 'Anne', text: '=1+1', createdAt: NOW }],
  asked: [{ name: 'Paul', answer: null }],
};

const BID = [
  'stage',
  'lead',
  'lead-name',
  'role',
  'partners',
  'requested',
  'share',
  'bid-currency',
  'probability',
  'proposal-number',
  'decide-by',
  'signed-on',
  'acronym',
  'documents',
];

const WORK = ['tasks', 'comments'];

describe('tables', () => {
  it('keep their columns in their order for good: people refer to them from sheets of their own', () => {
    expect(keys(MATCH_COLUMNS.inside)).toEqual([
      ...KEYS,
      ...FACTS,
      ...FIT,
      ...DECIDED,
      'notes',
      'asked',
      'answers',
      ...LINKS,
      'unmet',
      ...KIND,
      ...BID,
      ...WORK,
    ]);
    expect(keys(MATCH_COLUMNS.network)).toEqual([...KEYS, ...FACTS, ...FIT, ...LINKS, 'unmet', ...KIND]);
    expect(keys(MATCH_COLUMNS.feed)).toEqual([
      ...KEYS,
      ...FACTS,
      ...FIT,
      ...DECIDED,
      ...LINKS,
      'unmet',
      ...KIND,
      ...BID,
    ]);
    expect(keys(MATCH_COLUMNS['feed-with-notes'])).toEqual([
      ...KEYS,
      ...FACTS,
      ...FIT,
      ...DECIDED,
      ...LINKS,
      'notes',
      'unmet',
      ...KIND,
      ...BID,
      'tasks',
    ]);
    expect(keys(CALL_COLUMNS)).toEqual([...KEYS, ...FACTS, ...LINKS, 'first-seen', ...KIND]);
    expect(keys(CHANGE_COLUMNS)).toEqual([
      'event',
      'call',
      'identifier',
      'title',
      'seen',
      'says',
      'source',
      'page',
      'source-page',
    ]);
    expect(keys(PROPOSAL_COLUMNS)).toEqual([
      'proposal',
      'call',
      'identifier',
      'title',
      'name',
      'email',
      'asked-by',
      'asked-at',
      'answer',
      'word',
      'other',
      'answered-at',
      'page',
    ]);
  });

  it('show the network nothing of what an institute did, and no address the names of researchers', async () => {
    for (const key of [...DECIDED, 'notes', 'asked', 'answers', ...BID, ...WORK])
      expect(keys(MATCH_COLUMNS.network)).not.toContain(key);
    for (const audience of ['feed', 'feed-with-notes'] as const)
      expect(JSON.stringify(await tableOf('x', MATCH_COLUMNS[audience], [row], READER))).not.toContain(
        'Paul',
      );
  });

  it('hold values of their kind, in Brussels time, and nothing where nothing is stated', async () => {
    const table = await tableOf(
      'Appels: Institut [Carnot] / de longue appellation',
      MATCH_COLUMNS.inside,
      [row],
      READER,
    );
    const value = (key: string) => table.rows[0]![keys(MATCH_COLUMNS.inside).indexOf(key)];
    expect(table.name).toHaveLength(31);
    expect(table.name).not.toMatch(/[\\/?*[\]:]/);
    expect((await tableOf(`''${'x'.repeat(27)}''industrie`, [], [], READER)).name).toBe('x'.repeat(27));
    expect(value('next-deadline')).toEqual(new Date('2026-09-15T17:00:00Z'));
    expect(value('opens')).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect([
      value('days-left'),
      value('budget'),
      value('max-contribution'),
      value('min-contribution'),
      value('currency'),
    ]).toEqual([77, 60_000_000, 4_500_000.5, null, 'EUR']);
    expect([
      value('status'),
      value('score'),
      value('new'),
      value('changed'),
      value('verdict'),
      value('reason'),
    ]).toEqual(['Ouvert', 72, false, true, 'Non retenu', 'TRL']);
    expect([value('notes'), value('asked'), value('answers')]).toEqual([
      '• 2026-06-30 Anne: =1+1',
      'Paul',
      'Paul: pas encore de réponse',
    ]);
    expect(value('unmet')).toBe('le TRL 7 est au-dessus de votre plage (3 à 6)');
    expect([value('page'), value('source-page')]).toEqual([
      { href: 'https://calls.example.org/calls/c-1', text: 'https://calls.example.org/calls/c-1' },
      { href: 'https://x.eu/1', text: 'https://x.eu/1' },
    ]);
  });

  it('hold what only some kinds of calls tell, and are empty of all others', async () => {
    const overrides = async (over: Parameters<typeof aCall>[1]) => {
      const table = await tableOf(
        'x',
        CALL_COLUMNS,
        [{ call: { ...row.call, content: aCall('2', over) } }],
        READER,
      );
      return Object.fromEntries(KIND.map((key) => [key, table.rows[0]![keys(CALL_COLUMNS).indexOf(key)]]));
    };
    const money = {
      currency: 'EUR',
      total: null,
      expectedGrants: null,
      minContribution: null,
      maxContribution: null,
      years: [],
    };
    expect(
      await overrides({
        kind: 'cascade',
        parentTopic: { identifier: 'HORIZON-P', title: 'The parent' },
        project: { acronym: 'RUN', name: null, id: '1' },
        duration: '6 months',
        budget: { ...money, asWritten: '1.2' },
      }),
    ).toMatchObject({
      kind: 'financement en cascade',
      'under-topic': 'HORIZON-P – The parent',
      project: 'RUN',
      duration: '6 months',
      'implausible-budget': '1.2',
      'lump-sum': null,
      zones: null,
    });
    expect(
      await overrides({ kind: 'external-action', zones: ['Jordan', 'Egypt'], contractType: 'Action grants' }),
    ).toMatchObject({
      kind: 'action extérieure',
      'under-topic': null,
      zones: 'Egypt, Jordan',
      'contract-type': 'Action grants',
    });
    expect(
      await overrides({
        lumpSum: false,
        mission: 'Soils',
        crossCutting: ['SSH', 'AI'],
        destination: 'Clean',
        partnerSearch: true,
        funder: 'ADEME',
      }),
    ).toMatchObject({
      kind: 'subvention',
      'lump-sum': false,
      mission: 'Soils',
      'cross-cutting': 'Intelligence artificielle, Sciences humaines et sociales (SHS)',
      destination: 'Clean',
      'partner-search': true,
      funder: 'ADEME',
      'implausible-budget': null,
    });
  });

  it('say which draft a topic stands in, and nothing of any other call', async () => {
    const drafted = aCall('2', {
      sourceStatus: 'draft',
      draft: { reference: '115416', version: 2, day: '2026-07-28' },
    });
    const said = async (content: typeof drafted) =>
      (await tableOf('x', CALL_COLUMNS, [{ call: { ...row.call, content } }], READER)).rows[0]![
        keys(CALL_COLUMNS).indexOf('draft')
      ];
    expect(String(await said(drafted)).replace(/\s/g, ' ')).toBe(
      'projet du 28 juillet 2026, version 2 ; pas encore adopté',
    );
    expect(await said(aCall('3'))).toBeNull();
  });

  it('say of a total whether it may be one budget for several topics, so that nobody adds it up twice', async () => {
    const said = async (call: MatchRow['call'], language: 'en' | 'fr') =>
      (await tableOf('x', CALL_COLUMNS, [{ call }], { ...READER, language })).rows[0]![
        keys(CALL_COLUMNS).indexOf('budget-for')
      ];
    expect(
      await Promise.all(
        (['topic', 'several', 'unclear'] as const).map((total) => said({ ...row.call, total }, 'en')),
      ),
    ).toEqual(['the topic', 'probably several topics', 'the topic or several topics']);
    expect(await said({ ...row.call, total: 'several' }, 'fr')).toBe('sans doute plusieurs sujets');
    const funders = { ...content, identifier: null };
    expect(await said({ ...row.call, content: funders, total: 'topic' }, 'fr')).toBe('l’appel');
    expect(await said({ ...row.call, content: aCall('2') }, 'en')).toBeNull();
  });

  it('of thousands of lines let others be answered while they are made', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 0);
    const lines = Array.from({ length: 2_000 }, () => row);
    const { rows } = await tableOf('x', MATCH_COLUMNS.inside, lines, READER);
    clearInterval(others);
    expect(rows).toHaveLength(2_000);
    expect(turns).toBeGreaterThan(5);
  });

  it('follow the summer time of Brussels', () => {
    expect(brusselsClock('2026-01-15T16:00:00Z').toISOString()).toBe('2026-01-15T17:00:00.000Z');
    expect(brusselsClock('2026-07-15T15:00:00Z').toISOString()).toBe('2026-07-15T17:00:00.000Z');
  });
});

it('name their file after the day in Brussels, and say in it where lines were left out', () => {
  const made = { table: { rows: [[], []] } as unknown as Table, total: 2 };
  // Half past midnight in Brussels, in summer and in winter.
  expect(fileName('calls', new Date('2026-06-30T22:30:00Z'), made)).toBe('calls-2026-07-01');
  expect(fileName('a/b calls', new Date('2026-12-31T23:30:00Z'), { ...made, total: 7 })).toBe(
    'a-b-calls-2027-01-01-first-2-of-7',
  );
});
