import { CallContent } from '../../../src/domain/call/call-content.js';
import { canonicalJson, contentHash, sightingKey } from '../../../src/domain/call/content-hash.js';
import { changesBetween } from '../../../src/domain/call/diff.js';

const deadline = (at: string, kind: 'single' | 'cut-off' = 'single') => ({ kind, at, timeTold: false, brussels: at });
const content: CallContent = {
  dataSource: 'SEDIA', reference: '1TOPICSen', language: 'en', title: 'Membranes', kind: 'grant', identifier: 'TOPIC-1',
  callIdentifier: 'TOPIC', callTitle: 'Rivers', programme: { code: '43108390', name: 'Horizon Europe' }, divisions: ['a'],
  typesOfAction: ['RIA'], sourceStatus: 'forthcoming', opensAt: '2026-05-05T00:00:00.000Z', deadlineModel: 'single-stage',
  deadlines: [deadline('2026-09-15T15:00:00.000Z')],
  budget: { currency: 'EUR', total: 12e6, expectedGrants: 3, minContribution: 3e6, maxContribution: 4e6, years: ['2026'] },
  destination: 'Clean water', keywords: ['Membranes', 'Water'],
  sections: [
    { kind: 'expected-outcome', title: 'Expected Outcome', text: 'Rivers are clean.' },
    { kind: 'scope', title: 'Scope', text: 'Membranes that mend themselves.' },
    { kind: 'conditions', title: 'Conditions', text: 'Three partners.' },
  ],
  url: 'https://example.org/1', alsoAt: [], trl: { from: 4, to: 6, quote: 'TRL 4 to TRL 6.' },
};
const [outcome, scope, conditions] = content.sections as [CallContent['sections'][0], CallContent['sections'][0], CallContent['sections'][0]];

/** One change of each field that a reader sees, and what is told of it. */
const MUTATIONS: [keyof CallContent, unknown, string][] = [
  ['dataSource', 'OTHER', 'identity'], ['reference', '2TOPICSen', 'identity'], ['language', 'fr', 'identity'],
  ['identifier', null, 'identity'], ['callIdentifier', 'TOPIC-X', 'identity'], ['title', 'Membranes!', 'title'],
  ['callTitle', null, 'title'], ['kind', 'cascade', 'other'], ['programme', null, 'other'], ['divisions', ['a', 'b'], 'other'],
  ['typesOfAction', [], 'other'], ['destination', 'Other water', 'other'], ['keywords', ['Water'], 'other'],
  ['url', null, 'other'], ['trl', { from: 4, to: 7, quote: 'TRL 4 to TRL 7.' }, 'text'], ['sourceStatus', 'open', 'opened'],
  ['opensAt', '2026-05-06T00:00:00.000Z', 'opening'], ['deadlineModel', null, 'deadline'],
  ['deadlines', [deadline('2026-09-29T15:00:00.000Z')], 'deadline'], ['budget', { ...content.budget!, total: 13e6 }, 'budget'],
];

it('covers every field', () => {
  expect([...MUTATIONS.map(([f]) => f), 'sections'].sort()).toEqual(Object.keys(CallContent.shape).sort());
});

describe.each(MUTATIONS)('a change of %s', (field, value, kind) => {
  const after = { ...content, [field]: value };

  it('makes another hash', () => expect(contentHash(after)).not.toBe(contentHash(content)));

  it('is told once, with both values, as what it is', () => {
    expect(changesBetween(content, after)).toEqual([{ kind, field, from: content[field], to: value }]);
    expect(changesBetween(after, content)).toEqual([{ kind, field, from: value, to: content[field] }]);
  });
});

it.each(['currency', 'total', 'expectedGrants', 'minContribution', 'maxContribution', 'years'])('sees %s of the budget', (part) => {
  const after = { ...content, budget: { ...content.budget!, [part]: null } as never };
  expect(contentHash(after)).not.toBe(contentHash(content));
  expect(changesBetween(content, after)).toMatchObject([{ kind: 'budget' }]);
});

describe('sections', () => {
  const changes = (...sections: CallContent['sections']) =>
    changesBetween(content, { ...content, sections }).map((c) => [c.kind, c.field, c.from, c.to]);

  it('are told by their titles', () => {
    expect(changes(outcome, { ...scope, text: 'Other membranes.' }, conditions))
      .toEqual([['text', 'sections.Scope', 'Membranes that mend themselves.', 'Other membranes.']]);
  });

  it('of conditions are told as conditions', () => {
    expect(changes(outcome, scope, { ...conditions, text: 'Four partners.' }))
      .toEqual([['conditions', 'sections.Conditions', 'Three partners.', 'Four partners.']]);
  });

  it('come and go', () => {
    expect(changes(outcome, scope)).toEqual([['conditions', 'sections.Conditions', 'Three partners.', null]]);
    expect(changes({ kind: 'summary', title: '', text: 'New.' }, ...content.sections)).toEqual([['text', 'sections.summary', null, 'New.']]);
  });

  it('in another order are one change', () => {
    expect(changes(scope, outcome, conditions)).toEqual([['text', 'sections', content.sections, [scope, outcome, conditions]]]);
  });

  it('of the same title are kept apart', () => {
    const before = { ...content, sections: [scope, { ...scope, text: 'B' }] };
    const after = { ...content, sections: [{ ...scope, text: 'A' }, { ...scope, text: 'C' }] };
    expect(changesBetween(before, after).map((c) => [c.field, c.from, c.to])).toEqual([
      ['sections.Scope', scope.text, 'A'],
      ['sections.Scope (2)', 'B', 'C'],
    ]);
  });
});

/** mulberry32: the same again from the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

it('tells no change exactly where the hashes are equal', () => {
  const random = randomFrom(7);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const texts = ['A', 'B', 'C'];
  const section = () => pick([outcome, scope, conditions, { ...scope, text: pick(texts) }, { kind: 'other' as const, title: pick(['', 'X']), text: pick(texts) }]);
  const generated = () => {
    const some = { ...content, sections: Array.from({ length: Math.floor(random() * 4) }, section) };
    const [field, value] = pick(MUTATIONS);
    return random() < 0.5 ? some : { ...some, [field]: value };
  };
  let equal = 0;
  for (let i = 0; i < 20_000; i += 1) {
    const [a, b] = [generated(), generated()];
    const same = contentHash(a) === contentHash(b);
    if (same) equal += 1;
    if (same !== (changesBetween(a, b).length === 0)) throw new Error(`${canonicalJson(a)}\n${canonicalJson(b)}`);
  }
  expect(equal).toBeGreaterThan(100);
});

describe('canonical JSON', () => {
  it('is one text for one value', () => {
    expect(canonicalJson({ b: [1, 'x', null], a: { d: undefined, c: true } })).toBe('{"a":{"c":true},"b":[1,"x",null]}');
    expect(canonicalJson([2, 1])).toBe('[2,1]');
    expect(canonicalJson(undefined)).toBe('null');
  });
});

it('knows a call by data source, reference and language, not by its identifier', () => {
  expect(sightingKey(content)).toBe('SEDIA/1TOPICSen/en');
});
