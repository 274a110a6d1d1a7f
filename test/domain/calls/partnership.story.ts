import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';
import { normalise } from '../../../src/calls/domain/normalise.js';
import {
  nationalAnnex,
  partnershipPlace,
  partnershipRound,
  sameRound,
} from '../../../src/calls/domain/partnership.js';
import { aCall } from '../../support/matching/calls.js';

const text = (words: string): ParsedCall['sections'] => [{ kind: 'summary', title: '', text: words }];
const on = (...days: string[]) => days.map((day) => ({ at: `${day}T15:00:00Z`, timeTold: true }));
const ANNEX =
  'Appel transnational conjoint 2031 du partenariat européen Water4All.\nLes équipes françaises sont financées par l’Agence inventée ; elles demandent au plus 200 000 € chacune.\nBudget indicatif pour la France (Agence inventée) : 2.3 M€.';
const french = (title: string, told: Partial<ParsedCall> = {}) =>
  normalise(
    aCall(title, {
      title,
      language: 'fr',
      funder: 'Agence inventée',
      programme: null,
      sections: text(ANNEX),
      deadlines: on('2031-07-16'),
      ...told,
    }),
  );
const central = (title: string, told: Partial<ParsedCall> = {}) =>
  normalise(
    aCall(title, {
      title,
      kind: 'cascade',
      identifier: 'HORIZON-CL6-2021-WATER-01',
      project: { acronym: 'Water4All', name: 'Water security for the planet', id: null },
      parentTopic: { identifier: 'HORIZON-CL6-2021-WATER-01', title: 'European Partnership Water4All' },
      deadlines: on('2031-07-16', '2031-12-01'),
      ...told,
    }),
  );
const cofund = normalise(
  aCall('FOUND', {
    title: 'European Partnership Water4All',
    identifier: 'HORIZON-CL6-2021-WATER-01',
    typesOfAction: ['HORIZON Programme Cofund Actions'],
  }),
);
const member = (id: string, content: ReturnType<typeof french>) => ({ id, content });

describe('the place of a call in a partnership', () => {
  it.each([
    ['Appel à projets Water4All 2031 « Sols »', 'Water4All'],
    ['Stockage (CETP 2031)', 'CETPartnership'],
    ['M-ERA.NET : Revêtements', 'M-ERA.NET'],
    ['Bien-être animal (EUP AH&W 2031)', 'EUP AH&W'],
    ['Biodiversa+ 2031 – Forêts', 'Biodiversa+'],
    ['ChistEra et CHIST-ERA 2031', 'CHIST-ERA'],
  ])('is national in what a French funder announces: %s', (title, name) => {
    expect(partnershipPlace(french(title))).toEqual({ name, layer: 'national' });
  });

  it('is that of the joint call itself for a call of its project, and of the topic that co-funds it', () => {
    expect(partnershipPlace(central('Joint call 2031'))).toEqual({ name: 'Water4All', layer: 'central' });
    expect(partnershipPlace(cofund)).toEqual({ name: 'Water4All', layer: 'founding' });
  });

  it.each([
    ['names none', french('Fours solaires 2031')],
    ['is a funder’s own', french('Water4All et nous', { sections: text('Un prix de l’agence.') })],
    ['is no French funder’s', french('Water4All 2031', { funder: undefined })],
    ['only begins alike', french('PARCOURS 2031')],
  ])('is none for a call that %s', (_, call) => expect(partnershipPlace(call)).toBeNull());
});

it('two calls are of one round that close on one day, or in whose titles is one year', () => {
  const [a, b] = [french('Water4All : Sols'), central('Joint call')];
  expect(sameRound(a, b)).toBe(true);
  expect(
    sameRound(french('Water4All 2031', { deadlines: [] }), central('Call 2031', { deadlines: [] })),
  ).toBe(true);
  expect(sameRound(french('Water4All 2031'), central('Call 2030', { deadlines: on('2030-07-16') }))).toBe(
    false,
  );
  expect(sameRound(french('Water4All', { deadlines: [] }), b)).toBe(false);
});

describe('the layers of a joint call', () => {
  const [own, region, other] = [
    member('own', french('Water4All 2031 – Sols')),
    member('region', french('Nappes (Water4All 2031)', { funder: 'Région inventée' })),
    member('other', french('Water4All 2029', { deadlines: on('2029-07-16') })),
  ];
  const joint = member('joint', central('Joint call 2031'));
  const later = member('later', central('Second call 2031', { deadlines: on('2031-10-01') }));
  const founding = member('founding', cofund);

  it('are put together from either side, without other rounds', () => {
    for (const origin of [own, joint]) {
      const round = partnershipRound(origin, [later, region, own, joint, other, founding])!;
      expect(round).toMatchObject({
        name: 'Water4All',
        central: { id: 'joint' },
        founding: { id: 'founding' },
        parent: { identifier: 'HORIZON-CL6-2021-WATER-01' },
      });
      expect(round.national.map((n) => n.id).sort()).toEqual(['own', 'region']);
    }
  });

  it('are missing where they are not known, and none is put in their place', () => {
    expect(partnershipRound(own, [other])).toMatchObject({ central: null, founding: null, parent: null });
    expect(partnershipRound(joint, [other])).toMatchObject({ central: { id: 'joint' }, national: [] });
    expect(partnershipRound(founding, [own])).toBeNull();
    expect(partnershipRound(member('x', french('Fours')), [own])).toBeNull();
  });
});

describe('what a French funder says of a joint call', () => {
  it('is quoted: whom it funds, and how much there is', () => {
    expect(nationalAnnex(french('Water4All 2031'))).toEqual({
      funder: 'Agence inventée',
      eligibility: [
        'Les équipes françaises sont financées par l’Agence inventée ; elles demandent au plus 200 000 € chacune.',
      ],
      budget: 'Budget indicatif pour la France (Agence inventée) : 2.3 M€.',
    });
  });

  it('is nothing where it is not said', () => {
    const said = french('Water4All 2031', { sections: text('Appel transnational conjoint. Thème : eau.') });
    expect(nationalAnnex(said)).toEqual({ funder: 'Agence inventée', eligibility: [], budget: null });
  });
});
