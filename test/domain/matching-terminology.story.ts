import { Terminology } from '../../src/matching/domain/analysis/terminology.js';
import { Vocabulary } from '../../src/profiles/domain/vocabulary.js';

const vocabulary = Vocabulary.parse({
  french: {
    'pile à combustible': 'fuel cell',
    pile: 'battery',
    combustible: 'fuel',
    hydrogène: 'hydrogen',
    stockage: 'storage',
    marché: 'market',
    marche: 'walking',
    laser: 'laser',
    essai: ['test', 'trial'],
    léger: 'lightweight',
    matériau: 'material',
    'réseau sans fil': 'wireless network',
    fil: 'wire',
    réseau: ['network', 'grid'],
    semiconducteur: 'semiconductor',
    'recherche et développement': 'research and development',
    recherche: 'research',
    'eaux usées': 'wastewater',
    eau: 'water',
    électrolyseur: 'electrolyser',
    petit: 'small',
    actif: 'active',
    productrice: 'producer',
    robotique: 'robotics',
    capteur: 'sensor',
    optimisation: 'optimisation',
    plastique: 'plastic',
  },
  acronyms: {
    PEMFC: 'proton exchange membrane fuel cell',
    IA: 'artificial intelligence',
    AI: 'artificial intelligence',
  },
  same: [
    ['wastewater', 'waste water', 'sewage'],
    ['life cycle assessment', 'LCA', 'life cycle analysis'],
    ['upscaling', 'scale-up', 'scaling up'],
  ],
});
const terms = Terminology.fromVocabularies([vocabulary]);
const english = (text: string, of = terms) =>
  of.pieces(text).map((p) => [text.slice(p.start, p.end), p.english.join('|')].join(' = '));
const stems = (text: string, language: 'fr' | 'en') =>
  terms
    .english(text, language)
    .map((s) => s.stem)
    .join(' ');

