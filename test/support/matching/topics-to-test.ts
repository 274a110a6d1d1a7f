import { aCall, deadline } from './calls.js';
import { aProfile } from './profiles.js';

const about = (reference: string, title: string, text: string, told = {}) =>
  aCall(reference, { title, sections: [{ kind: 'expected-outcome', title: '', text }], ...told });

/** One call for each possible outcome of a topic. */
export const TOPICS = {
  fits: about('FITS-2030-01', 'Fuel cell stacks', 'A fuel cell for ships, and each fuel cell of a bus.'),
  far: about(
    'PEAT-2030-01',
    'Peat bog mosses',
    'Projects are expected to contribute to the care of peat bog mosses, with birds for each of the peat bog mosses that last.',
  ),
  excluded: about(
    'BOMB-2030-01',
    'Fuel cell <b>and bomb</b>',
    'A fuel cell beside a bomb, and each fuel cell of it.',
  ),
  others: about(
    'AGRIP',
    'Vans for farm products',
    'A fuel cell for vans, and each fuel cell of a campaign, and a fuel cell for fairs.',
    { identifier: 'AGRIP-SIMPLE-2030-FUELCELL' },
  ),
  closed: about('SHORT-2030-01', 'Fuel cell in a day', 'A fuel cell, and each fuel cell.', {
    deadlines: [deadline(-1)],
  }),
  twice: about('TWICE-2030-01', 'Twice told', 'One of two.', {
    reference: 'twice-a',
    identifier: 'HORIZON-TWICE-2030-01',
  }),
  again: about('TWICE-2030-01', 'Told twice', 'The other of two.', {
    reference: 'twice-b',
    language: 'fr',
    identifier: 'HORIZON-TWICE-2030-01',
  }),
};
export const NOISE = Array.from({ length: 60 }, (_, i) =>
  about(
    `OTHER-2030-${i}`,
    `Libraries ${i}`,
    'Catalogues, shelves and projects that are expected to contribute to reading.',
  ),
);

export const TESTED = aProfile('ours', {
  name: 'Carnot Hydrogène',
  language: 'fr',
  contacts: [{ name: 'Anne', email: 'anne@example.org' }],
  competences: [
    {
      label: 'Hydrogen',
      description: '',
      keywords: ['fuel cell', 'hydrogen'],
      exclusions: ['bomb'],
      weight: 1,
    },
    { label: 'Manuscripts', description: '', keywords: ['palimpsest'], exclusions: [], weight: 1 },
  ],
});
