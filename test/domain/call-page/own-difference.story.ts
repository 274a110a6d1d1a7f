import type { Change } from '../../../src/calls/domain/versions/diff.js';
import { ownDiff, withoutBoilerplate } from '../../../src/calls/domain/versions/text-diff.js';

// Laid out like the portal's conditions, in our own words.
const conditions = ({
  annex = 'A',
  specific = 'At least one partner is a museum.',
  documents = 'HE Main Work Programme 2031 – 4. Old things',
  behind = '',
} = {}): string =>
  `General conditions1. Admissibility Conditions: Proposal page limit and layoutdescribed in Annex ${annex} of the General Annexes.\n2. Eligible Countriesdescribed in Annex ${annex} of the General Annexes.\n` +
  `6. Legal and financial set-up of the grantsdescribed in Annex G.\nSpecific conditions\n${specific}\nApplication and evaluation forms: Application form templates\nAdditional documents: ${documents}\nOnline Manual Privacy Statement${behind}`;

const changed = (from: string | null, to: string | null, over: Partial<Change> = {}): Change => ({
  kind: 'conditions',
  field: 'sections.Conditions',
  from,
  to,
  ...over,
});
const said = (change: Change): string =>
  ownDiff(change)!
    .map(({ op, text }) => (op === 'same' ? text : op === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('');
const text = (from: string, to: string, field = 'sections.Scope') =>
  changed(from, to, { kind: 'text', field });

describe('a change of what stands in every call', () => {
  it.each<[string, Change]>([
    ['another annex to look into', changed(conditions(), conditions({ annex: 'B' }))],
    [
      'another guide in the list of documents',
      changed(
        conditions(),
        conditions({ documents: 'HE Main Work Programme 2033 – 4. Older things\nProgramme Guide' }),
      ),
    ],
    [
      'conditions that come with nothing of their own',
      changed(null, conditions({ specific: 'described in the topic.' })),
    ],
    [
      'documents under a title of their own',
      text('Guide 2031', 'Guide 2032\nFrequently asked questions', 'sections.Documents'),
    ],
    [
      'a link in a text',
      text('Boats, see [1].\n[1] https://a.example/x', 'Boats, see [2].\n[2] https://b.example/y'),
    ],
  ])('is told to nobody: %s', (_, change) => {
    expect(withoutBoilerplate([change])).toEqual([]);
    expect(ownDiff(change)).toEqual([]);
  });

  it.each<[string, Change, string]>([
    [
      'a specific condition',
      changed(conditions(), conditions({ specific: 'At least one partner is a harbour.', annex: 'B' })),
      'At least one partner is a [-museum-]{+harbour+}.',
    ],
    [
      'a condition behind the last of the documents',
      changed(conditions(), conditions({ behind: ' Participation is limited to islands.' })),
      '{+ Participation is limited to islands.+}',
    ],
    [
      'a sentence of its own among the general ones',
      changed(
        conditions(),
        conditions().replace('2. Eligible', 'The limit for a proposal is 12 pages.\n2. Eligible'),
      ),
      '{+The limit for a proposal is 12 pages.+}',
    ],
    [
      'a lump sum',
      changed(
        conditions({ specific: '' }),
        conditions({ specific: 'The grant takes the form of a lump sum.' }),
      ),
      '{+The grant takes the form of a lump sum.+}',
    ],
    [
      'the words of a text',
      text('Boats of wood, see [1]', 'Boats of steel, see [1]'),
      'Boats of [-wood-]{+steel+}, see [1]',
    ],
    ['a text that goes', text('https://a.example', ''), '[-https://a.example-]'],
  ])('is told with anything else that changed: %s', (_, change, expected) => {
    expect(withoutBoilerplate([change])).toEqual([change]);
    expect(said(change).replace(/\n/g, '')).toContain(expected);
    expect(said(change)).not.toMatch(/Privacy|Annex|Work Programme/);
  });

  it('names no part of a programme by its number', () => {
    const parts = (from: string[] | null, to: string[]): Change => ({
      kind: 'details',
      field: 'divisions',
      from,
      to,
    });
    expect(
      withoutBoilerplate([parts(['43108390'], ['43108390', '43108541']), parts(null, ['43108390'])]),
    ).toEqual([]);
    const named = parts(['43108390', 'Boats'], ['43108541', 'Ships']);
    expect(withoutBoilerplate([named])).toEqual([named]);
    expect(said(named)).toBe('[-Boats-]{+Ships+}');
  });

  it('leaves all other changes as they are', () => {
    const others: Change[] = [
      { kind: 'details', field: 'sections.Scope', from: 'A', to: 'B' },
      { kind: 'budget', field: 'budget', from: null, to: null },
      { kind: 'new', field: 'call', from: null, to: 'open' },
    ];
    expect(withoutBoilerplate(others)).toEqual(others);
  });
});
