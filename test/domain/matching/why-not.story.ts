import { decidingRule, rulesOf, WhyNotRule } from '../../../src/explain/domain/why-not/rules.js';
import type { ContactStanding, WhyNotFacts } from '../../../src/explain/domain/why-not/facts.js';
import { lastSlot, nextSlot } from '../../../src/notifications/domain/preferences/preferences.js';
import { pastedTopics, topicLine } from '../../../src/spreadsheets/domain/find-call.js';

const anne = (
  state: ContactStanding['state'],
  overrides: Partial<ContactStanding> = {},
): ContactStanding => ({
  name: 'Anne',
  email: 'anne@example.org',
  state,
  at: null,
  notification: null,
  place: null,
  next: null,
  ...overrides,
});
const facts = (overrides: Partial<WhyNotFacts> = {}): WhyNotFacts => ({
  status: 'open',
  passed: null,
  scheme: null,
  score: 50,
  least: 40,
  threshold: null,
  freed: 50,
  exclusions: [],
  addressed: null,
  reading: null,
  nearest: [],
  verdict: null,
  matched: true,
  read: true,
  contacts: [anne('nothing')],
  room: 15,
  ...overrides,
});
const at = new Date('2026-05-11T05:00:00Z');
const excluded = [{ competence: 'C', term: 'x', field: 'title', kind: 'title' as const, passage: 'an x' }];
const read = (grade: 'wanted' | 'partly' | 'not', builtIn: number): WhyNotFacts['reading'] => ({
  said: {
    grade,
    model: 'small',
    prompt: 2,
    at: '2026-07-01T08:00:00.000Z',
    ...(grade !== 'not' && { reason: { en: 'It makes blades.' }, quote: 'blade design' }),
  },
  builtIn,
  leastBuiltIn: 40,
});
const CASES: [string | null, Partial<WhyNotFacts>][] = [
  [null, {}],
  ['status', { status: 'closed', passed: at }],
  ['status', { status: 'closed' }],
  ['status', { status: 'withdrawn' }],
  ['subject', { scheme: 'erc' }],
  ['exclusion', { score: 10, freed: 45, exclusions: excluded }],
  ['score', { score: 10, freed: 30, exclusions: excluded }],
  ['score', { score: 39, freed: 39, nearest: ['a', 'b'] }],
  ['reading', { score: 8, freed: 45, exclusions: excluded, reading: read('not', 55) }],
  ['reading', { score: 34, freed: 34, reading: read('partly', 20) }],
  [null, { score: 85, reading: read('wanted', 12) }],
  ['score', { score: 12, freed: 12, reading: 'unread' }],
  ['score', { score: 12, freed: 12, reading: 'decided' }],
  ['addressees', { score: 30, freed: 30, addressed: { addressee: 'funders', answered: false, points: 12 } }],
  ['score', { score: 20, freed: 20, addressed: { addressee: 'education', answered: false, points: 12 } }],
  [
    'exclusion',
    {
      score: 30,
      freed: 45,
      exclusions: excluded,
      addressed: { addressee: 'funders', answered: false, points: 12 },
    },
  ],
  ['verdict', { verdict: { verdict: 'not', reason: 'topic', at, refused: true } }],
  [null, { verdict: { verdict: 'relevant', reason: null, at: null, refused: false } }],
  // Refused, and waiting for a contact who follows it or does not see that; or with a bid in progress.
  [
    'rank',
    {
      verdict: { verdict: 'not', reason: 'topic', at, refused: true },
      contacts: [anne('nothing'), anne('rank', { place: 17 })],
    },
  ],
  [
    'rank',
    {
      verdict: { verdict: 'not', reason: 'topic', at, refused: false },
      contacts: [anne('rank', { place: 17 })],
    },
  ],
  ['ready', { matched: false }],
  ['ready', { read: false }],
  ['contact', { contacts: [] }],
  ['contact', { contacts: [anne('stopped')] }],
  ['first-mail', { contacts: [anne('first-mail')] }],
  [
    'announced',
    { contacts: [anne('announced', { at, notification: '00000000-0000-4000-8000-000000000000' })] },
  ],
  ['announced', { contacts: [anne('on-its-way', { notification: '00000000-0000-4000-8000-000000000000' })] }],
  [
    'announced',
    {
      status: 'closed',
      contacts: [
        anne('stopped'),
        anne('announced', { at, notification: '00000000-0000-4000-8000-000000000000' }),
      ],
    },
  ],
  ['baseline', { contacts: [anne('baseline', { at })] }],
  ['rank', { contacts: [anne('rank', { place: 17 })] }],
  ['digest', { contacts: [anne('baseline', { at }), anne('digest', { at })] }],
  ['rank', { contacts: [anne('baseline', { at }), anne('rank', { place: 17 })] }],
];

