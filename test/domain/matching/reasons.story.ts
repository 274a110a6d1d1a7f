import fc from 'fast-check';
import { reasonsOf } from '../../../src/matching/domain/explanation/marked-reasons.js';
import { bandOf, shownScore } from '../../../src/kernel/band.js';
import { fieldText, type MatchableCall } from '../../../src/matching/domain/index/fields.js';
import type { Evidence } from '../../../src/matching/domain/scoring/match.js';
import { matchReasons, wholePoints } from '../../../src/matching/domain/explanation/reasons/match-reasons.js';
import { inCallsWords } from '../../../src/matching/domain/explanation/passage.js';
import { reasonSentence, shortReason } from '../../../src/matching/domain/explanation/reason-sentence.js';
import { preferenceRemarks } from '../../../src/profiles/domain/preference-sentences.js';
import { SIGNALS } from '../../support/signals.js';

const NAMES = SIGNALS.flatMap((signal) => Object.keys(signal.reasons));

const outcomes =
  'Projects are expected to contribute to several outcomes of the partnership: compact and durable fuel cells for heavy-duty vehicles and ships, and cheaper fuel cells for buses in cities.';
const call: MatchableCall = {
  title: 'Fuel cells for the road',
  callTitle: 'Clean transport',
  language: 'en',
  keywords: ['fuel cell', 'hydrogen'],
  destination: null,
  sections: [{ kind: 'expected-outcome', title: '', text: outcomes }],
};
const places = (text: string, word: string) =>
  [...text.matchAll(new RegExp(word, 'gi'))].map((m) => ({ start: m.index, end: m.index + m[0].length }));
const at = (
  field: string,
  word: string,
  contribution: number,
  overrides: Partial<Evidence> = {},
): Evidence => ({
  competence: 'Hydrogène',
  term: 'pile à combustible',
  field,
  spans: places(fieldText(call, field)!, word),
  contribution,
  ...overrides,
});
const sum = (all: number[]) => all.reduce((a, b) => a + b, 0);
const NB = '\u00a0';

