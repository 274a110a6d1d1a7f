import {
  COUNTRIES,
  countriesForPeople,
  countryOf,
  MEMBER_STATES,
  typedCountry,
} from '../../../src/calls/domain/countries.js';
import type { ParsedCall, Section } from '../../../src/calls/domain/parsed-call.js';
import { statedPlace } from '../../../src/calls/domain/normalise.js';

type Overrides = Parameters<typeof statedPlace>[0];
const NAMELESS: Overrides = { kind: 'grant', identifier: 'HORIZON-X', title: 'Membranes', sections: [] };
const section = (text: string, title = 'Conditions', kind: Section['kind'] = 'conditions'): Section => ({
  kind,
  title,
  text,
});
const said = (text: string, overrides: Partial<Overrides> = {}) =>
  statedPlace({ ...NAMELESS, sections: [section(text)], ...overrides });
const countries = (text: string): string | null => said(text)?.countries.join(' ') ?? null;
const union = (...more: string[]): string => [...MEMBER_STATES, ...more].sort().join(' ');
const limited = (list: string): string =>
  `In order to safeguard the Union’s interests, participation is limited to legal entities established in ${list}`;

describe('where applicants must be established', () => {
  it.each<[string, string]>([
    [limited('Member States, Norway and Iceland.'), union('IS', 'NO')],
    [
      'Other Eligible ConditionsParticipation in this topic is limited to legal entities established in EU Member States and Norway.described in Annex B.',
      union('NO'),
    ],
    [
      limited(
        'Member States, Iceland and Norway and the following additional associated countries : Canada, New-Zealand, Republic of Korea, and the United Kingdom.',
      ),
      union('CA', 'GB', 'IS', 'KR', 'NO', 'NZ'),
    ],
    [
      limited(
        'Member States and in countries associated to the Invented Programme (Ukraine and Switzerland).',
      ),
      union('CH', 'UA'),
    ],
    ['Eligible organisations should be established in Türkiye, Serbia or Tunisia', 'RS TN TR'],
    [
      'Applicants must be legally established in one of the following countries: Bosnia and Herzegovina, Republic of Moldova, Turkey.',
      'BA MD TR',
    ],
    ['Beneficiaries must be registered in a Member State of the European Union.', union()],
    ['Other Eligible ConditionsApplicants must be established in Serbia.', 'RS'],
    ['To be eligible, all the eligible applicants must be established in Serbia.', 'RS'],
    ['All of the participants must be established in Serbia and all other EU Member States.', union('RS')],
  ])('%s', (text, expected) => expect(countries(text)).toBe(expected));

  it('is quoted from where it begins to where the sentence ends', () => {
    expect(said(`Before. ${limited('Member States and Norway.3. More')}`)).toMatchObject({
      kind: 'established',
      quote: 'participation is limited to legal entities established in Member States and Norway',
    });
  });

  it.each([
    limited('Member States and Associated Countries.'),
    limited('Member States, Associated Countries, OECD and Mercosur countries.'),
    limited('African Union Member States.'),
    limited('Member States, Norway and Ruritania.'),
    'Applicants must be established in the areas that are most at risk.',
    'Applicants must be based in Mission Regions of Italy.',
    'At least one legal entity must be established in Ukraine.',
    'The living labs must be located in Spain and Portugal.',
    'Entities established in China are not eligible to participate.',
    'Legal entities established in Canada may exceptionally participate.',
    'Participation of legal entities established in Japan is encouraged.',
    'At least one of the applicants must be established in Ukraine.',
    'At least one, preferably two, applicants must be established in Ukraine.',
    'The lead applicant must be established in Ukraine.',
    'Co-applicants must be established in Ukraine.',
    'At least two beneficiaries must be established in Ukraine.',
    'The coordinating organisation must be based in Serbia.',
    'Partner organisations must be established in Serbia.',
    'Not all participants must be established in Serbia.',
    'FSTP applicants must be established in Serbia.',
    'Third-party beneficiaries must be established in Serbia.',
    'Money for third parties: the beneficiaries must be established in Serbia.',
  ])('is not said by: %s', (text) => expect(said(text)).toBeUndefined());

  it('is read word by word, not all of the list again for each of its names', () => {
    const steps = (names: number): number => {
      const exec = jest.spyOn(RegExp.prototype, 'exec');
      expect(countries(`Applicants must be established in ${Array(names).fill('Chad').join(', ')}.`)).toBe(
        'TD',
      );
      const { length } = exec.mock.calls;
      exec.mockRestore();
      return length;
    };
    expect(steps(100) / steps(50)).toBeLessThan(2.2);
  });

  it('is not chosen among two statements that are not the same', () => {
    const [one, other] = [
      'Applicants must be established in Serbia.',
      'Applicants must be established in Tunisia.',
    ];
    expect(said(`${one} ${one}`)).toMatchObject({ countries: ['RS'] });
    expect(said(`${one} ${other}`)).toBeUndefined();
  });

  it('is what a list of the countries that take part says, where each of them is known', () => {
    const of = (text: string) =>
      statedPlace({ ...NAMELESS, sections: [section(text, 'Countries and regions', 'other')] })?.countries;
    expect(of('Austria\nSouth Korea\nCzech Republic')).toEqual(['AT', 'CZ', 'KR']);
    expect(of('Austria\nRuritania')).toBeUndefined();
    expect(statedPlace({ ...NAMELESS, sections: [section('Austria\nFrance', 'Results')] })).toBeUndefined();
  });

  it.each<[string, string | undefined]>([
    ['Vouchers for SMEs established in Spain or France', 'ES FR'],
    ['Vouchers for SMEs established in Spain, France and Italy to test sensors', 'ES FR IT'],
    ['Vouchers for SMEs established in Italy and all Member States', union()],
    ['Vouchers for SMEs established in Estonia, Latvia and other EU countries', union()],
    ['Vouchers for SMEs established in Ukraine and other EU Member States – second round', union('UA')],
    ['Vouchers for SMEs established in Estonia and beyond', undefined],
    ['Vouchers for SMEs established in Estonia, Ruritania or Latvia', undefined],
    ['Vouchers for SMEs established in all Member States but Hungary', undefined],
  ])('is all that the name of a cascade call lists, or nothing: %s', (title, expected) => {
    expect(said('', { kind: 'cascade', title })?.countries.join(' ')).toBe(expected);
  });

  it('is said by the name of a cascade call, and by that of no other', () => {
    const title = 'Money for start-ups registered in Estonia for new tools';
    expect(said('', { kind: 'cascade', title })).toEqual({
      kind: 'established',
      countries: ['EE'],
      quote: title,
    });
    expect(said('', { title })).toBeUndefined();
    expect(
      said('', { kind: 'cascade', title: 'Scholarships at an invented university (Romania)' }),
    ).toBeUndefined();
  });
});

