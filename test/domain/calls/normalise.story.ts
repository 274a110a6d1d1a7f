import { contentHash } from '../../../src/calls/domain/versions/identity.js';
import { canonicalJson, sha256 } from '../../../src/kernel/hash.js';
import { normalise } from '../../../src/calls/domain/normalise.js';
import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';

const parsed: ParsedCall = {
  dataSource: 'SEDIA',
  reference: '1TOPICSen',
  language: 'en',
  title: 'Café membranes',
  kind: 'grant',
  identifier: 'TOPIC-1',
  callIdentifier: 'TOPIC',
  callTitle: 'Rivers',
  programme: { code: '43108390', name: 'Horizon Europe' },
  divisions: ['b', 'a'],
  typesOfAction: ['RIA', 'IA'],
  sourceStatus: 'open',
  opensAt: '2026-05-05T00:00:00.000Z',
  deadlineModel: 'multiple-cut-off',
  deadlines: [
    { at: '2026-09-15T00:00:00.000Z', timeTold: false },
    { at: '2026-06-18T10:00:39.000Z', timeTold: true },
  ],
  budget: {
    currency: 'EUR',
    total: 12e6,
    expectedGrants: 3,
    minContribution: 3e6,
    maxContribution: 4e6,
    years: ['2027', '2026'],
  },
  destination: 'Clean water',
  keywords: ['Water', 'Membranes'],
  sections: [{ kind: 'scope', title: 'Scope', text: 'First line.\nActivities achieve TRL 6.' }],
  url: 'https://example.org/1',
  alsoAt: ['https://example.org/a', 'https://example.com/b'],
};
const of = (change: Partial<ParsedCall> = {}) => normalise({ ...parsed, ...change });
const text = (t: string) => of({ sections: [{ kind: 'scope', title: 'Scope', text: t }] }).sections[0]?.text;

it('puts a call under our rules', () => {
  expect(of()).toEqual({
    ...parsed,
    divisions: ['a', 'b'],
    typesOfAction: ['IA', 'RIA'],
    keywords: ['Membranes', 'Water'],
    alsoAt: ['https://example.com/b', 'https://example.org/a'],
    budget: { ...parsed.budget, years: ['2026', '2027'] },
    deadlines: [
      {
        kind: 'cut-off',
        at: '2026-06-18T10:00:00.000Z',
        timeTold: true,
        told: '2026-06-18T10:00:39.000Z',
        brussels: '2026-06-18T12:00:00+02:00',
      },
      {
        kind: 'cut-off',
        at: '2026-09-15T15:00:00.000Z',
        timeTold: false,
        brussels: '2026-09-15T17:00:00+02:00',
      },
    ],
    trl: { from: null, to: 6, quote: 'Activities achieve TRL 6.' },
  });
});

it('reads out of titles and text where and as what one can apply; where they say nothing there is nothing', () => {
  const told = of({
    kind: 'external-action',
    title: 'Clean\u00a0water in\nKenya',
    sections: [{ kind: 'conditions', title: '', text: 'Applications must be submitted by a  consortium.' }],
  });
  expect(told.place).toEqual({ kind: 'action', countries: ['KE'], quote: 'Clean water in Kenya' });
  expect(told.roleRules).toEqual([
    { rule: 'consortium', quote: 'Applications must be submitted by a consortium' },
  ]);
  expect(JSON.parse(JSON.stringify(of()))).not.toHaveProperty('place');
});

it('keeps missing what is missing', () => {
  const bare = of({
    callIdentifier: null,
    identifier: null,
    callTitle: null,
    programme: null,
    opensAt: null,
    deadlines: [],
    budget: null,
    destination: null,
    sections: [],
    url: null,
    alsoAt: [],
  });
  expect(bare).toMatchObject({
    callIdentifier: null,
    identifier: null,
    callTitle: null,
    programme: null,
    opensAt: null,
    deadlines: [],
    budget: null,
    destination: null,
    sections: [],
    url: null,
    alsoAt: [],
    trl: null,
  });
});