describe('the reasons of a match', () => {
  const evidence = [
    at('title', 'fuel cells', 11.6),
    at('sections.0', 'fuel cells', 6.2),
    at('keywords', 'hydrogen', 1.4, { term: 'hydrogène' }),
    at('sections.0', 'ships', 0.5, { term: 'navire' }),
    at('sections.0', 'buses', 0.3, { term: 'bus' }),
  ];

  it('say what a call mentions in its own words, each once, and in the profile’s where those stand there', () => {
    const said = (more: Evidence[], language: 'fr' | 'en') =>
      reasonSentence(inCallsWords({ score: 20, competences: [], evidence: more }, call), language);
    const both = [...evidence, at('keywords', 'hydrogen', 9, { term: 'hydrogène' })].map((e) => ({
      ...e,
      competence: 'Énergie',
    }));
    expect(said(both, 'en')).toBe('Fits your competence “Énergie”: it mentions fuel cells and hydrogen.');
    expect(said([at('title', 'fuel cells', 9, { term: 'FUEL  cells' })], 'fr')).toBe(
      `Correspond à votre compétence «${NB}Hydrogène${NB}» par le terme «${NB}FUEL cells${NB}».`,
    );
  });

  it('say no word of the profile of which the call has but the stem', () => {
    const text = 'Repair, antenna arrays and bio-based plastic.';
    const near: MatchableCall = { ...call, sections: [{ kind: 'scope', title: '', text }] };
    const meant = (term: string, word: string, contribution: number): Evidence => ({
      ...{ competence: 'Usine', term, field: 'sections.0', contribution, spans: places(text, word) },
    });
    const evidence = [
      meant('bio-based plasticisers', 'bio-based plastic', 9),
      meant('repairability', 'Repair', 8),
      meant('antennas', 'antenna', 7),
    ];
    expect(shortReason(inCallsWords({ score: 20, competences: [], evidence }, near), 'en')).toBe(
      '“Usine”: bio-based plastic, repair, antenna',
    );
  });

  it('name no term that stands within another one, which takes its place', () => {
    const said = (...terms: string[]) =>
      shortReason(
        {
          score: 20,
          competences: [],
          evidence: terms.map((term, i) => at('title', 'fuel cells', 9 - i, { term })),
        },
        'en',
      );
    expect(said('unmanned aerial', 'sensors', 'unmanned aerial systems', 'GaN MMICs', 'GaN')).toBe(
      '“Hydrogène”: unmanned aerial systems, sensors, GaN MMICs',
    );
    expect(said('mm-wave', 'mm wave antennas', 'mm')).toBe('“Hydrogène”: mm wave antennas');
    expect(said('rare earths', 'rare earth elements')).toBe('“Hydrogène”: rare earth elements');
    expect(said('cell', 'cellulose')).toBe('“Hydrogène”: cell, cellulose');
  });

  it('name no programme as what a call is about, unless there is nothing else', () => {
    const said = (...terms: string[]) =>
      shortReason(
        { score: 20, competences: [], evidence: terms.map((term) => at('title', 'fuel cells', 9, { term })) },
        'en',
      );
    expect(said('cancer mission', 'common cancers', 'Europe partnerships')).toBe(
      '“Hydrogène”: common cancers',
    );
    expect(said('space missions')).toBe('“Hydrogène”: space missions');
    expect(said('Cancer Mission')).toBe('“Hydrogène”: Cancer Mission');
  });

  it('name what is near in meaning as it stands there, in its own letters', () => {
    const text =
      'Projects link collaborative machine tools.\nPublic buyers join the Made in Europe partnerships.';
    const near: MatchableCall = { ...call, sections: [{ kind: 'scope', title: '', text }] };
    const meant = (term: string, word: string): Evidence => ({
      ...{ signal: 'meaning', competence: 'Usine', term, field: 'sections.0', contribution: 9 },
      spans: places(text, word),
    });
    const said = inCallsWords(
      {
        ...{ score: 20, competences: [] },
        evidence: [
          meant('collaboration machine', 'collaborative machine'),
          meant('europe partnerships', 'Europe partnerships'),
          meant('public buyers', 'Public buyers'),
        ],
      },
      near,
    );
    expect(said.evidence.map((e) => e.term)).toEqual([
      'collaborative machine',
      'Europe partnerships',
      'public buyers',
    ]);
  });

  it('name the whole of what stands in brackets', () => {
    const text = 'Measures of (bio)control, of cobalt.';
    const near: MatchableCall = { ...call, sections: [{ kind: 'scope', title: '', text }] };
    const found = (term: string, ...words: string[]): Evidence => ({
      ...{ competence: 'Usine', term, field: 'sections.0', contribution: 9 },
      spans: words.flatMap((word) => places(text, word.replace(')', '\\)'))),
    });
    const evidence = [found('biocontrol', 'bio)control'), found('cobalt', 'cobalt')];
    expect(
      inCallsWords({ ...{ score: 20, competences: [] }, evidence }, near).evidence.map((e) => e.term),
    ).toEqual(['(bio)control', 'cobalt']);
  });

  it('name no words of a call that has changed since, but those of the profile', () => {
    const changed = { ...call, title: 'Cheap refuelling for cars', sections: [], keywords: [] };
    const one = at('title', 'Fuel cells', 11.6);
    expect(
      reasonSentence(inCallsWords({ score: 12, competences: [], evidence: [one] }, changed), 'en'),
    ).toContain('pile à combustible');
  });

  it("are sentences of the reader's language, with where a word stands, a few words around it, and its points", () => {
    expect(matchReasons({ evidence }, call, 'fr').map((r) => r.says)).toEqual([
      `«${NB}pile à combustible${NB}», de votre compétence «${NB}Hydrogène${NB}»${NB}: trouvé 3${NB}fois, dans le titre et les résultats attendus («${NB}…of the partnership: compact and durable fuel cells for heavy-duty vehicles and ships, and…${NB}»)${NB}: 18${NB}points.`,
      `L’intitulé de votre compétence «${NB}Hydrogène${NB}»${NB}: trouvé une fois, dans les mots-clés («${NB}hydrogen${NB}»)${NB}: 1${NB}point.`,
      `Et 2${NB}autres raisons, moindres${NB}: 1${NB}point.`,
    ]);
    expect(matchReasons({ evidence }, call, 'en')[0]!.says).toMatch(
      /^“pile à combustible”, from your competence “Hydrogène”: found 3 times, in the title and the expected outcomes \(“….* fuel cells .*…”\): 18 points\.$/,
    );
    expect(matchReasons({ evidence }, call, 'en')[1]!.says).toBe(
      'The name of your competence “Hydrogène”: found once, in the keywords (“hydrogen”): 1 point.',
    );
  });

  it('quote the call, cut between its words', () => {
    const [first] = matchReasons({ evidence }, call, 'en');
    expect(first!.passage).toMatchObject({ field: 'sections.0', found: 'fuel cells' });
    const quote = /\(“…?(.*?)…?”\)/.exec(first!.says)![1]!;
    expect(outcomes).toContain(quote);
    const [before, after] = outcomes.split(quote) as [string, string];
    expect([before.at(-1), after[0]]).toEqual([' ', ' ']);
  });

  it('have words for each signal of a score, in both languages, also for what takes points away', () => {
    const takes: Record<string, number> = { verdicts: -4, addressees: -5 };
    const terms: Record<string, string> = { meaning: 'Mer', addressees: 'funders', 'types-of-action': 'IA' };
    const evidence = NAMES.map((signal) =>
      at('sections.0', 'ships', takes[signal] ?? 6, {
        signal,
        competence: ['words', 'meaning'].includes(signal) ? 'Mer' : '',
        term: terms[signal] ?? 'X',
        spans: takes[signal] ? [] : places(outcomes, 'ships'),
      }),
    );
    const [en, fr] = [matchReasons({ evidence }, call, 'en'), matchReasons({ evidence }, call, 'fr')];
    expect(new Set(en.map((r) => r.signal))).toEqual(new Set(NAMES));
    expect(en.at(-1)!.says).toBe(
      'It is aimed at owners and funders of research programmes, and research institutes rarely answer such calls: \u22125 points.',
    );
    expect(fr.at(-1)!.says).toBe(
      `Il s’adresse aux propriétaires et financeurs de programmes de recherche, et les instituts de recherche y répondent rarement${NB}: \u22125${NB}points.`,
    );
    expect(en.at(-2)!.says).toBe('You marked a similar call, “X”, as “not for us”: \u22124 points.');
    expect(fr.at(-2)!.says).toBe(
      `Vous n’avez pas retenu un appel semblable, «${NB}X${NB}»${NB}: \u22124${NB}points.`,
    );
    for (const [i, reason] of en.entries())
      expect(fr[i]).toMatchObject({
        signal: reason.signal,
        points: reason.points,
        contribution: reason.contribution,
      });
    expect(new Set([...en, ...fr].map((r) => r.says)).size).toBe(2 * NAMES.length);
  });

  it('say at least, where not every place was noted', () => {
    const spans = Array.from({ length: 20 }, (_, i) => ({ start: i, end: i + 1 }));
    expect(matchReasons({ evidence: [at('sections.0', 'x', 30, { spans })] }, call, 'en')[0]!.says).toContain(
      'found at least 20 times',
    );
    expect(matchReasons({ evidence: [at('sections.0', 'x', 30, { spans })] }, call, 'fr')[0]!.says).toContain(
      `au moins 20${NB}fois`,
    );
  });

  it('that are no word of a competence are not told in a line, and stand by themselves on the page of a call', () => {
    const match = {
      score: 12,
      competences: [],
      evidence: [
        at('title', 'fuel cells', 8, { signal: 'past-projects', competence: '', term: 'FUELLY' }),
        at('title', '', 4, {
          signal: 'verdicts',
          competence: '',
          term: 'Another call',
          field: 'calls.1',
          spans: [],
        }),
      ],
    };
    expect(reasonSentence(match, 'en')).not.toMatch(/FUELLY|Another call|“”/);
    const withWord = { ...match, evidence: [...match.evidence, at('title', 'fuel cells', 1)] };
    expect(reasonSentence(withWord, 'en')).toMatch(/“Hydrogène”/);
    expect(reasonsOf(withWord).groups.map((g) => [g.signal, g.competence, g.score])).toEqual([
      ['past-projects', '', 8],
      ['verdicts', '', 4],
      ['words', 'Hydrogène', 1],
    ]);
  });

  const anyEvidence = fc.record({
    signal: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
    competence: fc.constantFrom('', 'Hydrogène', 'Mer'),
    term: fc.constantFrom('', 'mer', 'x', 'y', 'z', 'longer term', ...'abcdefghij'),
    field: fc.constantFrom('title', 'keywords', 'sections.0', 'sections.7', 'calls.1', ''),
    contribution: fc.double({ min: -10, max: 40, noNaN: true }),
    spans: fc.array(
      fc.tuple(fc.nat(220), fc.nat(30)).map(([start, length]) => ({ start, end: start + length })),
      { maxLength: 25 },
    ),
  }) as fc.Arbitrary<Evidence>;

  it('always sum to the score, exactly and as they are shown', () => {
    fc.assert(
      fc.property(
        fc.array(anyEvidence, { maxLength: 40 }),
        fc.constantFrom('en' as const, 'fr' as const),
        (all, language) => {
          const reasons = matchReasons({ evidence: all }, call, language);
          const score = sum(all.map((e) => e.contribution));
          expect(sum(reasons.map((r) => r.contribution))).toBeCloseTo(score, 6);
          expect(sum(reasons.map((r) => r.points))).toBe(shownScore(Math.round(score * 1e9) / 1e9) + 0);
          for (const r of reasons) expect(r.says).toMatch(/[^\s].*[:\u00a0] ?.*\.$/);
          expect(reasons.filter((r) => r.signal === null).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('are whole points that sum to the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -20, max: 60, noNaN: true }), { maxLength: 30 }), (shares) => {
        const points = wholePoints(shares);
        expect(sum(points)).toBe(shownScore(Math.round(sum(shares) * 1e9) / 1e9) + 0);
        points.forEach((p, i) => expect(Math.abs(p - shares[i]!)).toBeLessThan(1 + 1e-9));
      }),
    );
  });
});

describe('remarks on preferences', () => {
  const unmet = [
    { preference: 'trl' as const, stated: 7, side: 'above' as const, wanted: { min: 2, max: 5 } },
  ];
  it('follow "fits, but" where the call fits, in both languages', () => {
    expect(preferenceRemarks(unmet, true, 'en')).toEqual(['fits, but TRL 7 is above your range (2 to 5)']);
    expect(preferenceRemarks(unmet, true, 'fr')).toEqual([
      'convient, mais le TRL 7 est au-dessus de votre plage (2 à 5)',
    ]);
    expect(preferenceRemarks(unmet, false, 'en')).toEqual(['TRL 7 is above your range (2 to 5)']);
  });
});

describe('a score as it is shown', () => {
  it.each([
    [39.6, 39],
    [39.4, 39],
    [64.6, 64],
    [65, 65],
    [64.999, 64],
    [40, 40],
    [38.6, 39],
    [49.6, 49],
    [99.6, 100],
    [0.4, 0],
  ])('%d is shown as %d', (score, shown) => {
    expect(shownScore(score)).toBe(shown);
  });

  it('is in the band that the score is in, however it is rounded, and within a point of it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.constantFrom(0 as const, 1 as const),
        (score, digits) => {
          expect(bandOf(shownScore(score, { digits }))).toBe(bandOf(score));
          expect(Math.abs(shownScore(score, { digits }) - score)).toBeLessThan(1);
        },
      ),
    );
  });

  it('does not reach the score from which calls are told, where that is another', () => {
    expect([shownScore(44.97, { digits: 1, least: 45 }), shownScore(44.97, { digits: 1 })]).toEqual([
      44.9, 45,
    ]);
  });
});
