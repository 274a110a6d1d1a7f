import { CallContent } from '../../../src/calls/domain/call-content.js';
import { contentHash, sourceRecordKey } from '../../../src/calls/domain/versions/identity.js';
import { canonicalJson } from '../../../src/kernel/hash.js';
import { changesBetween, kindsOf, type ChangeKind } from '../../../src/calls/domain/versions/diff.js';
import type { SourceStatus } from '../../../src/calls/domain/status.js';
import { times } from '../../support/release.js';

type Budget = NonNullable<CallContent['budget']>;
const deadline = (at: string, kind: 'single' | 'cut-off' = 'single') => ({
  kind,
  at,
  timeTold: false,
  brussels: at,
});
const content: CallContent = {
  dataSource: 'SEDIA',
  reference: '1TOPICSen',
  language: 'en',
  title: 'Membranes',
  kind: 'grant',
  identifier: 'TOPIC-1',
  callIdentifier: 'TOPIC',
  callTitle: 'Rivers',
  programme: { code: '43108390', name: 'Horizon Europe' },
  divisions: ['a'],
  typesOfAction: ['RIA'],
  sourceStatus: 'forthcoming',
  opensAt: '2026-05-05T00:00:00.000Z',
  deadlineModel: 'single-stage',
  deadlines: [deadline('2026-09-15T15:00:00.000Z')],
  budget: {
    currency: 'EUR',
    total: 12e6,
    expectedGrants: 3,
    minContribution: 3e6,
    maxContribution: 4e6,
    years: ['2026'],
  },
  destination: 'Clean water',
  keywords: ['Membranes', 'Water'],
  sections: [
    { kind: 'expected-outcome', title: 'Expected Outcome', text: 'Rivers are clean.' },
    { kind: 'scope', title: 'Scope', text: 'Membranes that mend themselves.' },
    { kind: 'conditions', title: 'Conditions', text: 'Three partners.' },
  ],
  url: 'https://example.org/1',
  alsoAt: [],
  trl: { from: 4, to: 6, quote: 'TRL 4 to TRL 6.' },
};
const [outcome, scope, conditions] = content.sections as [
  CallContent['sections'][0],
  CallContent['sections'][0],
  CallContent['sections'][0],
];

/** One change of each field that readers see, its kind, and the kind of its reversal. */
const MUTATIONS: [keyof CallContent, unknown, ChangeKind, ChangeKind][] = [
  ['dataSource', 'OTHER', 'identity', 'identity'],
  ['reference', '2TOPICSen', 'identity', 'identity'],
  ['language', 'fr', 'identity', 'identity'],
  ['identifier', null, 'identity', 'identity'],
  ['callIdentifier', 'TOPIC-X', 'identity', 'identity'],
  ['title', 'Membranes!', 'text', 'text'],
  ['callTitle', null, 'details', 'details'],
  ['kind', 'cascade', 'details', 'details'],
  ['programme', null, 'details', 'details'],
  ['divisions', ['a', 'b'], 'details', 'details'],
  ['typesOfAction', [], 'details', 'details'],
  ['destination', 'Other water', 'details', 'details'],
  ['keywords', ['Water'], 'details', 'details'],
  ['url', null, 'details', 'details'],
  ['alsoAt', ['https://example.com/2'], 'details', 'details'],
  ['trl', { from: 4, to: 7, quote: 'TRL 4 to TRL 7.' }, 'text', 'text'],
  ['sourceStatus', 'open', 'opened', 'details'],
  ['opensAt', '2026-05-06T00:00:00.000Z', 'opening', 'opening'],
  ['deadlineModel', null, 'details', 'details'],
  ['deadlines', [deadline('2026-09-29T15:00:00.000Z')], 'extended', 'forward'],
  ['budget', { ...content.budget!, total: 13e6 }, 'budget', 'budget'],
  ['project', { acronym: 'RAMP', name: 'Ramps for all', id: '101000001' }, 'details', 'details'],
  ['parentTopic', { identifier: 'TOPIC-0', title: 'Networks' }, 'details', 'details'],
  ['funder', 'ADEME', 'details', 'details'],
  ['duration', '9 months', 'details', 'details'],
  ['zones', ['Multi'], 'details', 'details'],
  ['contractType', 'Action Grants', 'details', 'details'],
  ['lumpSum', false, 'details', 'details'],
  ['mission', 'Oceans', 'details', 'details'],
  ['crossCutting', ['Gender'], 'details', 'details'],
  ['documents', [{ title: 'Work programme', url: 'https://example.org/wp.pdf' }], 'details', 'details'],
  ['partnerSearch', true, 'details', 'details'],
  ['draft', { reference: 'D113042/02', version: 2, day: '2026-07-28' }, 'details', 'details'],
];

