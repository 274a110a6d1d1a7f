import { CallIndex } from '../../src/matching/domain/index/call-index.js';
import type { RankedCall } from '../../src/matching/domain/scoring/match.js';
import { mostSpans } from '../../src/matching/domain/explanation/evidence.js';
import type { MatchableCall } from '../../src/matching/domain/index/fields.js';
import { MatchingSettings } from '../../src/matching/domain/scoring/settings.js';
import { Profile } from '../../src/profiles/domain/profile.js';
import { phraseOf } from '../../src/matching/domain/analysis/terms.js';
import type { z } from 'zod';
import { wordsRanked } from '../support/matching/words-ranked.js';

type CompetenceInput = z.input<typeof Profile>['competences'][number];

const call = (title: string, scope = '', more: Partial<MatchableCall> = {}): MatchableCall => ({
  language: 'en',
  title,
  keywords: [],
  callTitle: null,
  destination: null,
  sections: scope === '' ? [] : [{ kind: 'scope', title: 'Scope', text: scope }],
  ...more,
});

const profile = (...competences: CompetenceInput[]): Profile =>
  Profile.parse({ id: 'x', name: 'An institute', competences });

const settings = MatchingSettings.parse({});
const fill = (calls: Iterable<[string, ReturnType<typeof call>]>): CallIndex => {
  const index = new CallIndex();
  for (const [id, c] of calls) index.put(id, c);
  return index;
};
/** Ranks a few calls among filler calls on no particular subject. */
const rank = (
  calls: Record<string, ReturnType<typeof call>>,
  of: ReturnType<typeof profile>,
  s = settings,
): RankedCall[] => wordsRanked(fill(Object.entries(calls)), of, s);
const ids = (ranked: RankedCall[]) => ranked.map((r) => r.id);
const first = (ranked: RankedCall[]) => ranked[0]?.match ?? { score: 0, competences: [], evidence: [] };
const hydrogen = profile({ label: 'Zz', keywords: ['hydrogen storage'] });

