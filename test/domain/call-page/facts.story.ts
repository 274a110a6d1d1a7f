import {
  budgetComparison,
  type BudgetedTopic,
  whoseTotal,
} from '../../../src/calls/domain/page/budget-comparison.js';
import { conditionsInShort } from '../../../src/calls/domain/page/conditions.js';
import { isEdition, otherYears } from '../../../src/calls/domain/related-calls.js';
import { fundingRate, lumpSumOf } from '../../../src/calls/domain/page/funding-rate.js';
import { moneyInShort } from '../../../src/calls/domain/facts/budget.js';
import { shortDiff } from '../../../src/calls/domain/versions/text-diff.js';
import { aCall } from '../../support/matching/calls.js';

const budget = (total: number | null, overrides: Partial<NonNullable<BudgetedTopic['budget']>> = {}) => ({
  currency: 'EUR',
  total,
  expectedGrants: null,
  minContribution: null,
  maxContribution: null,
  years: [],
  ...overrides,
});
const topic = (id: string, of: BudgetedTopic['budget']): BudgetedTopic => ({
  id,
  title: id,
  identifier: `H-${id}`,
  budget: of,
});

describe('a budget beside its sisters', () => {
  it('is told with its share, the largest first, and bars against the largest', () => {
    const compared = budgetComparison(topic('a', budget(10)), [topic('b', budget(30)), topic('c', null)])!;
    expect(compared.rows.map((r) => [r.id, r.total, r.bar, r.self])).toEqual([
      ['b', 30, 1, false],
      ['a', 10, 10 / 30, true],
      ['c', null, null, false],
    ]);
    expect(compared).toMatchObject({ sum: { amount: 40, currency: 'EUR' }, share: 0.25, pooled: null });
  });

  it('says of a total that several topics state, far above what their projects take, that they share it, and gives no share', () => {
    const joint = budget(170, { expectedGrants: 2, maxContribution: 7 });
    expect(budgetComparison(topic('a', joint), [topic('b', joint), topic('c', budget(5))])).toMatchObject({
      pooled: 2,
      share: null,
      sum: null,
    });
  });

  it('takes equal totals that the projects fill for what they are', () => {
    const own = budget(12, { expectedGrants: 3, maxContribution: 4 });
    expect(budgetComparison(topic('a', own), [topic('b', own)])).toMatchObject({ pooled: null, share: 0.5 });
  });

  it('adds up nothing where topics state one total and may share it, its own or not', () => {
    const alike = budget(170_760_699);
    const shared = ['b', 'c', 'd'].map((id) => topic(id, alike));
    expect(budgetComparison(topic('a', alike), shared)).toMatchObject({
      pooled: null,
      share: null,
      sum: null,
      stated: 'unclear',
    });
    expect(budgetComparison(topic('a', budget(213)), shared)).toMatchObject({
      pooled: null,
      share: null,
      sum: null,
      stated: 'topic',
    });
    expect(budgetComparison(topic('a', budget(213)), shared.slice(0, 1))).toMatchObject({
      sum: { amount: 170_760_912 },
      stated: 'topic',
    });
  });

  it('adds no other currency, and leaves missing missing', () => {
    const compared = budgetComparison(topic('a', budget(10)), [topic('b', budget(90, { currency: 'SEK' }))])!;
    expect(compared).toMatchObject({ sum: { amount: 10, currency: 'EUR' }, share: 1 });
    expect(compared.rows.find((r) => r.id === 'b')!.bar).toBeNull();
    expect(budgetComparison(topic('a', null), [topic('b', budget(4))])).toMatchObject({ share: null });
    expect([
      budgetComparison(topic('a', budget(1)), []),
      budgetComparison(topic('a', null), [topic('b', null)]),
    ]).toEqual([null, null]);
  });
});