/** Fields of some kinds of calls only: older contents lack them and keep their hashes. */
const OF_ITS_KIND = [
  'project',
  'parentTopic',
  'funder',
  'duration',
  'zones',
  'contractType',
  'lumpSum',
  'mission',
  'crossCutting',
  'documents',
  'partnerSearch',
  'draft',
] as const;

/** Values extracted from the titles and the text, where changes are reported. */
const READ_OUT = {
  place: { kind: 'action', countries: ['KE'], quote: 'in Kenya' },
  roleRules: [{ rule: 'consortium', quote: 'a consortium' }],
} satisfies Partial<CallContent>;

it('covers every field', () => {
  expect([...MUTATIONS.map(([f]) => f), 'sections', ...Object.keys(READ_OUT)].sort()).toEqual(
    Object.keys(CallContent.shape).sort(),
  );
});

describe.each(MUTATIONS)('a change of %s', (field, value, kind, back) => {
  const after = { ...content, [field]: value };

  it('makes another hash', () => expect(contentHash(after)).not.toBe(contentHash(content)));

  it('is told once, with both values, as what it is', () => {
    const before = content[field] ?? null;
    expect(changesBetween(content, after)).toEqual([{ kind, field, from: before, to: value }]);
    expect(changesBetween(after, content)).toEqual([{ kind: back, field, from: value, to: before }]);
  });
});

it.each(OF_ITS_KIND)('%s leaves the hash of a content without it as it was before it was read', (field) => {
  expect(content).not.toHaveProperty(field);
  expect(contentHash({ ...content, [field]: undefined })).toBe(contentHash(content));
});

describe.each(Object.entries(READ_OUT))('%s', (field, value) => {
  const read = { ...content, [field]: value };

  it('makes another hash, so that it is stored, and is no news', () => {
    expect(contentHash(read)).not.toBe(contentHash(content));
    expect([changesBetween(content, read), changesBetween(read, content)]).toEqual([[], []]);
  });

  it('leaves the hash of a content without it as it was before it was read', () =>
    expect(contentHash({ ...content, [field]: undefined })).toBe(contentHash(content)));
});

describe('the status that a source tells', () => {
  const kind = (from: SourceStatus, to: SourceStatus) =>
    changesBetween({ ...content, sourceStatus: from }, { ...content, sourceStatus: to }).map((c) => c.kind);

  it.each<[SourceStatus, SourceStatus, ChangeKind]>([
    ['forthcoming', 'open', 'opened'],
    ['open', 'closed', 'closed'],
    ['forthcoming', 'closed', 'closed'],
    ['closed', 'open', 'opened'],
    ['closed', 'forthcoming', 'details'],
    ['open', 'forthcoming', 'details'],
  ])('from %s to %s is %s', (from, to, expected) => expect(kind(from, to)).toEqual([expected]));
});

describe('deadlines', () => {
  const [MAR, MAY, SEP, OCT] = [
    '2026-03-03T16:00:00.000Z',
    '2026-05-05T15:00:00.000Z',
    '2026-09-15T15:00:00.000Z',
    '2026-10-01T15:00:00.000Z',
  ] as const;
  const kinds = (from: string[], to: string[]) => {
    const of = (all: string[]) => ({ ...content, deadlines: all.map((at) => deadline(at, 'cut-off')) });
    return changesBetween(of(from), of(to)).map((c) => [c.kind, c.field]);
  };
  const as = (...all: ChangeKind[]) => all.map((kind) => [kind, 'deadlines']);

  it.each<[string, string[], string[], ChangeKind[]]>([
    ['the only one later', [SEP], [OCT], ['extended']],
    ['the only one earlier', [OCT], [SEP], ['forward']],
    ['the first of several later', [MAR, SEP], [MAY, SEP], ['extended']],
    ['a later one earlier', [MAR, OCT], [MAR, SEP], ['forward']],
    ['the first later and the last earlier', [MAR, OCT], [MAY, SEP], ['extended', 'forward']],
    ['by a minute', [SEP], ['2026-09-15T15:01:00.000Z'], ['extended']],
    ['one more behind the last', [MAR], [MAR, SEP], ['extended']],
    ['the last one away', [MAR, SEP], [MAR], ['forward']],
    ['one more before the last', [SEP], [MAR, SEP], ['details']],
    ['one that has passed away', [MAR, SEP], [SEP], ['details']],
    ['one that has passed away, and the last later', [MAR, SEP], [OCT], ['extended']],
    ['the first earlier, and one more between', [MAY, OCT], [MAR, SEP, OCT], ['forward']],
    ['one that has passed away, and the next earlier', [MAR, SEP, OCT], [MAY, OCT], ['forward']],
    ['one that has passed away, and the next later', [MAR, MAY, OCT], [SEP, OCT], ['extended']],
    ['the first that is stated', [], [SEP], ['details']],
    ['none stated any more', [SEP], [], ['details']],
  ])('%s', (_, from, to, expected) => expect(kinds(from, to)).toEqual(as(...expected)));

  it('whose time is told now, at the instant that was the rule, are a detail', () => {
    const overrides = { ...content, deadlines: [{ ...content.deadlines[0]!, timeTold: true }] };
    expect(changesBetween(content, overrides)).toEqual([
      { kind: 'details', field: 'deadlines', from: content.deadlines, to: overrides.deadlines },
    ]);
  });
});

