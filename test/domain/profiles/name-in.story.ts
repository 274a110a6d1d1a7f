import { nameIn } from '../../../src/profiles/domain/names-in.js';
import { readInstitutes } from '../../../src/app/config/institutes.js';

describe('the name of an institute in a sentence', () => {
  it.each([
    ['Carnot CEA-Leti', 'le Carnot CEA-Leti', 'au Carnot CEA-Leti', 'du Carnot CEA-Leti'],
    ['Carnot@AP-HP', 'le Carnot@AP-HP', 'au Carnot@AP-HP', 'du Carnot@AP-HP'],
    ['Institut Curie', 'l’Institut Curie', 'à l’Institut Curie', 'de l’Institut Curie'],
    ['3BCAR', '3BCAR', 'à 3BCAR', 'de 3BCAR'],
    ['Inria', 'Inria', 'à Inria', 'd’Inria'],
    ['Carnotage', 'Carnotage', 'à Carnotage', 'de Carnotage'],
  ])('has its article and preposition in French: %s', (name, alone, to, of) => {
    expect([nameIn(name, 'name', 'fr'), nameIn(name, 'to', 'fr'), nameIn(name, 'of', 'fr')]).toEqual([
      alone,
      to,
      of,
    ]);
    expect(nameIn(name, 'to', 'en')).toBe(name);
  });

  it('says "au Carnot" of every institute that is shipped, and begins a sentence with a capital', () => {
    const names = readInstitutes('config').map(({ profile }) => profile.name);
    expect(names.length).toBeGreaterThan(40);
    expect(
      names.filter(
        (name) =>
          !nameIn(name, 'to', 'fr').startsWith('au Carnot') ||
          !nameIn(name, 'start', 'fr').startsWith('Le Carnot'),
      ),
    ).toEqual([]);
  });
});
