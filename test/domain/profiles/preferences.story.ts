import { unmetSentence } from '../../../src/profiles/domain/preference-sentences.js';
import type { Role } from '../../../src/calls/domain/role-rules.js';
import { Preferences, unmetPreferences } from '../../../src/profiles/domain/preferences.js';
import type { CallContent, RoleRule } from '../../../src/calls/domain/call-content.js';
import { aCall, deadline } from '../../support/matching/calls.js';

const NOW = new Date();
const all = Preferences.parse({
  typesOfAction: ['RIA', 'CSA'],
  trl: { min: 3, max: 6 },
  programmes: ['horizon europe'],
  minLeadDays: 45,
  budget: { min: 500_000, max: 3_000_000 },
  countries: ['DE', 'RO'],
  roles: ['coordinator', 'alone'],
});
const budget = (min: number | null, max: number | null, currency = 'EUR') => ({
  currency,
  total: 1e7,
  expectedGrants: null,
  minContribution: min,
  maxContribution: max,
  years: [],
});
const fitting: CallContent = {
  ...aCall('x', {
    typesOfAction: ['HORIZON Research and Innovation Actions'],
    deadlines: [deadline(60)],
    budget: budget(1_000_000, 2_000_000),
  }),
  trl: { from: 4, to: 6, quote: '' },
};
const place = (kind: 'established' | 'action', ...countries: string[]) => ({
  place: { kind, countries, quote: '' },
});
const rule = (...rules: RoleRule['rule'][]) => ({ roleRules: rules.map((r) => ({ rule: r, quote: '' })) });
const unmet = (change: Partial<CallContent>) => unmetPreferences(all, { ...fitting, ...change }, NOW);

