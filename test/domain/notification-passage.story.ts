import type { CallContent } from '../../src/calls/domain/call-content.js';
import type { Evidence, MatchScore } from '../../src/matching/domain/scoring/match.js';
import { isQuotedIn, passageAround, quotedPassage } from '../../src/matching/domain/explanation/passage.js';

const call = (over: Partial<CallContent> = {}): CallContent => ({
  dataSource: 'SEDIA',
  reference: '1',
  language: 'en',
  title: 'Fermentation for all',
  kind: 'grant',
  identifier: null,
  callIdentifier: null,
  callTitle: null,
  programme: null,
  divisions: [],
  typesOfAction: [],
  sourceStatus: 'open',
  opensAt: null,
  deadlineModel: null,
  deadlines: [],
  budget: null,
  destination: null,
  keywords: [],
  sections: [],
  url: null,
  alsoAt: [],
  trl: null,
  ...over,
});

const inScope = (text: string): CallContent => call({ sections: [{ kind: 'scope', title: 'Scope', text }] });

/** Evidence for every occurrence of a term in a text. */
function evidence(term: string, field: string, text: string, contribution = 10): Evidence {
  const spans = [...text.matchAll(new RegExp(term, 'gi'))].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
  }));
  return { competence: 'White biotechnology', term, field, spans, contribution };
}

const match = (...all: Evidence[]): MatchScore => ({ score: 50, competences: [], evidence: all });
const whole = (p: ReturnType<typeof quotedPassage>): string => (p ? p.before + p.found + p.after : '');