describe('the budget', () => {
  const change = (from: Partial<Budget> | null, to: Partial<Budget> | null) => {
    const of = (b: Partial<Budget> | null) => ({ ...content, budget: b && { ...content.budget!, ...b } });
    return changesBetween(of(from), of(to)).map((c) => [c.kind, c.field]);
  };

  it.each<[string, Partial<Budget> | null, Partial<Budget> | null, ChangeKind]>([
    ['another total', {}, { total: 13e6 }, 'budget'],
    ['no total any more', {}, { total: null }, 'budget'],
    ['another currency', {}, { currency: 'SEK' }, 'budget'],
    ['stated first', null, {}, 'budget'],
    ['not stated any more', {}, null, 'budget'],
    ['another number of grants', {}, { expectedGrants: 4 }, 'details'],
    ['another size of grants', {}, { minContribution: 2e6, maxContribution: 5e6 }, 'details'],
    ['other years', {}, { years: ['2027'] }, 'details'],
    [
      'another size of grants where no total is stated',
      { total: null },
      { total: null, maxContribution: 5e6 },
      'budget',
    ],
    [
      'another number of grants where no total is stated',
      { total: null },
      { total: null, expectedGrants: 4 },
      'details',
    ],
  ])('with %s', (_, from, to, kind) => expect(change(from, to)).toEqual([[kind, 'budget']]));

  it('that cannot be meant as it stands is one once it is written otherwise, and its amount is a budget once it is one', () => {
    expect(change({ total: null, asWritten: '1.2' }, { total: null, asWritten: '1.3' })).toEqual([
      ['details', 'budget'],
    ]);
    expect(change({ total: null, asWritten: '1.2' }, { total: 1.2e6 })).toEqual([['budget', 'budget']]);
  });

  it.each(['currency', 'total', 'expectedGrants', 'minContribution', 'maxContribution', 'years'])(
    'is another content with another %s',
    (part) => {
      const after = { ...content, budget: { ...content.budget!, [part]: null } as never };
      expect(contentHash(after)).not.toBe(contentHash(content));
      expect(changesBetween(content, after)).toHaveLength(1);
    },
  );
});

