import {
  objectiveOf,
  summaryOf,
  summaryText,
  type WrittenSummary,
} from '../../../src/calls/domain/summary.js';
import type { Section } from '../../../src/calls/domain/parsed-call.js';

const section = (text: string, kind: Section['kind'] = 'scope'): Section => ({ kind, title: '', text });
const objective = (sections: Section[], title = 'Quieter rotors'): string | null =>
  objectiveOf({ title, sections });

describe('the sentence that says the objective of a call', () => {
  it.each([
    [
      'that says so',
      'Noise has become a burden for many cities. This topic aims to develop rotors that are quieter in cities. Proposals should include a plan for their dissemination.',
      'This topic aims to develop rotors that are quieter in cities.',
    ],
    [
      'of what proposals do first',
      'Air mobility is growing fast in Europe. Proposals should develop blades that make less noise than those of today. They should consider previous projects of Horizon Europe.',
      'Proposals should develop blades that make less noise than those of today.',
    ],
    [
      'that begins a list, with the line above it and the items behind it',
      'Rotors are loud.\nProposals should address all of the following:\ndevelop and test blades that make less noise in cities;\nmeasure what people hear in at least two of them;',
      'Proposals should address all of the following: develop and test blades that make less noise in cities; measure what people hear in at least two of them;',
    ],
    [
      'that begins a list whose items end without a mark, which parts them',
      'Rotors are loud.\nProposals should address all of the following:\nDevelop and test blades that make less noise in cities\nMeasure what people hear in at least two of them',
      'Proposals should address all of the following: Develop and test blades that make less noise in cities; Measure what people hear in at least two of them',
    ],
    [
      'in the middle of a list, with the line above it and a sign for what is left out',
      'Rotors are loud.\nProposals should cover:\nthe rules that hold today for such flights;\ndevelop and test quieter rotors that make less noise in cities;',
      'Proposals should cover: … develop and test quieter rotors that make less noise in cities;',
    ],
    [
      'that begins a list below a long line, with what that line asks for',
      'Rotors are loud.\nIn line with the targets of the Union for the biodiversity of its cities, the strategy for life sciences, the pact for the ocean and the treaty on the noise of the high seas, proposals should address all of the following:\ndevelop and test blades that make less noise in cities;',
      '… proposals should address all of the following: develop and test blades that make less noise in cities;',
    ],
    [
      'that begins a list below a long line which is the objective itself, with all of it',
      'Rotors are loud.\nThis topic aims to develop rotors that are quieter in the cities of all regions of the Union, in those of the countries that are associated to it, and over the seas between them, in the following places:\ndevelop and test blades in harbours;',
      'This topic aims to develop rotors that are quieter in the cities of all regions of the Union, in those of the countries that are associated to it, and over the seas between them, in the following places: develop and test blades in harbours;',
    ],
    [
      'in a list within a list, with both lines',
      'Projects should:\nwork on the following rotors:\ndevelop and test blades that make less noise in cities;',
      'Projects should: work on the following rotors: develop and test blades that make less noise in cities;',
    ],
    [
      'that begins by itself, without the line far above it',
      'Projects should cover the following:\nThe rules of today;\nDevelop quieter rotors and test blades that make less noise in all cities of Europe.',
      'Develop quieter rotors and test blades that make less noise in all cities of Europe.',
    ],
    [
      'that is more than a reference',
      'Described in the call document under rotors.\nQuieter rotors are wanted here.',
      'Quieter rotors are wanted here.',
    ],
    [
      'that the source ran into the line above it',
      'Proposals should:develop and test blades that make less noise in cities;share the data that were measured.',
      'Proposals should: develop and test blades that make less noise in cities; share the data that were measured.',
    ],
    [
      'of a topic, and not what a proposal has to show',
      'Applicants should demonstrate that the supply chain and the rotors are free of any export restrictions or limitations. It is expected to finance a development project aiming at quieter rotors. Proposals should convincingly explain how they will plan and carry out the tests of the rotors that they develop.',
      'It is expected to finance a development project aiming at quieter rotors.',
    ],
    [
      'of a prize, and not its list of who is excluded',
      'This prize is awarded to the city with the quietest rotors.\nApplicants in one of the following exclusion situations may not participate:\nbankruptcy, winding up, affairs administered by the courts, arrangement with creditors and other similar procedures;',
      'This prize is awarded to the city with the quietest rotors.',
    ],
    [
      'behind those that name a strategy, give an example or refuse support',
      'Proposals should support the objectives and the implementation of the Green Deal, the strategy for cities and the treaty on noise. Quieter rotors are to be developed in cities. However, the rapid deployment of many other rotors has led to the noise of today, which is a burden for many. Support will not be given to the rotors of wind turbines or to those of ships and their auxiliary engines.',
      'Quieter rotors are to be developed in cities.',
    ],
    [
      'in French',
      'Le bruit est devenu une gêne pour de nombreuses villes. L’objectif de cet appel est de développer des rotors plus silencieux pour les villes.',
      'L’objectif de cet appel est de développer des rotors plus silencieux pour les villes.',
    ],
    [
      'without its footnotes',
      'This topic aims to develop rotors[1] that are quieter in cities[12].',
      'This topic aims to develop rotors that are quieter in cities .',
    ],
  ])('is the one %s', (_, text, expected) => expect(objective([section(text)])).toBe(expected));

  it('is not one of the hopes or conditions, unless there is nothing else', () => {
    const hopes = section('Proposals should deliver quieter cities for everybody.', 'expected-outcome');
    const scope = section('Blades are designed anew by several teams.');
    expect(objective([hopes, scope])).toBe('Blades are designed anew by several teams.');
    expect(objective([hopes])).toBe('Proposals should deliver quieter cities for everybody.');
  });

  it('is none where there is no sentence', () => {
    expect(objective([])).toBeNull();
    expect(objective([section('See the page.')])).toBeNull();
    expect(
      objective([section('The full text and the guide are on the website of the project ROTOR.')]),
    ).toBeNull();
  });
});