describe('terminology', () => {
  it('is read a term at a time, and once', () => {
    const read = Terminology.fromVocabularies([vocabulary]);
    const { french, acronyms, same } = vocabulary;
    const all = [french, acronyms, same].map((part) => Object.keys(part).length);
    expect([...read.prepare()]).toHaveLength(all.reduce((sum, n) => sum + n));
    expect([...read.prepare()]).toHaveLength(0);
    expect(read.pieces('pile')).toEqual(terms.pieces('pile'));
  });

  it.each([
    [
      'Piles à combustible et stockage de l’hydrogène',
      ['Piles à combustible = fuel cell', 'stockage = storage', 'hydrogène = hydrogen'],
    ],
    ['la pile, le combustible', ['pile = battery', 'combustible = fuel']],
    ['marchés et marches', ['marchés = market', 'marches = walking']],
    ['réseaux sans fil', ['réseaux sans fil = wireless network']],
    ['réseau de fils', ['réseau = network|grid', 'fils = wire']],
    ['semi-conducteurs', ['semi-conducteurs = semiconductor']],
    ['recherche et développement', ['recherche et développement = research and development']],
    ['ELECTROLYSEURS', ['ELECTROLYSEURS = electrolyser']],
    ["l'IA embarquée", ['IA = artificial intelligence|IA', 'embarquée = embarquee']],
  ])('says %s in English, the longest terms first', (text, expected) =>
    expect(english(text)).toEqual(expected),
  );

  it.each([
    'laser/lasers',
    'essai/essais',
    'léger/légers/légère/légères',
    'matériau/matériaux',
    'réseau/réseaux',
    'actif/actives',
    'producteur/productrices',
    'eau/eaux',
    'petit/petits/petite/petites',
  ])('knows %s as forms of one word', (forms) =>
    expect(new Set(forms.split('/').map((w) => english(w)[0]!.split(' = ')[1])).size).toBe(1),
  );

  it('keeps what it does not know, as the English word that it looks like where there is one, and counts it less', () => {
    expect(terms.pieces('producteur activité zirconium').map((p) => [p.english[0], p.known])).toEqual([
      ['producer', true],
      ['activity', false],
      ['zirconium', false],
    ]);
    const [known, unknown] = terms.pieces('hydrogène zirconium');
    expect(known!.weight).toBeGreaterThan(unknown!.weight);
  });

  it('reads English that calls write in several ways, and acronyms, as one', () => {
    expect(stems('sewage treatment', 'en')).toBe(stems('waste water treatment', 'en'));
    expect(stems('eaux usées', 'fr')).toBe(stems('sewage', 'en'));
    expect(stems('PEMFC', 'en')).toBe(stems('proton exchange membrane fuel cells', 'en'));
    expect(stems('LCA', 'en')).toBe(stems('life cycle analysis', 'en'));
    expect(stems('AI', 'en')).toBe(stems('IA', 'fr').replace(/ ia$/, ''));
    expect(stems('scaling up at scale', 'en').split(' ')).toHaveLength(2);
  });

  it('points each English stem at its place', () => {
    const text = 'des piles à combustible';
    expect(terms.english(text, 'fr').map(({ stem, start, end }) => [stem, text.slice(start, end)])).toEqual([
      ['fuel', 'piles à combustible'],
      ['cell', 'piles à combustible'],
    ]);
  });

  it("puts a profile's own terms before the others, of one length", () => {
    const own = terms.extendedBy({ pile: 'stack', 'stockage de l’hydrogène': ['hydrogen store'] });
    expect(english('pile, pile à combustible, stockage hydrogène', own)).toEqual([
      'pile = stack',
      'pile à combustible = fuel cell',
      'stockage hydrogène = hydrogen store',
    ]);
    expect(english('pile')).toEqual(['pile = battery']);
  });

  it('says nothing without a vocabulary', () =>
    expect(Terminology.none.pieces('pile').map((p) => p.known)).toEqual([false]));

  it.each([
    ['pile à combustible', 'fr'],
    ['stockage d’hydrogène', 'fr'],
    ['éolienne', 'fr'],
    ['stockage', 'fr'],
    ['capteurs robotiques', 'fr'],
    ['recherche', 'fr'],
    ['matériaux légers', 'fr'],
    ['fuel cell', 'en'],
    ['hydrogen storage', 'en'],
    ['lightweight materials', 'en'],
    ['network of sensors', 'en'],
    ['wastewater', 'en'],
    ['batteries', 'en'],
    ['research', 'en'],
    ['We store hydrogen in networks for the market', 'en'],
    ['Nous faisons des essais de capteurs pour la recherche', 'fr'],
  ])('knows the language of "%s" as %s, whatever the profile\'s', (text, language) => {
    expect([terms.languageOf(text, 'fr'), terms.languageOf(text, 'en')]).toEqual([language, language]);
  });

  it.each(['laser', 'optimisation', 'zirconium', 'PEMFC', 'H2 2030', ''])(
    'takes "%s", which may be both, for what the profile is written in',
    (text) => {
      expect([terms.languageOf(text, 'fr'), terms.languageOf(text, 'en')]).toEqual(['fr', 'en']);
    },
  );

  const readings = (text: string, to: 'fr' | 'en', from = terms.languageOf(text, 'fr')) =>
    terms.readings(text, from, to);
  it.each([
    ['stockage de l’hydrogène', 'hydrogen storage'],
    ['stockage léger de l’hydrogène', 'lightweight hydrogen storage'],
    ['réseau de capteurs actifs', 'active sensor network'],
    ['essai de piles à combustible', 'fuel cell trial'],
    ['eaux usées', 'sewage'],
    ['recherche sur l’IA', 'artificial intelligence research'],
    ['pile à combustible PEMFC', 'proton exchange membrane fuel cell fuel cell'],
  ])('reads "%s" as "%s"', (text, english) => expect(readings(text, 'en')).toContain(english));

  it('reads a term in the other ways that any of the vocabularies knows', () => {
    const of = (same: string[][]) => Vocabulary.parse({ french: {}, acronyms: {}, same });
    const two = Terminology.fromVocabularies([
      of([['non-destructive testing', 'nondestructive testing']]),
      of([['non-destructive testing', 'non-destructive evaluation', 'NDE']]),
    ]);
    expect(two.readings('non-destructive testing', 'en', 'en')).toEqual([
      'non-destructive testing',
      'nondestructive testing',
      'non-destructive evaluation',
      'NDE',
    ]);
  });

  it('reads English with its acronyms and its other ways, but by no word that would be found elsewhere', () => {
    expect(readings('life cycle analysis of batteries', 'en')).toEqual([
      'life cycle analysis of batteries',
      'life cycle assessment of batteries',
      'LCA of batteries',
    ]);
    expect(readings('PEMFC', 'en', 'en')).toEqual(['PEMFC', 'proton exchange membrane fuel cell']);
    expect(readings('upscaling', 'en', 'en')).toEqual(['upscaling']);
    expect(readings('artificial intelligence', 'en')).toContain('AI');
    expect(readings('artificial intelligence', 'en')).not.toContain('IA');
  });

  it('reads English in French for French calls, where it has all of the words', () => {
    expect(readings('hydrogen storage', 'fr')).toEqual(['hydrogen storage', 'stockage hydrogène']);
    expect(readings('fuel cell market', 'fr')).toEqual(['fuel cell market', 'marché pile à combustible']);
    expect(readings('unheard-of storage', 'fr')).toEqual(['unheard-of storage']);
  });
});