describe('sections', () => {
  const between = (from: CallContent['sections'], to: CallContent['sections']) =>
    changesBetween({ ...content, sections: from }, { ...content, sections: to }).map((c) => [
      c.kind,
      c.field,
      c.from,
      c.to,
    ]);
  const changes = (...sections: CallContent['sections']) => between(content.sections, sections);

  it('are told by their titles', () => {
    expect(changes(outcome, { ...scope, text: 'Other membranes.' }, conditions)).toEqual([
      ['text', 'sections.Scope', 'Membranes that mend themselves.', 'Other membranes.'],
    ]);
  });

  it('of conditions are told as conditions', () => {
    expect(changes(outcome, scope, { ...conditions, text: 'Four partners.' })).toEqual([
      ['conditions', 'sections.Conditions', 'Three partners.', 'Four partners.'],
    ]);
  });

  it('come and go', () => {
    expect(changes(outcome, scope)).toEqual([['conditions', 'sections.Conditions', 'Three partners.', null]]);
    expect(changes({ kind: 'summary', title: '', text: 'New.' }, ...content.sections)).toEqual([
      ['text', 'sections.summary', null, 'New.'],
    ]);
  });

  it('in another order are no change', () => expect(changes(scope, outcome, conditions)).toEqual([]));

  it('under another heading are told by their headings, not as a text that went and one that came', () => {
    expect(changes({ ...outcome, title: 'Expected Outcomes' }, scope, conditions)).toEqual([
      ['details', 'sections.Expected Outcomes', 'Expected Outcome', 'Expected Outcomes'],
    ]);
  });

  it('under another heading and with another text are another section', () => {
    expect(changes({ ...outcome, title: 'Impact', text: 'Lakes are clean.' }, scope, conditions)).toEqual([
      ['text', 'sections.Expected Outcome', 'Rivers are clean.', null],
      ['text', 'sections.Impact', null, 'Lakes are clean.'],
    ]);
  });

  it('of the same title are kept apart', () => {
    expect(
      between(
        [scope, { ...scope, text: 'B' }],
        [
          { ...scope, text: 'A' },
          { ...scope, text: 'C' },
        ],
      ),
    ).toEqual([
      ['text', 'sections.Scope', scope.text, 'A'],
      ['text', 'sections.Scope (2)', 'B', 'C'],
    ]);
  });

  it('of the same title stay what they are where one comes before them', () => {
    const untitled = (text: string) => ({ kind: 'other' as const, title: '', text });
    expect(between([untitled('A'), untitled('B')], [untitled('New.'), untitled('A'), untitled('B')])).toEqual(
      [['text', 'sections.other', null, 'New.']],
    );
    expect(between([untitled('New.'), untitled('A'), untitled('B')], [untitled('A'), untitled('B')])).toEqual(
      [['text', 'sections.other', 'New.', null]],
    );
  });
});

it('tells the kinds of some changes each once, in one order', () => {
  const of = (...kinds: ChangeKind[]) =>
    kindsOf(kinds.map((kind) => ({ kind, field: 'x', from: null, to: null })));
  expect(of('text', 'forward', 'text', 'new', 'extended')).toEqual(['new', 'extended', 'forward', 'text']);
  expect(of()).toEqual([]);
});

/** mulberry32: returns the same sequence for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Sorts the sections by what readers see of them, as their order is not content. */
const unordered = (c: CallContent): CallContent => {
  const name = (s: CallContent['sections'][0]) => `${s.kind}/${s.title}/${s.text}`;
  return { ...c, sections: [...c.sections].sort((a, b) => (name(a) < name(b) ? -1 : 1)) };
};

it('tells no change exactly where a reader sees none', () => {
  const random = randomFrom(7);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const texts = ['A', 'B', 'C'];
  const section = () =>
    pick([
      outcome,
      scope,
      conditions,
      { ...scope, text: pick(texts) },
      { kind: 'other' as const, title: pick(['', 'X']), text: pick(texts) },
    ]);
  const generated = () => {
    const some = { ...content, sections: Array.from({ length: Math.floor(random() * 4) }, section) };
    const [field, value] = pick(MUTATIONS);
    return random() < 0.5 ? some : { ...some, [field]: value };
  };
  const pairs = times('pairs of contents that are compared', 5_000, 20_000);
  let equal = 0;
  for (let i = 0; i < pairs; i += 1) {
    const [a, b] = [generated(), generated()];
    const same = contentHash(unordered(a)) === contentHash(unordered(b));
    if (same) equal += 1;
    if (same !== (changesBetween(a, b).length === 0))
      throw new Error(`${canonicalJson(a)}\n${canonicalJson(b)}`);
  }
  expect(equal).toBeGreaterThan(100);
});

describe('what we read better than before', () => {
  it('is no change of the call: a footnote that goes from a title, a break that is set where its source had lost it', () => {
    const scoped = (text: string) => ({ ...content, sections: [outcome, { ...scope, text }, conditions] });
    expect(changesBetween({ ...content, title: 'Membranes[[https://x.example]]' }, content)).toEqual([]);
    expect(
      changesBetween(
        scoped('On EuroHPC.Technology is needed.'),
        scoped('On EuroHPC.\nTechnology is needed.'),
      ),
    ).toEqual([]);
  });
});

describe('canonical JSON', () => {
  it('is one text for one value', () => {
    expect(canonicalJson({ b: [1, 'x', null], a: { d: undefined, c: true } })).toBe(
      '{"a":{"c":true},"b":[1,"x",null]}',
    );
    expect(canonicalJson([2, 1])).toBe('[2,1]');
    expect(canonicalJson(undefined)).toBe('null');
  });
});

it('knows a call by data source, reference and language, not by its identifier', () => {
  expect(sourceRecordKey(content)).toBe('SEDIA/1TOPICSen/en');
});