describe('phrases', () => {
  it.each([
    ['Hydrogen storage', true],
    ['Storages of the hydrogen', true],
    ['hydrogen gas storage', true],
    ['storage hydrogen', false],
    ['hydrogen. Storage', false],
    ['hydrogen, storage', false],
    ['hydrogen and cheap storage', false],
    ['storage for hydrogen', true],
    ['hydrogen gas tank storage', false],
  ])('"hydrogen storage" in "%s": %s', (text, found) =>
    expect(rank({ a: call('Call', text) }, hydrogen)).toHaveLength(found ? 1 : 0),
  );

  it.each([
    ['bio-based', 'biobased'],
    ['bio-based', 'bio based'],
    ['biobased', 'bio-based'],
    ['wastewater', 'waste water'],
    ['waste water', 'wastewater'],
    ['waste water treatment', 'wastewater treatment'],
    ['wastewater treatment', 'treatment of wastewater'],
    ['fibre optics', 'Fiber optics'],
  ])('the keyword "%s" finds "%s"', (keyword, text) => {
    const { evidence } = first(
      rank({ a: call('Call', `About ${text} here`) }, profile({ label: 'Zz', keywords: [keyword] })),
    );
    expect(evidence.map((e) => `About ${text} here`.slice(e.spans[0]?.start, e.spans[0]?.end))).toEqual([
      text,
    ]);
  });

  it('a word is looked for in two pieces, but not one that is longer than any that is written so', () => {
    const forms = (letters: number) => phraseOf('wastewater'.padEnd(letters, 'x'), 'en')!.forms.length;
    expect([forms(10), forms(30), forms(31), forms(80)]).toEqual([8, 28, 1, 1]);
  });

  it('an expression of many words is looked for only as it stands', () => {
    const forms = (words: number) => phraseOf('ab-'.repeat(words), 'en')!.forms.length;
    expect([forms(4), forms(12), forms(13), forms(33)]).toEqual([4, 12, 1, 1]);
  });

  it('many phrases of one profile are found in one call, whether it came before the profile was looked for or after', () => {
    const phrases = Array.from({ length: 20 }, (_, i) => `hydrogen part${i}x`);
    const text = `${phrases.join('. ')}. ${phrases.slice(0, 5).join(' and ')}`;
    const of = profile({ label: 'Zz', keywords: phrases }, { label: 'Yy', keywords: ['hydrogen', 'part3x'] });
    const later = fill([['other', call('Other')]]);
    wordsRanked(later, of, settings);
    later.put('a', call('Call', text));
    const [before] = wordsRanked(
      fill([
        ['other', call('Other')],
        ['a', call('Call', text)],
      ]),
      of,
      settings,
    );
    expect(wordsRanked(later, of, settings)).toEqual([before]);
    expect(new Set(before!.match.evidence.map((e) => e.term))).toEqual(
      new Set([...phrases, 'hydrogen', 'part3x']),
    );
  });

  it('a keyword that holds a comma is found with and without it, and never across fields', () => {
    const comma = profile({ label: 'Zz', keywords: ['safe, sustainable'] });
    const calls = {
      a: call('Call', 'a safe, sustainable way'),
      b: call('Call', 'safe sustainable'),
      c: call('Is it safe', 'Sustainable'),
      d: call('Call', 'safe one two three sustainable'),
    };
    expect(ids(rank(calls, comma)).sort()).toEqual(['a', 'b']);
  });

  it('a foreign word inside counts less, and none is allowed where the settings say so', () => {
    const calls = { near: call('Call', 'hydrogen storage'), far: call('Call', 'hydrogen gas storage') };
    expect(ids(rank(calls, hydrogen))).toEqual(['near', 'far']);
    expect(ids(rank(calls, hydrogen, MatchingSettings.parse({ phrase: { slop: 0 } })))).toEqual(['near']);
  });

  it('points into text with accents, emoji and ligatures', () => {
    const text = '🚀 Été — l’eﬃcacité… 🧪 hydrogen\u00A0storage, ﬁn';
    const [evidence] = first(rank({ a: call('Call', text) }, hydrogen)).evidence;
    const [span] = evidence?.spans ?? [];
    expect(text.slice(span?.start, span?.end)).toBe('hydrogen\u00A0storage');
  });

  it('reads French calls with French rules, and French keywords against English calls do no harm', () => {
    const french = profile({ label: 'Eau', keywords: ["traitement de l'eau", 'matériau biosourcé'] });
    const calls = {
      fr: call('Appel', "Le traitement de l'eau et les matériaux biosourcés", { language: 'fr' }),
      en: call('Call', 'the water, de minimis la la'),
    };
    expect(ids(rank(calls, french))).toEqual(['fr']);
  });
});