describe('the passage quoted from a call', () => {
  it('is the sentence around what was found, without an ellipsis where nothing was cut', () => {
    const text = 'Actions start early. They should use industrial enzymes, e.g. lipases. Others follow.';
    expect(quotedPassage(inScope(text), match(evidence('enzymes', 'sections.0', text)))).toEqual({
      before: 'They should use industrial ',
      found: 'enzymes',
      after: ', e.g. lipases.',
    });
  });

  it('marks a word that the reason names, and none where no such word stands in what may be quoted', () => {
    const text = 'Partners make semiconductors. Quantum photonics is welcome.';
    const sections = (field: string): boolean => field.startsWith('sections.');
    const weak = { ...evidence('semiconductors', 'sections.0', text, 12), competence: 'Electronics' };
    const title = evidence('fermentation', 'title', 'Fermentation for all', 30);
    const named = evidence('quantum photonics', 'sections.0', text, 5);
    expect(quotedPassage(inScope(text), match(title, weak, named), sections)?.found).toBe(
      'Quantum photonics',
    );
    expect(quotedPassage(inScope(text), match(title, weak), sections)).toBeNull();
  });

  it('stays within its line, without its mark: a list item is not joined to the next', () => {
    const text = 'Proposals should cover\n- enzymes for paper\r\n- yeasts';
    expect(whole(quotedPassage(inScope(text), match(evidence('enzymes', 'sections.0', text))))).toBe(
      'enzymes for paper',
    );
    expect(whole(quotedPassage(inScope(text), match(evidence('yeasts', 'sections.0', text))))).toBe('yeasts');
  });

  it.each([
    ['first', 'enzymes'],
    ['middle', 'biopolymers'],
    ['last', 'fermentation'],
  ])('cuts a long sentence between words, the words found still in it (%s)', (_where, term) => {
    const filler = 'the quick brown fox jumps over the lazy dog and '.repeat(12);
    const text = `enzymes ${filler}biopolymers ${filler}fermentation`;
    const passage = quotedPassage(inScope(text), match(evidence(term, 'sections.0', text)))!;
    const shown = whole(passage);
    expect(passage.found).toBe(term);
    expect(shown.length).toBeGreaterThan(180);
    expect(shown.length).toBeLessThanOrEqual(242);
    expect(shown.startsWith('…')).toBe(term !== 'enzymes');
    expect(shown.endsWith('…')).toBe(term !== 'fermentation');
    const words = new Set(text.split(' '));
    expect(
      shown
        .replaceAll('…', '')
        .trim()
        .split(' ')
        .filter((word) => !words.has(word)),
    ).toEqual([]);
  });

  it('cuts a text without spaces at the limit, never inside a character', () => {
    const text = `${'😀'.repeat(201)}enzymes${'é'.normalize('NFD').repeat(301)}`;
    const passage = quotedPassage(inScope(text), match(evidence('enzymes', 'sections.0', text)))!;
    expect(whole(passage).length).toBeLessThanOrEqual(243);
    expect(passage.before).toMatch(/^…(😀)+$/u);
    expect(passage.after.normalize('NFC')).toMatch(/^é+…$/u);
  });

  it('does not drown in something found that is longer than a passage', () => {
    const text = 'x'.repeat(1000);
    const span = {
      competence: 'c',
      term: 'x',
      field: 'sections.0',
      spans: [{ start: 0, end: 1000 }],
      contribution: 1,
    };
    expect(whole(quotedPassage(inScope(text), match(span)))).toHaveLength(241);
  });

  it('shows one space for white space, and no character that turns the writing round', () => {
    const text = 'Use\tof   new\u202eenzymes  now';
    expect(whole(quotedPassage(inScope(text), match(evidence('enzymes', 'sections.0', text))))).toBe(
      'Use of new enzymes now',
    );
  });

  it('follows the strongest evidence, but leaves the title where a section says the same', () => {
    const text = 'Yeasts matter. Fermentation matters too.';
    const found = match(
      evidence('yeasts', 'sections.0', text, 3),
      evidence('fermentation', 'title', 'Fermentation for all', 30),
      evidence('fermentation', 'sections.0', text, 5),
    );
    expect(whole(quotedPassage(inScope(text), found))).toBe('Fermentation matters too.');
  });

  it('quotes the title, the destination or the call’s title where only they hold something', () => {
    const texts = {
      title: 'Fermentation for all',
      destination: 'Clean fermentation',
      callTitle: 'Call for fermentation',
    };
    for (const [field, text] of Object.entries(texts)) {
      expect(whole(quotedPassage(call(texts), match(evidence('fermentation', field, text))))).toBe(text);
    }
  });

  it('is nothing where only keywords hold something, or nothing does, or the places are no longer in the text', () => {
    expect(
      quotedPassage(call({ keywords: ['enzymes'] }), match(evidence('enzymes', 'keywords', 'enzymes'))),
    ).toBeNull();
    expect(quotedPassage(call(), match())).toBeNull();
    expect(
      quotedPassage(inScope('short'), match(evidence('enzymes', 'sections.0', 'long ago it said enzymes'))),
    ).toBeNull();
    expect(quotedPassage(inScope('short'), match(evidence('enzymes', 'sections.7', 'enzymes')))).toBeNull();
  });

  it('does not end a sentence behind an abbreviation, nor a cut shortly behind an opened bracket', () => {
    const short = 'Proposals build circuits (e.g. Josephson junctions) with enzymes. Others do not.';
    expect(whole(quotedPassage(inScope(short), match(evidence('enzymes', 'sections.0', short))))).toBe(
      'Proposals build circuits (e.g. Josephson junctions) with enzymes.',
    );
    expect(whole(quotedPassage(inScope(short), match(evidence('circuits', 'sections.0', short))))).toBe(
      'Proposals build circuits (e.g. Josephson junctions) with enzymes.',
    );
    const long = `Proposals use enzymes ${'in many ways '.repeat(16)}and circuits (e.g. ${'superconducting parts '.repeat(10)}).`;
    expect(whole(quotedPassage(inScope(long), match(evidence('enzymes', 'sections.0', long))))).toMatch(
      /[a-z]…$/,
    );
    expect(whole(quotedPassage(inScope(long), match(evidence('enzymes', 'sections.0', long))))).not.toContain(
      '(e.g.',
    );
  });

  it('ends without the mark of a list: a semicolon, or the colon above it', () => {
    const quote = (text: string): string => {
      const start = text.indexOf('enzymes');
      const { before, found, after } = passageAround(text, { start, end: start + 7 }, 'en');
      return before + found + after;
    };
    expect(quote('Projects use enzymes in reactors;\nand more')).toBe('Projects use enzymes in reactors');
    expect(quote('The use of enzymes is limited by:\n- their cost')).toBe(
      'The use of enzymes is limited by…',
    );
    expect(quote('Projects use enzymes.')).toBe('Projects use enzymes.');
  });

  it('does not begin inside a bracket that closes soon', () => {
    const text = `Labs measure soils (${'trace metals '.repeat(12)}and contaminants); • they need enzymes ${'in many ways '.repeat(16)}.`;
    const quoted = (limit: number): string => {
      const start = text.indexOf('enzymes');
      const { before } = passageAround(text, { start, end: start + 7 }, 'en', limit);
      return before;
    };
    expect([quoted(90), quoted(120)]).toEqual(['…they need ', '…they need ']);
    // If the bracket closes late, skipping it would lose more than it gains.
    expect(quoted(240)).toMatch(/^…(?:trace )?metals .+ contaminants\); • they need $/);
    expect(quoted(20)).toMatch(/^…(?:they )?need $/);
  });

  it('is known to be quoted already where the words stand with those before or behind them', () => {
    const text =
      'Actions start early. They should use industrial enzymes, e.g. lipases. Others use enzymes too.';
    const passage = quotedPassage(inScope(text), match(evidence('enzymes', 'sections.0', text)))!;
    expect(isQuotedIn('Actions: they should use industrial enzymes…', passage)).toBe(true);
    expect(isQuotedIn('Enzymes, e.g. lipases.', passage)).toBe(true);
    expect(isQuotedIn('Others use enzymes too.', passage)).toBe(false);
    expect(isQuotedIn('', passage)).toBe(false);
  });

  it('leaves out footnotes: those that are addresses, and the numbers of others', () => {
    for (const [text, quoted] of [
      [
        'Partnerships on raw materials[[https://single-market.example/areas(2021)]] need enzymes [[https://x.example]] too.',
        'Partnerships on raw materials need enzymes too.',
      ],
      [
        'Standards[3] do not protect enzymes.[4] Nor [2]catenanes.',
        'Standards do not protect enzymes. Nor [2]catenanes.',
      ],
    ] as const)
      expect(whole(quotedPassage(inScope(text), match(evidence('enzymes', 'sections.0', text))))).toBe(
        quoted,
      );
  });

  it('takes a language that the platform does not know', () => {
    const text = 'Over enzymes.';
    const odd = { ...inScope(text), language: '??' };
    expect(whole(quotedPassage(odd, match(evidence('enzymes', 'sections.0', text))))).toBe(text);
  });
});
