import fc from 'fast-check';
import { MOST_STATEMENTS, outcomesOf, type Stated } from '../../../src/network/domain/outcomes.js';

type Kind = Stated['sections'][number]['kind'];
const call = (text: string, kind: Kind = 'expected-outcome', language = 'en'): Stated => ({
  language,
  sections: [{ kind, title: '', text }],
});
const said = (text: string, kind?: Kind, language?: string): string[] =>
  outcomesOf(call(text, kind, language)).map((s) => s.text);

describe('the expected outcomes of a call', () => {
  it.each([
    [
      'points, a line each',
      'Project results are expected to contribute to all of the following expected outcomes:\n- Cheaper storage of hydrogen;\n- Safer tanks on ships; and\n• Standards that industry takes up.',
    ],
    [
      'a text that lost its breaks before capitals',
      'Projects are expected to contribute to the following outcomes:Cheaper storage of hydrogen.Safer tanks on ships.Standards that industry takes up.',
    ],
    [
      'a text whose lines had no mark at all',
      'Cheaper storage of hydrogenSafer tanks on shipsStandards that industry takes up.',
    ],
    [
      'small letters behind semicolons',
      'Results contribute to the following expected outcomes:cheaper storage of hydrogen;safer tanks on ships;standards that industry takes up.',
    ],
    [
      'one paragraph with semicolons',
      'Results contribute to the following outcomes: cheaper storage of hydrogen; safer tanks on ships; and standards that industry takes up.',
    ],
    [
      'numbers',
      'Expected are (1) cheaper storage of hydrogen, (2) safer tanks on ships, (3) standards that industry takes up.',
    ],
    [
      'prose',
      `Cheaper storage of hydrogen, which today costs so much that no ${'very '.repeat(40)}small firm can pay for it. Safer tanks on ships. Standards that industry takes up.`,
    ],
  ])('are single statements in %s', (_, text) => {
    const found = said(text).map((s) => s.toLowerCase());
    expect(found).toHaveLength(3);
    expect(found[0]).toMatch(/^cheaper storage of hydrogen/);
    expect(found[1]).toMatch(/^safer tanks on ships/);
    expect(found[2]).toMatch(/^standards that industry takes up/);
  });

  it('keep together what a point says in several sentences, and what stands in parentheses', () => {
    expect(
      said(
        '- Solutions are demonstrated. This includes (e.g. for cities; and for ports) their cost.\n- Firms take them up at once.',
      ),
    ).toEqual([
      'Solutions are demonstrated. This includes (e.g. for cities; and for ports) their cost.',
      'Firms take them up at once.',
    ]);
  });

  it('are without the policies that a proposal is to serve, where anything else is said', () => {
    const policy =
      'Successful proposals will contribute to the EU Bioeconomy Strategy and the Clean Industrial Deal.';
    expect(said(`${policy}\nResidual biomass is worth more.`)).toEqual(['Residual biomass is worth more.']);
    expect(said(policy)).toEqual([policy]);
  });

  it('are what is to be done, where the call names none: not how to apply for it', () => {
    const text =
      'Ports burn much oil. Projects should develop cranes that run on hydrogen. Applicants must submit a lump sum of EUR 2 million.';
    expect(said(text, 'scope')).toEqual(['Projects should develop cranes that run on hydrogen.']);
    expect(
      said(
        'Les ports brûlent du pétrole. Les projets devront développer des grues à hydrogène.',
        'scope',
        'fr',
      ),
    ).toEqual(['Les projets devront développer des grues à hydrogène.']);
    const both: Stated = {
      language: 'en',
      sections: [
        ...call(text, 'scope').sections,
        ...call('The objective is to make ports quiet and clean.', 'objective').sections,
      ],
    };
    expect(outcomesOf(both).map((s) => s.field)).toEqual(['sections.1']);
  });

  it('are no half sentences: none is torn within a word, at a count within a sentence, or behind a semicolon that goes on', () => {
    expect(
      said(
        'Project results are expected to contribute to some of the following expected outcomes. Continuing safety assessment of reactors. Longer operation of plants.',
      ),
    ).not.toContainEqual(expect.stringMatching(/^s\./));
    const counted =
      'Ports get platforms that support 1) the diffusion of innovation or 2) the development of policy measures.';
    expect(said(counted)).toEqual([counted]);
    expect(
      said(
        'Safer chemicals for industry; as well as development of alternatives to them.\nCheaper tanks on ships.',
      ),
    ).toEqual([
      'Safer chemicals for industry; as well as development of alternatives to them.',
      'Cheaper tanks on ships.',
    ]);
    expect(
      said(
        'Results: (i) more awareness of fraud at ports, (ii) better tools for auditors and (iii) more chances to act on fraud.',
      ),
    ).toEqual([
      'more awareness of fraud at ports',
      'better tools for auditors',
      'more chances to act on fraud.',
    ]);
  });

  it('are none where nothing is said, and each is told once', () => {
    expect(outcomesOf({ language: 'en', sections: [] })).toEqual([]);
    expect(said('See the documents.', 'conditions')).toEqual([]);
    expect(said('Safer tanks on ships.\nSafer tanks on ships.')).toHaveLength(1);
  });

  it('stand in the call as they are told, in its order, apart from each other, and are not too many, whatever the text', () => {
    const piece = fc.constantFrom(
      'Safer tanks',
      'outcomes:',
      'Increased use',
      '; and ',
      ';',
      '\n- ',
      '(1) ',
      '.Better',
      ' ships should sail',
      'é🚀',
      '(',
      ')',
      ' following ',
      ' e.g. ',
      '\n',
      '[1]',
      'HORIZON',
      ' X ',
    );
    const kind = fc.constantFrom<Kind>('expected-outcome', 'scope', 'objective', 'summary', 'other');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        kind,
        fc.constantFrom('en', 'fr', 'xx'),
        (pieces, of, language) => {
          const text = pieces.join('');
          const found = outcomesOf(call(text, of, language));
          expect(found.length).toBeLessThanOrEqual(MOST_STATEMENTS);
          found.forEach((s, i) => {
            expect(text.slice(s.start, s.end)).toBe(s.text);
            expect(s.text).toBe(s.text.trim());
            expect(s.start).toBeGreaterThanOrEqual(found[i - 1]?.end ?? 0);
          });
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});
