import { CallIndex } from '../../src/matching/domain/index/call-index.js';
import { fieldText } from '../../src/matching/domain/index/fields.js';
import { MatchingSettings } from '../../src/matching/domain/scoring/settings.js';
import { Terminology } from '../../src/matching/domain/analysis/terminology.js';
import type { Profile } from '../../src/profiles/domain/profile.js';
import { readVocabulary } from '../../src/app/config/vocabulary.js';
import { aCall } from '../support/matching/calls.js';
import { aProfile } from '../support/matching/profiles.js';
import { wordsRanked } from '../support/matching/words-ranked.js';

const settings = MatchingSettings.parse({});
const terminology = Terminology.fromVocabularies(readVocabulary('config'));
const calls = [
  aCall('cells', { title: 'Fuel cells for heavy duty vehicles', sections: [] }),
  aCall('waste', { title: 'Treatment of sewage sludge', sections: [] }),
  aCall('ai', { title: 'Trustworthy AI in manufacturing', sections: [] }),
  aCall('storage', { title: 'Sustainable storage of hydrogen', sections: [] }),
  aCall('sols', {
    title: 'Dépollution des sols et stockage souterrain de l’hydrogène',
    language: 'fr',
    sections: [],
  }),
  aCall('test', { title: 'Nothing of all that', sections: [] }),
];

const index = new CallIndex(terminology);
calls.forEach((call, i) => index.put(['cells', 'waste', 'ai', 'storage', 'sols', 'test'][i]!, call));
const looking = (keywords: string[], overrides: Partial<Profile> = {}) =>
  aProfile('p', {
    competences: [{ label: 'Nom', description: '', keywords, exclusions: [], weight: 1 }],
    ...overrides,
  });
/** What was matched where: the profile's word and the call's. */
const found = (profile: Profile): string[] =>
  wordsRanked(index, profile, settings).flatMap(({ id, match }) =>
    match.evidence.flatMap((e) =>
      e.spans.map(
        (s) =>
          `${id}: ${e.term} = ${fieldText(
            calls.find((c) => c === calls[['cells', 'waste', 'ai', 'storage', 'sols', 'test'].indexOf(id)])!,
            e.field,
          )!.slice(s.start, s.end)}`,
      ),
    ),
  );

describe('matching over languages', () => {
  it.each([
    ['piles à combustible', 'cells: piles à combustible = Fuel cells'],
    ['eaux usées', 'waste: eaux usées = sewage'],
    ['wastewater', 'waste: wastewater = sewage'],
    ['intelligence artificielle', 'ai: intelligence artificielle = AI'],
    ['artificial intelligence', 'ai: artificial intelligence = AI'],
    ['IA', 'ai: IA = AI'],
    [
      "stockage durable d'hydrogène",
      "storage: stockage durable d'hydrogène = Sustainable storage of hydrogen",
    ],
    ['soil remediation', 'sols: soil remediation = Dépollution des sols'],
    ['dépollution des sols', 'sols: dépollution des sols = Dépollution des sols'],
  ])('finds "%s" by what the call says for it', (keyword, expected) =>
    expect(found(looking([keyword]))).toContain(expected),
  );

  it('finds by the words of a French label where there are no keywords, and by those of a description never', () => {
    const labelled = (label: string) =>
      looking([], {
        competences: [
          { label, description: 'Pour les véhicules lourds.', keywords: [], exclusions: [], weight: 1 },
        ],
      });
    expect(found(labelled('Combustible de pile'))).toContainEqual(
      expect.stringMatching(/^cells: .* = (Fuel )?cells$/i),
    );
    expect(found(labelled('Nom'))).toEqual([]);
  });

  it("takes a profile's own terms, for that profile only", () => {
    const own = looking(['boues'], { vocabulary: { boues: 'nothing' } });
    expect(found(own)).toEqual(['test: boues = Nothing']);
    expect(found(looking(['boues']))).toEqual(['waste: boues = sludge']);
  });

  it('counts a thing that a profile names in both languages once', () => {
    const score = (keywords: string[]) =>
      wordsRanked(index, looking(keywords), settings).find((r) => r.id === 'cells')!.match.score;
    expect(score(['pile à combustible', 'fuel cell'])).toBeCloseTo(score(['fuel cell']));
  });

  it('excludes in both languages too', () => {
    const { match } =
      wordsRanked(
        index,
        looking(['véhicule lourd'], {
          competences: [
            {
              label: 'Nom',
              description: '',
              keywords: ['véhicule lourd'],
              exclusions: ['pile à combustible'],
              weight: 1,
            },
          ],
        }),
        settings,
      )[0] ?? {};
    expect(match).toBeUndefined();
  });
});