describe('the rules by which a call is told', () => {
  it.each(CASES)('%s decides where %j', (rule, overrides) => {
    for (const language of ['en', 'fr'] as const) {
      const rules = rulesOf(facts(overrides), { language, inside: true });
      expect(decidingRule(rules)?.rule ?? null).toBe(rule);
      for (const one of rules) {
        expect(WhyNotRule.safeParse(one).success).toBe(true);
        expect(one.says).toMatch(/^[A-ZÀ-Ý“«].*\.$/u);
        expect(one.says).not.toMatch(/undefined|null|NaN/);
      }
    }
  });

  it('are told with their facts', () => {
    const says = (overrides: Partial<WhyNotFacts>, rule: string, language: 'en' | 'fr' = 'en') =>
      rulesOf(facts(overrides), { language, inside: true }).find((r) => r.rule === rule)!.says;
    expect(says({ score: 31.24, nearest: ['fuel cell'] }, 'score')).toBe(
      'It scores 31.2, and calls are announced from 40: 8.8 points short; closest: “fuel cell”.',
    );
    expect(says({ score: 39.97, nearest: [] }, 'score')).toBe(
      'It scores 39.9, and calls are announced from 40: 0.1 points short; no word of the profile comes close.',
    );
    expect(says({ score: 39.5, nearest: [] }, 'score', 'fr')).toBe(
      'Il obtient 39,5, et un appel est annoncé à partir de 40\u00a0: il manque 0,5\u00a0point\u00a0; aucun mot du profil ne s’en approche.',
    );
    const refused = { verdict: 'not', reason: 'topic', at } as const;
    expect(says({ verdict: { ...refused, refused: true } }, 'verdict')).toBe(
      'It was marked “not for us” (other subject) on 11 May 2026: it is no longer among the calls to decide, and is no longer announced.',
    );
    expect(
      says(
        { verdict: { ...refused, refused: true }, contacts: [anne('digest', { at, place: 1 })] },
        'verdict',
      ),
    ).toBe(
      'It was marked “not for us” (other subject) on 11 May 2026: it is no longer among the calls to decide, and is announced only to those who follow it or do not see decisions.',
    );
    expect(says({ verdict: { ...refused, refused: false } }, 'verdict')).toBe(
      'It was marked “not for us” (other subject) on 11 May 2026: it is no longer among the calls to decide, but is still announced, because a bid is in progress.',
    );
    expect(says({ verdict: { ...refused, refused: false } }, 'verdict', 'fr')).toBe(
      'Il a été classé «\u00a0non retenu\u00a0» (autre sujet) le 11\u00a0mai 2026\u00a0: il ne figure plus parmi les appels à trier, mais il reste annoncé, car un projet est en cours.',
    );
    expect(
      says(
        { score: 30, freed: 30, addressed: { addressee: 'public-buyers', answered: false, points: 20 } },
        'addressees',
      ),
    ).toBe(
      'It is aimed at public buyers, and research institutes rarely answer such calls: it loses 20 points. Without that it would score 50 and be announced. If you answer such calls, say so in your preferences.',
    );
    expect(
      says({ addressed: { addressee: 'public-buyers', answered: false, points: 1.25 } }, 'addressees', 'fr'),
    ).toBe(
      'Il s’adresse aux acheteurs publics, et les instituts de recherche y répondent rarement\u00a0: cela lui retire 1,3\u00a0point, sans rien changer à son annonce.',
    );
    expect(says({ addressed: { addressee: 'public-buyers', answered: true, points: 0 } }, 'addressees')).toBe(
      'It is aimed at public buyers; you answer such calls, so it loses no points.',
    );
    expect(
      says({ addressed: { addressee: 'public-buyers', answered: true, points: 0 } }, 'addressees', 'fr'),
    ).toBe('Il s’adresse aux acheteurs publics\u00a0; vous répondez à de tels appels, et il ne perd rien.');
    expect(says({ score: 34, reading: read('partly', 55.04) }, 'reading')).toBe(
      'Read by small on 1 July 2026 and found to concern the institute in part: It makes blades (“blade design”). The built-in ranking alone would score it 55 and announce it.',
    );
    expect(says({ score: 75, reading: read('wanted', 12) }, 'reading', 'fr').replace(/\s/g, ' ')).toBe(
      'Lu par small le 1er juillet 2026 : It makes blades (en anglais) (« blade design »). Avec le seul classement intégré, il obtiendrait 12 et ne serait pas annoncé.',
    );
    expect(says({ reading: 'decided' }, 'reading')).toBe(
      'The institute has decided on it: the language model is not asked.',
    );
    expect(rulesOf(facts(), { language: 'en', inside: true }).some((r) => r.rule === 'reading')).toBe(false);
    expect(says({ contacts: [anne('stopped')] }, 'digest')).toBe('It is not waiting for a digest.');
    // Neither where the first e-mail has not been sent, nor where it announced the call.
    for (const state of ['first-mail', 'announced'] as const)
      expect(says({ contacts: [anne(state)] }, 'baseline')).toBe(
        'It is not kept back for having been published before a first e-mail.',
      );
    // Of two contacts, the one who has it already.
    expect(
      says({ contacts: [{ ...anne('on-its-way'), name: 'Bea' }, anne('announced', { at })] }, 'announced'),
    ).toBe('It was sent to Anne on 11 May 2026; it will be sent again if it changes.');
    expect(
      says(
        {
          contacts: [
            anne('announced', { at, next: at }),
            anne('nothing', { next: new Date('2026-05-08T05:00:00Z') }),
          ],
        },
        'digest',
      ),
    ).toBe('The next digest will be sent on 8 May 2026; this call is not waiting for it.');
    expect(says({ contacts: [anne('baseline', { next: at })] }, 'digest', 'fr')).toBe(
      'Le prochain récapitulatif part le 11\u00a0mai 2026\u00a0; cet appel ne l’attend pas.',
    );
    expect(says({ contacts: [anne('digest', { at })] }, 'digest', 'fr')).toBe(
      'Il attend le prochain récapitulatif, à Anne le 11\u00a0mai 2026.',
    );
  });
});