describe('a total that several topics of a call state', () => {
  const taking = (expectedGrants: number | null, maxContribution: number | null) =>
    budget(110, { expectedGrants, maxContribution });

  it.each([
    ['nobody else states it', taking(null, null), [], 'topic'],
    ['each one’s projects take it', taking(2, 50), [taking(1, 110)], 'topic'],
    ['its own projects take half of it at most', taking(2, 20), [taking(2, 20)], 'several'],
    [
      'those of another do: what is one budget for that one is one for all',
      taking(4, 60),
      [taking(3, 30), taking(2, 20)],
      'several',
    ],
    ['it says nothing of its projects', taking(null, 60), [taking(null, null)], 'unclear'],
    ['nobody else states it, and its projects take half of it at most', taking(2, 20), [], 'unclear'],
    ['none is stated', null, [taking(2, 20)], 'topic'],
  ] as const)('is told as whose it is where %s', (_, own, alike, whose) =>
    expect(whoseTotal(own, [...alike])).toBe(whose),
  );
});

describe('the funding rate by the general rule', () => {
  it.each([
    [['HORIZON Research and Innovation Actions'], { from: 100, to: 100, nonProfit: null }],
    [['HORIZON Innovation Actions'], { from: 70, to: 70, nonProfit: 100 }],
    [['EURATOM Coordination and Support Actions'], { from: 100, to: 100, nonProfit: null }],
    [['HORIZON Programme Cofund Actions'], { from: 30, to: 70, nonProfit: null }],
    [['HORIZON Public Procurement of Innovative Solutions'], { from: 50, to: 50, nonProfit: null }],
    [['HORIZON JU Innovation Actions'], null],
    [['LIFE Project Grants'], null],
    [['EDF Development Actions'], null],
    [[], null],
    [['HORIZON Research and Innovation Actions', 'HORIZON Innovation Actions'], null],
  ])('of %j is %j', (types, rate) => expect(fundingRate(types)).toEqual(rate));
});

const conditions = (text: string, typesOfAction: string[] = []) =>
  aCall('C', { typesOfAction, sections: [{ kind: 'conditions', title: 'Conditions', text }] });

describe('whether a grant is a lump sum', () => {
  it.each([
    [
      '6. Legal and financial set-up of the grantsEligible costs will take the form of a lump sum as defined in the Decision',
      true,
    ],
    ['Guidance Model Grant Agreements (MGA)Lump Sum MGACall-specific instructions', true],
    [
      'application forms and model grant agreement (MGA): forms Model Grant Agreements (MGA)HE MGA Call-specific instructions',
      false,
    ],
    ['Model Grant Agreements (MGA) HE MGA HE Unit MGA Lump Sum MGA Operating Grants MGA', null],
    [
      'EU Financial Regulation 2024/2509Decision authorising the use of lump sum contributions under the Horizon Europe Programme',
      null,
    ],
  ])('is read from %j as %j', (text, yes) => expect(lumpSumOf(conditions(text))?.yes ?? null).toBe(yes));

  it('is told by the type of grant agreement before all words', () => {
    const text = { typesOfAction: ['EDF Lump Sum Grants'], sections: [] };
    expect([lumpSumOf({ ...text, lumpSum: false }), lumpSumOf({ ...text, lumpSum: true })]).toEqual([
      { yes: false, quote: null },
      { yes: true, quote: null },
    ]);
  });

  it('is told by its type of action', () =>
    expect(lumpSumOf(conditions('', ['EDF Lump Sum Grants']))).toEqual({
      yes: true,
      quote: 'EDF Lump Sum Grants',
    }));
});

describe('the conditions in short', () => {
  const text =
    '">General conditions1. Admissibility Conditions: Proposal page limit and layoutThe page limit is 45 pages.described in Annex A of the General Annexes.2. Eligible Countriesdescribed in Annex B of the Work Programme General Annexes.3. Other Eligible ConditionsThe proposals must apply the multi-actor approach.[[See annex B.]] The JRC may participate.4. Financial and operational capacity and exclusiondescribed in Annex C.5a. Evaluation and award: Award criteria, scoring and thresholdsare described in Annex D.6. Legal and financial set-up of the grantsBeneficiaries may provide financial support to third parties.Specific conditions described in the topic. Application and evaluation forms and model grant agreement (MGA): A form that is not a condition.';

  it("are the sentences that are the topic's own, by heading, in their own words", () => {
    expect(conditionsInShort(conditions(text).sections)).toEqual([
      { part: 'admissibility', points: ['The page limit is 45 pages.'] },
      {
        part: 'eligibility',
        points: ['The proposals must apply the multi-actor approach.', 'The JRC may participate.'],
      },
      { part: 'grant', points: ['Beneficiaries may provide financial support to third parties.'] },
    ]);
  });

  it('are none where all is said elsewhere, or nothing', () => {
    expect(
      conditionsInShort(
        conditions('2. Eligible Countriesdescribed in Annex B of the General Annexes.').sections,
      ),
    ).toEqual([]);
    expect(conditionsInShort(aCall('X').sections)).toEqual([]);
  });
});