describe('what only some kinds of calls have', () => {
  const told: Partial<ParsedCall> = {
    project: { acronym: ' RAMP\u00a0', name: 'Ramps \n for all', id: null },
    parentTopic: { identifier: ' TOPIC-0', title: 'Net  works' },
    funder: ' Région\u00a0inventée',
    duration: '9\u00a0months ',
    zones: ['Multi', 'Africa', 'Multi '],
    contractType: ' Action  Grants',
    lumpSum: false,
    mission: 'Ocean\u00ads',
    crossCutting: ['b', 'a', 'a'],
    documents: [{ title: 'Work programme', url: 'https://example.org/wp.pdf' }],
    partnerSearch: true,
  };

  it('is folded like the rest', () => {
    expect(of(told)).toMatchObject({
      project: { acronym: 'RAMP', name: 'Ramps for all', id: null },
      parentTopic: { identifier: 'TOPIC-0', title: 'Net works' },
      funder: 'Région inventée',
      duration: '9 months',
      zones: ['Africa', 'Multi'],
      contractType: 'Action Grants',
      lumpSum: false,
      mission: 'Oceans',
      crossCutting: ['a', 'b'],
      documents: [{ title: 'Work programme', url: 'https://example.org/wp.pdf' }],
      partnerSearch: true,
    });
  });

  it('is left out where nothing is told, and where nothing remains', () => {
    const bare = (change: Partial<ParsedCall>) => JSON.parse(JSON.stringify(of(change))) as object;
    for (const field of Object.keys(told)) expect(bare({})).not.toHaveProperty(field);
    const blank = bare({
      funder: ' ',
      duration: ' ',
      zones: [' '],
      contractType: '\u200b',
      mission: ' \n',
      crossCutting: [''],
    });
    for (const field of ['funder', 'duration', 'zones', 'contractType', 'mission', 'crossCutting'])
      expect(blank).not.toHaveProperty(field);
    expect(contentHash(of({ duration: ' ', zones: [' '] }))).toBe(contentHash(of()));
  });

  it('has the same hash in another order and with more white space', () => {
    expect(
      contentHash(
        of({ ...told, zones: ['Africa', ' Multi'], crossCutting: ['a', 'b'], duration: '9  months' }),
      ),
    ).toBe(contentHash(of(told)));
  });

  it('keeps an amount that cannot be meant in its own characters, and no amount of it', () => {
    const budget = {
      currency: 'EUR',
      total: null,
      expectedGrants: null,
      minContribution: null,
      maxContribution: null,
      years: [],
      asWritten: '1.2',
    };
    expect(of({ budget }).budget).toEqual(budget);
  });
});

describe('text', () => {
  it.each([
    ['blanks, tabs and no-break spaces', 'a \t\u00a0 b', 'a b'],
    ['blank lines', 'a\n \n\n\tb', 'a\nb'],
    ['line ends of all kinds', 'a\r\nb\rc', 'a\nb\nc'],
    ['the edges', ' \n a \n ', 'a'],
    ['composed and decomposed letters', 'cafe\u0301', 'café'],
    ['what nobody sees', 'bio\u00admass\u200b is\ufeff fine\u0007', 'biomass is fine'],
    ['half a character', 'cut \ud83d', 'cut \ufffd'],
    ['a whole one', 'leaf 🍃', 'leaf 🍃'],
  ])('folds %s', (_, from, to) => expect(text(from)).toBe(to));

  it('leaves out sections without any', () => {
    expect(of({ sections: [{ kind: 'scope', title: 'Scope', text: ' \n\u00a0' }] }).sections).toEqual([]);
  });

  it('takes a heading, an identifier or a title of blanks for none', () => {
    expect(
      of({ destination: ' ', callTitle: '\n', identifier: ' ', programme: { code: ' 1 ', name: ' ' } }),
    ).toMatchObject({
      destination: null,
      callTitle: null,
      identifier: null,
      programme: { code: '1', name: null },
    });
  });
});