describe('the next date of the digest', () => {
  const weekly = { frequency: 'weekly', weekday: 'monday', at: '07:00' } as const;
  const daily = { ...weekly, frequency: 'daily' } as const;
  it.each([weekly, daily])('is the first one later than a moment, over a whole year (%j)', (times) => {
    for (let hour = 0; hour < 366 * 24; hour += 13) {
      const now = new Date(Date.UTC(2026, 0, 1, hour, 30));
      const next = nextSlot(now, times);
      expect(next.getTime()).toBeGreaterThan(now.getTime());
      expect(lastSlot(next, times)).toEqual(next);
      expect(lastSlot(new Date(next.getTime() - 1), times).getTime()).toBeLessThanOrEqual(now.getTime());
    }
  });
  it('is not the date itself', () => {
    expect(nextSlot(new Date('2026-05-11T05:00:00Z'), weekly)).toEqual(new Date('2026-05-18T05:00:00Z'));
    expect(nextSlot(new Date('2026-05-11T04:59:59Z'), weekly)).toEqual(new Date('2026-05-11T05:00:00Z'));
  });
});

describe('pasted topics', () => {
  it('are told apart by lines, commas and semicolons; a title may hold commas', () => {
    expect(
      pastedTopics(
        'HORIZON-CL5-2027-D2-01, HORIZON-CL4-2027-01-02;HORIZON-JTI-2026-03\n- Safe, sustainable batteries for ships\nWind; Sun and sea\n\n HORIZON-CL5-2027-D2-01 ',
      ),
    ).toEqual([
      'HORIZON-CL5-2027-D2-01',
      'HORIZON-CL4-2027-01-02',
      'HORIZON-JTI-2026-03',
      'Safe, sustainable batteries for ships',
      'Wind',
      'Sun and sea',
    ]);
    expect(pastedTopics('HORIZON-CL5-2027-D2-01 Batteries for ships, HORIZON-CL4-2027-01-02')).toEqual([
      'HORIZON-CL5-2027-D2-01 Batteries for ships',
      'HORIZON-CL4-2027-01-02',
    ]);
    expect(pastedTopics('8123COMPETITIVE_CALLen, 14801COMPETITIVE_CALL 7621;MENDNET-CC-VOUCHERS')).toEqual([
      '8123COMPETITIVE_CALLen',
      '14801COMPETITIVE_CALL',
      '7621',
      'MENDNET-CC-VOUCHERS',
    ]);
    expect(pastedTopics(' ,;\n;;')).toEqual([]);
  });
  it('name a call by identifier, else by title', () => {
    expect(topicLine(0, 'HORIZON-CL5-2027-D2-01: Batteries')).toMatchObject({
      identifiers: ['HORIZON-CL5-2027-D2-01'],
      title: 'HORIZON-CL5-2027-D2-01: Batteries',
    });
    expect(topicLine(0, 'Batteries for ships')).toMatchObject({ title: 'Batteries for ships', pages: [] });
    expect(topicLine(0, '8123COMPETITIVE_CALLen')).toMatchObject({
      pages: [expect.stringMatching(/^page ec\.europa\.eu\/.*\/competitive-calls-cs\/8123$/)],
    });
  });
});