describe('what counts', () => {
  it('a place counts once: the words of a found phrase bring nothing beside it', () => {
    const once = first(rank({ a: call('Call', 'hydrogen storage') }, hydrogen));
    const both = first(
      rank(
        { a: call('Call', 'hydrogen storage') },
        profile({ label: 'Zz', description: 'storage', keywords: ['hydrogen', 'hydrogen storage'] }),
      ),
    );
    expect(both.evidence.map((e) => e.term)).toEqual(['hydrogen storage']);
    expect(both.score).toBeCloseTo(once.score, 9);
  });

  it('a description finds nothing and brings nothing', () => {
    const calls = {
      a: call('Call', 'corrosion of turbines'),
      b: call('Call', 'corrosion of hydrogen storage in turbines'),
    };
    const overrides = profile({
      label: 'Zz',
      keywords: ['hydrogen storage'],
      description: 'corrosion turbines '.repeat(5),
    });
    const ranked = rank(calls, overrides);
    expect(ids(ranked)).toEqual(['b']);
    expect(first(ranked).evidence.map((e) => e.term)).toEqual(['hydrogen storage']);
  });

  it('a competence without keywords is found by enough of its label', () => {
    const label = profile({ label: 'Corrosion of wind turbines' });
    const calls = {
      two: call('Call', 'corrosion of the turbines in the wind'),
      one: call('Call', 'corrosion'),
    };
    expect(ids(rank(calls, label))).toEqual(['two']);
  });

  it('a single word in many calls is generic and brings nothing; a phrase of it does', () => {
    const calls = (holding: number) =>
      Object.fromEntries(
        Array.from({ length: 200 }, (_, i) => [
          `c${i}`,
          call('Call', i < holding ? 'innovation procurement' : 'anything'),
        ]),
      );
    const looking = (keyword: string) => profile({ label: 'Zz', keywords: [keyword] });
    expect(rank(calls(16), looking('innovation'))).toEqual([]);
    expect(rank(calls(16), looking('innovation procurement'))).toHaveLength(16);
    expect(rank(calls(14), looking('innovation'))).toHaveLength(14);
  });

  it('what stands at the beginning counts more than what is mentioned further down', () => {
    const filler = (words: number): string => Array.from({ length: words }, (_, i) => `filler${i}`).join(' ');
    const calls = Object.fromEntries(
      [0, 60, 200, 400].map((words) => [
        `c${words}`,
        call('Call', `${filler(words)}. hydrogen storage. ${filler(500 - words)}`),
      ]),
    );
    expect(ids(rank(calls, hydrogen))).toEqual(['c0', 'c60', 'c200', 'c400']);
  });

  it('the title counts more than the scope, the scope more than the conditions', () => {
    const conditions = [{ kind: 'conditions' as const, title: '', text: 'hydrogen storage' }];
    const calls = {
      c: call('Call', '', { sections: conditions }),
      s: call('Call', 'hydrogen storage'),
      t: call('Hydrogen storage', 'About it'),
    };
    expect(ids(rank(calls, hydrogen))).toEqual(['t', 's', 'c']);
  });

  it('one mention of one phrase in a long call stays marginal', () => {
    const long = `${'The partners shall describe their work and its use in full. '.repeat(60)} hydrogen storage`;
    const others = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`c${i}`, call('Call', 'nothing of that')]),
    );
    expect(first(rank({ ...others, a: call('Call', long) }, hydrogen)).score).toBeLessThan(25);
  });

  it('weights a competence, adds a second one a little, and leaves out one of weight 0', () => {
    const text = { a: call('Call', 'hydrogen storage with quantum sensors') };
    const second = { label: 'Quantum', keywords: ['quantum sensors'] };
    const of = (weight: number, ...more: { label: string; keywords: string[] }[]) =>
      first(rank(text, profile({ label: 'Hydrogen', keywords: ['hydrogen storage'], weight }, ...more)))
        .score;
    expect(of(2)).toBeGreaterThan(of(1));
    expect(of(1, second)).toBeGreaterThan(of(1));
    expect(of(1, second)).toBeLessThan(of(2));
    expect(of(0)).toBe(0);
  });

  it('an exclusion silences its competence alone, and says where it stands', () => {
    const scope = 'hydrogen storage in the nuclear weapons sector, quantum sensors';
    const of = profile(
      { label: 'Hydrogen', keywords: ['hydrogen storage'], exclusions: ['nuclear weapon'] },
      { label: 'Quantum', keywords: ['quantum sensors'] },
    );
    const match = first(rank({ a: call('Call', scope) }, of));
    const silenced = match.competences.find((c) => c.competence === 'Hydrogen');
    expect(silenced).toMatchObject({ score: 0, excludedBy: { term: 'nuclear weapon', field: 'sections.0' } });
    expect(scope.slice(silenced?.excludedBy?.start, silenced?.excludedBy?.end)).toBe('nuclear weapons');
    expect(new Set(match.evidence.map((e) => e.competence))).toEqual(new Set(['Quantum']));
    expect(
      rank(
        { a: call('Call', 'nuclear weapon hydrogen storage') },
        profile({ label: 'Hydrogen', keywords: ['hydrogen storage'], exclusions: ['nuclear weapon'] }),
      ),
    ).toEqual([]);
  });

  it('tells each field apart and shows a limited number of places', () => {
    const match = first(
      rank(
        {
          a: call('Hydrogen storage', 'hydrogen storage. '.repeat(50), {
            keywords: ['x', 'hydrogen storage'],
          }),
        },
        hydrogen,
      ),
    );
    const fields = Object.fromEntries(
      match.evidence.filter((e) => e.term === 'hydrogen storage').map((e) => [e.field, e.spans.length]),
    );
    expect(fields).toEqual({ title: 1, keywords: 1, 'sections.0': mostSpans });
  });
});
