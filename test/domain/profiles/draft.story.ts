import { CallIndex } from '../../../src/matching/domain/index/call-index.js';
import { Terminology } from '../../../src/matching/domain/analysis/terminology.js';
import {
  draftCompetences,
  LONGEST_DESCRIPTION,
  type Draft,
} from '../../../src/matching/domain/drafting/draft.js';
import type { TermStatistics } from '../../../src/matching/domain/drafting/draft-keywords.js';
import { toEnd } from '../../../src/kernel/time-slices.js';
import { Competence } from '../../../src/profiles/domain/profile.js';
import { readVocabulary } from '../../../src/app/config/vocabulary.js';
import { aCall } from '../../support/matching/calls.js';
import { cpuSeconds } from '../../support/cpu-seconds.js';

/** Texts of calls, one each; the words of the last fifty occur in most of them. */
const SUBJECTS = [
  'Wastewater treatment plants and water reuse in agriculture',
  'Hydrogen storage in salt caverns',
  'Additive manufacturing of metals',
  'Non-destructive testing of composite parts',
  'Machine learning for medical imaging',
  'Remote sensing of river basins and flood risk',
  'Lignocellulosic biomass in biorefineries',
  'Groundwater quality and emerging pollutants',
];
const known = ((): TermStatistics => {
  const index = new CallIndex();
  SUBJECTS.forEach((text, i) => index.put(`s${i}`, aCall(`s${i}`, { title: text, sections: [] })));
  for (let i = 0; i < 50; i += 1)
    index.put(
      `o${i}`,
      aCall(`o${i}`, {
        title: 'Innovative solutions for industry',
        sections: [{ kind: 'scope', title: '', text: 'Proposals address digital technologies and energy.' }],
      }),
    );
  return {
    terminology: Terminology.fromVocabularies(readVocabulary('config')),
    calls: (language) => index.sizeIn(language),
    holding: (texts, language) => index.holding(texts, language),
  };
})();

const drafted = (text: string, statistics: TermStatistics | null): Draft =>
  toEnd(draftCompetences(text, statistics));
const labels = (text: string, statistics: TermStatistics | null = known) =>
  drafted(text, statistics).competences.map((c) => c.label);
const keywords = (text: string, statistics: TermStatistics | null = known) =>
  drafted(text, statistics).competences.flatMap((c) => c.keywords);

