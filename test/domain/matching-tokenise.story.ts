import { tokenise } from '../../src/matching/domain/analysis/tokenise.js';
import { cpuSeconds } from '../support/cpu-seconds.js';

const stems = (text: string, language: 'en' | 'fr' = 'en') => tokenise(text, language).map((t) => t.stem);
const written = (text: string, language: 'en' | 'fr' = 'en') =>
  tokenise(text, language).map((t) => text.slice(t.start, t.end));
const positions = (text: string, language: 'en' | 'fr' = 'en') =>
  tokenise(text, language).map((t) => t.position);

describe('tokenise', () => {
  it.each([
    ['The storage of hydrogen', ['storage', 'hydrogen']],
    ['H2, CO₂ and 5G at TRL 5-7', ['H2', 'CO₂', '5G', 'TRL', '5', '7']],
    ["Europe's bio-based industry", ['Europe', 'bio', 'based', 'industry']],
    ['🚀🚀 rocket 🧪 chemistry', ['rocket', 'chemistry']],
    ['the eﬃcient ﬁbre', ['eﬃcient', 'ﬁbre']],
    ['🚀𝒜tom, x𝒜 \uD835 日本 a\u0301b', ['𝒜tom', 'x𝒜', '日本', 'a\u0301b']],
    ['IT for us, and it works', ['IT', 'works']],
    ['see https://example.eu/solar?x=1 or me@solar.eu about HORIZON-CL5-2026-02-SOLAR-12', ['see']],
  ])('points into the original text: %s', (text, expected) => expect(written(text)).toEqual(expected));

  it('splits French elisions and knows French stop words', () => {
    expect(written("La qualité de l'eau et l’énergie d'aujourd'hui", 'fr')).toEqual([
      'qualité',
      'eau',
      'énergie',
    ]);
  });

  it.each([
    ['fibre modelling', 'fiber modeling'],
    ['digitalisation of behaviour', 'digitalization behavior'],
    ['CO₂', 'co2'],
    ['ﬁlm ＡＢＣ', 'film abc'],
    ['cafe\u0301', 'café'],
    ['hydro\u00ADgen', 'hydrogen'],
    ['BATTERIES', 'battery'],
    ['œuvre', 'oeuvre'],
    ['polymeric', 'polymer'],
  ])('reads %s and %s alike', (a, b) => expect(stems(a)).toEqual(stems(b)));

  it('stems French with its accents and compares without them', () => {
    expect(stems('énergies renouvelables', 'fr')).toEqual(stems('Énergie renouvelable', 'fr'));
    expect(stems('matériaux', 'fr')).toEqual(stems('MATÉRIAUX', 'fr'));
  });

  it('keeps apart what the stemmer throws together', () => {
    expect(new Set(stems('organic organisation organ organism')).size).toBe(4);
    expect(stems('additive')).not.toEqual(stems('addition'));
    expect(stems('hydrogenation')).not.toEqual(stems('hydrogen'));
    expect(stems('machining')).not.toEqual(stems('machine'));
    expect(stems('emergencies')).not.toEqual(stems('emerging'));
  });

  it('takes a word that every object has as a property for a word like any other', () => {
    for (const [text, stem] of [
      ['a constructor', 'constructor'],
      ['des constructors', 'constructor'],
    ] as const)
      for (const language of ['en', 'fr'] as const)
        expect(tokenise(text, language).map((t) => t.stem)).toContain(stem);
  });

  it('counts positions over words of meaning, moves on at joining words, and breaks at marks', () => {
    expect(positions('treatment of the water')).toEqual([0, 1]);
    expect(positions('energy and storage')).toEqual([0, 2]);
    expect(positions('bio-based')).toEqual([0, 1]);
    expect(positions('Industry 4.0')).toEqual([0, 1, 2]);
    const [, afterStop] = positions('hydrogen. Storage');
    expect(afterStop).toBeGreaterThan(5);
    const [, afterComma] = positions('hydrogen, storage');
    expect(afterComma).toBeGreaterThan(5);
  });

  it('stays fast on a long run of letters without a space', async () => {
    expect(await cpuSeconds(() => tokenise('a'.repeat(200_000) + 'é@'.repeat(50_000), 'en'))).toBeLessThan(
      10,
    );
  });
});