describe('where an action takes place', () => {
  const action = (title: string, identifier: string | null = null, text = '') =>
    said(text, { kind: 'external-action', title, identifier });

  it.each<[string, string[]]>([
    ['Support to Civil Society in Kazakhstan', ['KZ']],
    ['Renforcement des organisations de la société civile au Burundi', ['BI']],
    ['CONVOCATORIA TEMÁTICA EN ECUADOR', ['EC']],
    ['Combate ao tráfico na Guiné-Bissau', ['GW']],
    ['Human rights in Sri Lanka and the Maldives', ['LK', 'MV']],
    ['Papua New Guinea (PNG) – Civic participation', ['PG']],
    ['Accès à la santé en RDC', ['CD']],
    ["Civic space in Côte d'Ivoire", ['CI']],
    ['Media in Bosnia and Herzegovina 2026', ['BA']],
    ['Training in the Central African Republic', ['CF']],
  ])('is said by the name of an external action: %s', (title, expected) =>
    expect(action(title)).toEqual({ kind: 'action', countries: expected, quote: title }),
  );

  it('is that of its reference where its name holds none', () => {
    expect(action('Freedom of expression', 'EuropeAid/199999/DD/ACT/AL')).toEqual({
      kind: 'action',
      countries: ['AL'],
      quote: 'EuropeAid/199999/DD/ACT/AL',
    });
    expect(action('Health in Somalia', 'EuropeAid/199999/DD/ACT/Multi')).toMatchObject({ countries: ['SO'] });
    for (const reference of ['EuropeAid/199999/DD/ACT/Multi', 'EuropeAid/199999/DD/ACT/QQ', 'OTHER/AL'])
      expect(action('Freedom of expression', reference)).toBeUndefined();
  });

  it('is what the text says before what the name says', () => {
    expect(
      action('Peace around Kenya', null, 'Location: actions must take place in Uganda and Rwanda.'),
    ).toMatchObject({ countries: ['RW', 'UG'], quote: 'actions must take place in Uganda and Rwanda' });
  });

  it.each([
    'Fishing in Lake Chad',
    'Ports of the Gulf of Guinea',
    'Cypriot civil society',
    'Great Lakes window',
    'a jersey for georgia',
  ])('is not said by: %s', (title) => expect(action(title)).toBeUndefined());
  it('is not said by the names of other calls', () =>
    expect(
      said('', { kind: 'grant' satisfies ParsedCall['kind'], title: 'Frugal mining in Chile' }),
    ).toBeUndefined());
});