describe('a profile drafted from a description', () => {
  it('has one competence for pieces under the same heading', () => {
    const text =
      'We work on:\n- Energy: hydrogen storage\n- Testing: composite parts\n- Energy: salt caverns';
    expect(drafted(text, known).competences).toMatchObject([
      { label: 'Energy', description: 'hydrogen storage salt caverns' },
      { label: 'Testing' },
    ]);
    expect(keywords(text)).toEqual(expect.arrayContaining(['hydrogen storage', 'salt caverns']));
  });

  it('has a competence for each entry of a list, and none for what is said about the institute', () => {
    const text = `The institute brings together 500 researchers and was founded in 2006.\nOur expertise:\n- Hydrogen storage: caverns and tanks\n- Additive manufacturing of metals and ceramics\n• Biorefineries – lignocellulosic biomass`;
    expect(labels(text)).toEqual([
      'Hydrogen storage',
      'Additive manufacturing of metals and ceramics',
      'Biorefineries',
    ]);
    expect(keywords(text)).toEqual(expect.arrayContaining(['hydrogen storage', 'lignocellulosic biomass']));
    expect(keywords(text).join(' ')).not.toMatch(/researchers|founded|2006/);
  });

  it('has one for each heading, with the words of what stands below it', () => {
    const body =
      'Laser welding, additive manufacturing of metals, and forming of lightweight alloys for the factories of tomorrow and for small series.';
    const { competences } = drafted(
      `Who we are\nWe serve companies with passion and a long list of successful projects all over Europe since many years.\n\nMetal processes\n${body}\n\n## Water\nWastewater treatment and water reuse.`,
      known,
    );
    expect(competences.map((c) => c.label)).toEqual(['Metal processes', 'Water']);
    expect(competences[0]).toMatchObject({
      description: body,
      weight: 1,
      exclusions: [],
      keywords: expect.arrayContaining(['additive manufacturing of metals', 'laser welding']),
    });
  });

  it('has one for each sentence of prose that names something', () => {
    const text =
      'Founded in 2006, we are the partner of industry. We work on hydrogen storage in caverns. Our teams develop machine learning for medical imaging. It has an excellent network of partners.';
    expect(labels(text)).toEqual(
      ['Hydrogen storage and caverns', 'Machine learning and medical imaging'].map((l) =>
        expect.stringContaining(l.split(' and ')[0]!),
      ),
    );
  });

  it('takes a sentence that lists many things apart', () => {
    expect(
      labels('We work on hydrogen storage, additive manufacturing, flood risk and medical imaging.'),
    ).toHaveLength(4);
  });

  it('gives French keywords and what calls say for them in English', () => {
    const text =
      'Nos domaines :\n- Traitement des eaux usées et réutilisation de l’eau\n- Stockage de l’hydrogène\n- Fabrication additive et contrôle non destructif\n- Télédétection et qualité des eaux souterraines';
    const draft = drafted(text, known);
    expect(draft.language).toBe('fr');
    const all = draft.competences.flatMap((c) => c.keywords);
    expect(all).toEqual(
      expect.arrayContaining([
        'wastewater treatment',
        'hydrogen storage',
        'additive manufacturing',
        'non-destructive testing',
        'remote sensing',
        'groundwater quality',
      ]),
    );
    expect(all).toEqual(
      expect.arrayContaining([
        'fabrication additive',
        'contrôle non destructif',
        'traitement des eaux usées',
      ]),
    );
  });

  it.each([
    ['Récupérer la chaleur fatale', 'Chaleur fatale'],
    ['Nous mesurons la qualité des eaux souterraines', 'Qualité des eaux souterraines'],
    ['Concevoir et fabriquer des batteries lithium-ion plus sûres', 'Batteries lithium-ion plus sûres'],
    ['Produire de l’hydrogène', 'Hydrogène'],
    ['Analyse du cycle de vie', 'Analyse du cycle de vie'],
    ['Étudier le vieillissement des polymères', 'Vieillissement des polymères'],
    ['Mesure de la qualité de l’air', 'Mesure de la qualité de l’air'],
  ])('names a competence by a noun phrase: %s', (entry, label) => {
    expect(labels(`Nos activités :\n- ${entry}\n- Télédétection des bassins versants`)[0]).toBe(label);
  });

  it.each([
    ['We develop optical sensors', 'Optical sensors'],
    ['Developing intelligent sensors', 'Intelligent sensors'],
    ['To recover waste heat', 'Waste heat'],
    ['Our teams design and test the batteries of cars', 'Batteries of cars'],
    ['We work on hydrogen storage', 'Hydrogen storage'],
    ['Reduce and measure emissions of ships', 'Emissions of ships'],
    ['Design and manufacture of optics', 'Design and manufacture of optics'],
    ['Testing of composite parts', 'Testing of composite parts'],
    ['Additive manufacturing', 'Additive manufacturing'],
    ['Design tools for quantum chips', 'Design tools for quantum chips'],
    ['Furnace monitoring', 'Furnace monitoring'],
    ['Water treatment and use', 'Water treatment and use'],
    ['Recycling of plastics', 'Recycling of plastics'],
    ['Control of robotic arms', 'Control of robotic arms'],
  ])('names a competence by a noun phrase in English too: %s', (entry, label) => {
    expect(labels(`Our activities:\n- ${entry}\n- Remote sensing of river basins`)[0]).toBe(label);
  });

  const CLEAN_ROOMS =
    'L’institut conçoit et fabrique des capteurs intelligents dans ses salles blanches. Il caractérise des matériaux semi-conducteurs et accélère la mise sur le marché de composants photoniques. ' +
    'Ses 8 000 m² de salles blanches permettent de prototyper des dispositifs. Nos équipes transforment les déchets et récupèrent les terres rares.';
  const clean = ((): TermStatistics => {
    const index = new CallIndex();
    [
      'Clean room services',
      'White paper on white light sources',
      'Rare earth recycling',
      'Sensor manufacturing',
      'Device prototype',
      'Semiconductor materials characterisation',
      'Photonic components',
    ].forEach((title, i) => index.put(`c${i}`, aCall(`c${i}`, { title, sections: [] })));
    for (let i = 0; i < 60; i += 1)
      index.put(`n${i}`, aCall(`n${i}`, { title: 'Something else', sections: [] }));
    return {
      ...known,
      calls: (language) => index.sizeIn(language),
      holding: (texts, language) => index.holding(texts, language),
    };
  })();

  it('makes no keyword and no title of a verb of a French text, and translates no part of an expression by itself', () => {
    const { competences } = drafted(CLEAN_ROOMS, clean);
    const all = competences.flatMap((c) => c.keywords);
    expect(all).toEqual(
      expect.arrayContaining([
        'clean room',
        'salles blanches',
        'rare earth',
        'terres rares',
        'matériaux semi-conducteurs',
        'composants photoniques',
      ]),
    );
    expect(all).not.toContain('white');
    const verbs = /conçoit|fabri|caract|accél|permett|prototyp|transform|récup|manufactur|m²/i;
    expect([...all, ...competences.map((c) => c.label)].filter((text) => verbs.test(text))).toEqual([]);
  });

  it('makes no keyword and no title of a verb of an English text', () => {
    const text =
      'We develop sensors for wastewater treatment. Our teams fabricate photonic components and recover rare earth metals. The institute characterises semiconductor materials and predicts flood risk. They improve the quality of groundwater.';
    const { competences } = drafted(text, clean);
    const all = [...competences.map((c) => c.label), ...competences.flatMap((c) => c.keywords)];
    expect(all).toEqual(
      expect.arrayContaining(['photonic components', 'semiconductor materials', 'flood risk']),
    );
    expect(all.filter((said) => /develop|fabricat|recover|characteris|predict|improv/i.test(said))).toEqual(
      [],
    );
  });

  it('leaves out what stands in most calls', () => {
    expect(
      keywords(
        '- Digital technologies for innovative solutions and hydrogen storage\n- Energy for industry and machine learning',
      ),
    ).not.toEqual(expect.arrayContaining(['digital technologies']));
  });

  it('can do with no call at all', () => {
    expect(keywords('- Solid-state batteries\n- Photovoltaic cells', null)).toEqual([
      'solid-state batteries',
      'photovoltaic cells',
    ]);
  });

  it('is empty where a text says nothing, and the same each time', () => {
    expect(labels('We are a great team with many partners. Contact us.')).toEqual([]);
    const text = '- Hydrogen storage\n- Flood risk\n- Medical imaging';
    expect(drafted(text, known)).toEqual(drafted(text, known));
  });

  it('is always one that can be saved, whatever is pasted', () => {
    const odd = [
      '\0',
      '😀'.repeat(3_000),
      'a'.repeat(30_000),
      `${'- word another thing\n'.repeat(2_000)}`,
      'x, '.repeat(5_000),
      '<script>alert(1)</script> wind turbines',
      ':::\n---\n***',
      `${'mot de '.repeat(3_000)}.`,
    ];
    for (const text of [...odd, odd.join('\n')]) {
      const { competences } = drafted(text.slice(0, LONGEST_DESCRIPTION), known);
      expect(competences.length).toBeLessThanOrEqual(50);
      for (const c of competences) expect(Competence.safeParse(c).error).toBeUndefined();
    }
  });
});

describe('descriptions that are meant to keep their reader busy', () => {
  const filled = (piece: string): string => piece.repeat(LONGEST_DESCRIPTION / piece.length);
  it.each([
    ['one sentence of signs', filled('中 ')],
    ['one sentence of letters with marks of their own', filled('e\u0301 ')],
    ['verbs without an end', filled('use or ')],
    ['one word with dots', filled('x.y.')],
    ['one word with hyphens', filled('bio-')],
    ['one word with hyphens between pairs of letters', filled('ab-cd-')],
    ['short lines', filled('a\n')],
  ])('%s: take what their length takes', async (_, text) => {
    const few = await cpuSeconds(() => drafted(text.slice(0, LONGEST_DESCRIPTION / 8), known));
    // Quadratic growth would take 64 times as long.
    expect(await cpuSeconds(() => drafted(text, known))).toBeLessThan(0.5 + 16 * few);
  });
});