it('makes sets of lists that are sets', () => {
  expect(of({ keywords: ['b', ' a ', 'b', '', 'B', 'a  c'] }).keywords).toEqual(['B', 'a', 'a c', 'b']);
});

it('opens on the minute, since seconds jitter, and in UTC', () => {
  expect(of({ opensAt: '2026-04-02T11:15:46.000Z' }).opensAt).toBe('2026-04-02T11:15:00.000Z');
  expect(of({ opensAt: '2026-04-02T00:00:00+02:00' }).opensAt).toBe('2026-04-01T22:00:00.000Z');
});

describe('a title with a footnote that is an address', () => {
  it.each([
    [
      'AI for the green transition (IA)[[https://www.europarl.europa.eu/STUD/2021/662906/IPOL_STU(2021)662906_EN.pdf]]',
      'AI for the green transition (IA)',
    ],
    ['Raw [[https://a.example]] materials [[http://b.example', 'Raw materials'],
    ['[[https://a.example]]', '[[https://a.example]]'],
    ['Matrices [[1, 2]]', 'Matrices [[1, 2]]'],
  ])('%s', (title, shown) => {
    expect([
      of({ title }).title,
      of({ callTitle: title }).callTitle,
      of({ destination: title }).destination,
    ]).toEqual([shown, shown, shown]);
  });
});

describe('equal hashes', () => {
  const hash = contentHash(of());
  const spaced = (t: string) => ` ${t.replaceAll(' ', ' \u00a0 ')}\n`;

  it.each<[string, Partial<ParsedCall>]>([
    ['another order of keywords', { keywords: ['Membranes', 'Water', 'Water'] }],
    ['another order of divisions and types', { divisions: ['a', 'b'], typesOfAction: ['IA', 'RIA'] }],
    ['another order of deadlines', { deadlines: [...parsed.deadlines].reverse() }],
    ['another order of addresses', { alsoAt: [...parsed.alsoAt].reverse() }],
    ['another order of years', { budget: { ...parsed.budget!, years: ['2026', '2027'] } }],
    [
      'other seconds',
      { deadlines: [parsed.deadlines[0]!, { at: '2026-06-18T10:00:07.000Z', timeTold: true }] },
    ],
    ['a deadline that is given twice', { deadlines: [...parsed.deadlines, parsed.deadlines[0]!] }],
    [
      'more white space',
      {
        title: spaced(parsed.title),
        callTitle: spaced('Rivers'),
        destination: spaced('Clean water'),
        sections: [{ ...parsed.sections[0]!, text: '\n First  line. \n\n Activities achieve TRL\u00a06. ' }],
      },
    ],
    ['letters put together otherwise', { title: 'Cafe\u0301 membranes' }],
    [
      'an empty section more',
      { sections: [...parsed.sections, { kind: 'objective', title: 'Objective', text: ' ' }] },
    ],
    ['another order of the fields', Object.fromEntries(Object.entries(parsed).reverse())],
  ])('with %s', (_, change) => expect(contentHash(of(change))).toBe(hash));

  it('also where the content is from before other addresses were known', () => {
    const before: Partial<ReturnType<typeof of>> = of({ alsoAt: [] });
    delete before.alsoAt;
    expect(
      sha256(
        canonicalJson({ ...before, deadlines: before.deadlines!.map((d) => ({ ...d, told: undefined })) }),
      ),
    ).toBe(contentHash(of({ alsoAt: [] })));
    expect(contentHash(of({ alsoAt: [] }))).not.toBe(hash);
  });

  it('whatever order the keys of the content come in', () => {
    expect(contentHash(Object.fromEntries(Object.entries(of()).reverse()) as ReturnType<typeof of>)).toBe(
      hash,
    );
  });

  it('and the same the second time: what is normalised stays as it is', () => {
    const once = of();
    const again = normalise({ ...once, deadlines: once.deadlines.map(({ at }) => ({ at, timeTold: true })) });
    expect({ ...again, deadlines: [] }).toEqual({ ...once, deadlines: [] });
  });
});