describe('what is shown of a call', () => {
  const written = (sentences: WrittenSummary['sentences']): WrittenSummary => ({
    model: 'm',
    prompt: 1,
    times: 1,
    at: '2026-05-04T06:00:00Z',
    refused: null,
    binding: [],
    sentences,
  });
  const [FR, EN] = ['Le projet conçoit des pales.', 'The project designs blades.'];
  const quoted = { written: null, objective: 'Proposals develop blades.', content: { language: 'en' } };

  it('is what a model wrote, in the language of the reader', () => {
    const call = { ...quoted, written: written([{ fr: FR, en: EN, quote: 'blades' }]) };
    expect(summaryOf(call, 'fr')).toEqual({ language: 'fr', sentences: [FR], source: 'model' });
    expect(summaryText(summaryOf(call, 'en')!, 'en')).toBe(EN);
  });

  it('is otherwise the sentence of its text, in the language of the call and marked as quoted', () => {
    expect(summaryOf({ ...quoted, written: written([]) }, 'fr')).toEqual({
      language: 'en',
      sentences: ['Proposals develop blades.'],
      source: 'quoted',
    });
    expect(summaryText(summaryOf(quoted, 'fr')!, 'fr').replaceAll('\u00a0', ' ')).toBe(
      'Extrait : « Proposals develop blades. »',
    );
    expect(summaryText(summaryOf(quoted, 'en')!, 'en')).toBe('From the text: “Proposals develop blades.”');
    expect(summaryOf({ ...quoted, objective: null }, 'fr')).toBeNull();
  });

  it('is no longer than one reads at a glance, and says where it was cut', () => {
    const [long] = summaryOf(
      { ...quoted, objective: `develop ${'quieter blades '.repeat(60)}` },
      'en',
    )!.sentences;
    expect(long!.length).toBeLessThan(330);
    expect(long).toMatch(/^… develop .*…$/);
    expect(summaryOf({ ...quoted, objective: 'develop blades ;' }, 'en')!.sentences).toEqual([
      '… develop blades',
    ]);
  });

  it('is quoted in French as French is written, and breaks off at a colon with a mark', () => {
    const objective = 'L’appel s’adresse aux organismes ; certaines voies sont ouvertes . Critères :';
    expect(summaryOf({ ...quoted, objective, content: { language: 'fr' } }, 'en')!.sentences).toEqual([
      'L’appel s’adresse aux organismes ; certaines voies sont ouvertes. Critères…',
    ]);
    const item = `Les projets ${'étudient des pales plus discrètes et '.repeat(5)}les mesurent`;
    expect(
      summaryOf({ ...quoted, objective: `${item} ; ${item}`, content: { language: 'fr' } }, 'en')!.sentences,
    ).toEqual([`${item}…`]);
  });

  it.each([
    [
      'an item',
      'quieter blades ',
      '; measure what people hear',
      /^Proposals should: (quieter blades ){14}quieter blades…$/,
    ],
    [
      'a sentence',
      'quieter blades ',
      ' there. They measure more',
      /^Proposals should: (quieter blades ){15}there\.$/,
    ],
    ['an abbreviation', 'quieter blades ', ' there, e.g. in towns', /e\.g\. in towns .*…$/],
  ])('ends where %s ends, if that says enough', (_, words, behind, shown) => {
    const objective = `Proposals should: - ${words.repeat(15).trim()}${behind} ${'in every town '.repeat(20)}`;
    expect(summaryOf({ ...quoted, objective }, 'en')!.sentences[0]).toMatch(shown);
  });
});