describe('editions', () => {
  const named = (identifier: string | null, title: string, day: string) =>
    aCall('E', { identifier, title, deadlines: [{ at: `${day}T15:00:00Z`, timeTold: true }] });
  const now = named('HORIZON-MSCA-2026-DN-01', 'MSCA Doctoral Networks 2026', '2026-11-24');

  it('are the same topic in another year', () => {
    expect(
      isEdition(now, named('HORIZON-MSCA-2025-DN-01', 'MSCA Doctoral Networks 2025', '2025-11-25')),
    ).toBe(true);
    expect(
      isEdition(now, named('HORIZON-MSCA-2025-DN-02', 'MSCA Doctoral Networks (2025)', '2025-11-25')),
    ).toBe(true);
  });

  it('are not another topic that was given the same number, nor another part of the same call', () => {
    expect(
      isEdition(
        named('HORIZON-CL5-2026-D3-02-06', 'Floating wind farms', '2026-09-01'),
        named('HORIZON-CL5-2025-D3-02-06', 'Geothermal heat in cities', '2025-09-01'),
      ),
    ).toBe(false);
    expect(
      isEdition(now, named('HORIZON-MSCA-2026-DN-02', 'MSCA Doctoral Networks 2026', '2026-11-24')),
    ).toBe(false);
    expect(isEdition(named(null, 'Open call', '2026-09-01'), named(null, 'Open call', '2025-09-01'))).toBe(
      false,
    );
  });

  it('are looked for by the identifiers of the years around', () => {
    expect(otherYears('HORIZON-MSCA-2026-DN-01')).toEqual(
      expect.arrayContaining([
        'HORIZON-MSCA-2025-DN-01',
        'HORIZON-MSCA-2024-DN-01',
        'HORIZON-MSCA-2027-DN-01',
      ]),
    );
    expect(otherYears('HORIZON-MSCA-2026-DN-01')).not.toContain('HORIZON-MSCA-2026-DN-01');
    expect([otherYears('NO-YEAR'), otherYears(null)]).toEqual([[], []]);
  });
});

describe('the money of a project, in short', () => {
  it.each([
    [4_000_000, 5_000_000, '€4–5M', '4–5 M€'],
    [400_000, 500_000, '€0.4–0.5M', '0,4–0,5 M€'],
    [500_000, 4_000_000, '€0.5–4M', '0,5–4 M€'],
    [960_000, 960_000, '€960,000', '960 000 €'],
    [15_000, 20_000, '€15,000–20,000', '15 000–20 000 €'],
    [null, 400_000, '≤ €400,000', '≤ 400 000 €'],
    [8_000_000, 8_925_000, '€8–8.925M', '8–8,925 M€'],
    [1_234_567, 2_000_000, '€1,234,567–2,000,000', '1 234 567–2 000 000 €'],
  ])('of %s to %s is told in the fewest characters that lose nothing', (min, max, en, fr) => {
    const said = (language: 'en' | 'fr') =>
      moneyInShort(
        { kind: 'grant', budget: { ...budget(null), minContribution: min, maxContribution: max } },
        language,
      )?.amount.replaceAll('\u00a0', ' ');
    expect([said('en'), said('fr')]).toEqual([en, fr]);
  });
});

describe('a long difference', () => {
  it('is cut between words, and says so', () => {
    const pieces = [
      { op: 'same' as const, text: 'one two ' },
      { op: 'added' as const, text: 'three four five' },
    ];
    expect(shortDiff(pieces, 100)).toEqual({ pieces, whole: true });
    expect(shortDiff(pieces, 19)).toEqual({
      pieces: [pieces[0], { op: 'added', text: 'three four…' }],
      whole: false,
    });
  });
});