describe('preferences', () => {
  it('are all met by a call that fits them, and none are held against a call without them', () => {
    expect(unmet({})).toEqual([]);
    expect(unmetPreferences(undefined, fitting, NOW)).toEqual([]);
    expect(unmetPreferences(Preferences.parse({}), fitting, NOW)).toEqual([]);
  });

  it('are not held against what a call does not state', () => {
    expect(unmet({ typesOfAction: [], trl: null, programme: null, deadlines: [], budget: null })).toEqual([]);
    expect(unmet({ budget: budget(null, null), typesOfAction: ['Something quite new'] })).toEqual([]);
  });

  it.each<[string, Partial<CallContent>, string, string]>([
    [
      'another type of action',
      { typesOfAction: ['HORIZON Innovation Actions'] },
      'type of action IA; you prefer RIA or CSA',
      'type d’action IA ; vous préférez RIA ou CSA',
    ],
    [
      'a level above',
      { trl: { from: null, to: 7, quote: '' } },
      'TRL 7 is above your range (3 to 6)',
      'le TRL 7 est au-dessus de votre plage (3 à 6)',
    ],
    [
      'a level below',
      { trl: { from: 1, to: 2, quote: '' } },
      'TRL 2 is below your range (3 to 6)',
      'le TRL 2 est en dessous de votre plage (3 à 6)',
    ],
    [
      'another programme',
      { programme: { code: '1', name: 'LIFE' } },
      'LIFE; you prefer horizon europe',
      'LIFE ; vous préférez horizon europe',
    ],
    [
      'too much money',
      { budget: budget(4_000_000, 6_000_000) },
      '€4 million per project is above your €3 million',
      '4 M€ par projet est au-dessus de vos 3 M€',
    ],
    [
      'too little money',
      { budget: budget(null, 60_000) },
      '€60,000 per project is below your €500,000',
      '60 000 € par projet est en dessous de vos 500 000 €',
    ],
    [
      'applicants from elsewhere',
      place('established', 'RS', 'TN'),
      'its applicants must be established elsewhere (Serbia and Tunisia); your countries are Germany and Romania',
      'les candidats doivent être établis ailleurs (Serbie et Tunisie) ; vos pays : Allemagne et Roumanie',
    ],
    [
      'an action elsewhere',
      place('action', 'KE'),
      'it takes place elsewhere (Kenya); your countries are Germany and Romania',
      'l’action se déroule ailleurs (Kenya) ; vos pays : Allemagne et Roumanie',
    ],
    [
      'a coordinator from elsewhere, and a consortium',
      rule('coordinator-elsewhere', 'consortium'),
      'its coordinator must be from a country other than France; you prefer to coordinate or to apply alone',
      'le coordinateur doit venir d’un autre pays que la France ; vous préférez coordonner ou candidater seul',
    ],
    [
      'a project that runs already',
      rule('running-coordinator'),
      'only the coordinator of a running project can apply; you prefer to coordinate or to apply alone',
      'seul le coordinateur d’un projet en cours peut répondre ; vous préférez coordonner ou candidater seul',
    ],
    [
      'other applicants',
      rule('smes-only'),
      'only SMEs can apply; you prefer to coordinate or to apply alone',
      'seules les PME peuvent répondre ; vous préférez coordonner ou candidater seul',
    ],
  ])('say what they miss: %s', (_, change, english, french) => {
    const [only, ...others] = unmet(change);
    expect(others).toEqual([]);
    expect(unmetSentence(only!, 'en')).toBe(english);
    expect(unmetSentence(only!, 'fr').replace(/[\u00a0\u202f]/g, ' ')).toBe(french);
  });

  it('count the days to the last of several cut-offs, and to the first of two stages', () => {
    const of = (kind: 'cut-off' | 'stage-1' | 'stage-2', days: number) => ({
      ...fitting.deadlines[0]!,
      ...deadline(days),
      kind,
    });
    expect(unmet({ deadlines: [of('cut-off', 5), of('cut-off', 200)] })).toEqual([]);
    const [late] = unmet({ deadlines: [of('cut-off', 5), of('cut-off', 20)] });
    expect(unmetSentence(late!, 'en')).toBe('20 days left to the last cut-off; you want 45 or more');
    expect(unmetSentence(late!, 'fr')).toBe(
      '20 jours restants jusqu’à la dernière date intermédiaire\u00a0; il vous en faut au moins 45',
    );
    expect(unmet({ deadlines: [of('stage-1', 5), of('stage-2', 200)] })).toMatchObject([{ stated: 5 }]);
  });

  it('count the days that are left as lists do, by days in Brussels', () => {
    const late = { ...fitting, deadlines: [{ ...fitting.deadlines[0]!, at: '2030-01-12T16:00:00Z' }] };
    const [only] = unmetPreferences(all, late, new Date('2030-01-01T22:30:00Z'));
    expect(unmetSentence(only!, 'en')).toBe('11 days left; you want 45 or more');
    expect(unmetSentence(only!, 'fr').replace(/\u00a0/g, ' ')).toBe(
      '11 jours restants ; il vous en faut au moins 45',
    );
    expect(unmetSentence(unmetPreferences(all, late, new Date('2030-01-01T23:30:00Z'))[0]!, 'en')).toBe(
      '10 days left; you want 45 or more',
    );
  });

  it('take a range of levels that meets theirs, a deadline that is over, and money of another currency', () => {
    expect(unmet({ trl: { from: 5, to: 8, quote: '' } })).toEqual([]);
    expect(
      unmet({ deadlines: [{ ...fitting.deadlines[0]!, at: new Date(NOW.getTime() - 1).toISOString() }] }),
    ).toEqual([]);
    expect(unmet({ budget: budget(4_000_000, 6_000_000, 'USD') })).toEqual([]);
  });

  it('take a place where applicants from France can apply, or where one of their countries is', () => {
    for (const met of [
      place('established', 'FR', 'NO'),
      place('established', 'RO', 'TN'),
      place('action', 'DE', 'KE'),
      {},
    ])
      expect(unmet(met)).toEqual([]);
    expect(unmet(place('action', 'FR'))).toHaveLength(1);
  });

  it('take a role that is left to them, and say of each other one by what', () => {
    const overrides = (roles: Role[], ...rules: RoleRule['rule'][]) =>
      unmetPreferences(Preferences.parse({ roles }), { ...fitting, ...rule(...rules) }, NOW).map((u) =>
        unmetSentence(u, 'en'),
      );
    for (const rules of [['consortium'], ['single-applicant']] as const)
      expect(overrides(['coordinator', 'alone'], ...rules)).toEqual([]);
    expect(overrides(['partner'], 'running-coordinator', 'consortium')).toEqual([]);
    expect(overrides([], 'smes-only')).toEqual([]);
    expect(overrides(['alone'], 'consortium')).toEqual([
      'a consortium must apply; you prefer to apply alone',
    ]);
    expect(overrides(['partner'], 'single-applicant')).toEqual([
      'only a single applicant can apply; you prefer to be a partner',
    ]);
  });

  it('are refused with their ends the wrong way round', () => {
    for (const wrong of [
      { trl: { min: 7, max: 3 } },
      { budget: { min: 2, max: 1 } },
      { trl: { min: 0 } },
      { minLeadDays: 0 },
      { countries: ['fr'] },
      { countries: ['ZZ'] },
      { roles: ['boss'] },
      { other: 1 },
    ])
      expect(Preferences.safeParse(wrong).success).toBe(false);
    expect(Preferences.parse({ trl: { min: 4 } })).toMatchObject({ trl: { min: 4, max: 9 } });
  });
});