describe('countries', () => {
  it('are those of ISO 3166 and Kosovo, no union and no code of former times', () => {
    expect(COUNTRIES).toHaveLength(250);
    expect(['FR', 'XK', 'GB'].every((c) => COUNTRIES.includes(c))).toBe(true);
    expect(['EU', 'UK', 'ZZ', 'SU', 'AC'].some((c) => COUNTRIES.includes(c))).toBe(false);
    expect(MEMBER_STATES.filter((c) => COUNTRIES.includes(c))).toHaveLength(27);
  });

  it('are read by the names that the platform gives, each of them, and some more', () => {
    for (const language of ['en', 'fr', 'es', 'pt']) {
      const names = new Intl.DisplayNames(language, { type: 'region' });
      expect(COUNTRIES.filter((code) => countryOf(names.of(code)!) !== code)).toEqual([]);
      expect(
        COUNTRIES.filter(
          (code) => countryOf(names.of(code)!.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()) !== code,
        ),
      ).toEqual([]);
    }
    expect(
      ['Allemagne', 'the netherlands', 'Czech Republic', 'RDC', 'Atlantis', 'FR'].map(countryOf),
    ).toEqual(['DE', 'NL', 'CZ', 'CD', null, null]);
  });

  it('are read as people type them, without accents and by the codes of the Union', () => {
    expect(
      ['Etats-Unis', 'Suede', 'NORVEGE', 'Bresil', 'EL', 'el', 'gr', 'uk', 'Atlantis'].map(typedCountry),
    ).toEqual(['US', 'SE', 'NO', 'BR', 'GR', 'GR', 'GR', 'GB', 'Atlantis']);
  });

  it('are not found in words of a text that would be a name with other accents, or a code', () => {
    for (const title of ['Vivienda en El Alto', 'After the IRA: markets'])
      expect(statedPlace({ ...NAMELESS, kind: 'external-action', title })).toBeUndefined();
  });

  it('are told by name, the member states of the Union together', () => {
    expect(countriesForPeople([...MEMBER_STATES, 'IS', 'NO'], 'en')).toBe(
      'EU Member States, Iceland and Norway',
    );
    expect(countriesForPeople([...MEMBER_STATES, 'NO'], 'fr')).toBe('États membres de l’UE et Norvège');
  });
});
