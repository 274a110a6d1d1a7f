import { FoundWords } from '../../../src/calls/domain/found-words.js';
import type { SearchedText } from '../../../src/calls/domain/searched-text.js';

const searched = (more: Partial<SearchedText>): FoundWords =>
  new FoundWords({
    typed: null,
    readings: [],
    meant: [],
    meaning: null,
    identifier: false,
    inTitles: false,
    near: new Map(),
    ...more,
  });
const marked = (words: FoundWords, text: string): string =>
  words
    .in(text)
    .map(({ text: piece, found }) => (found ? `[${piece}]` : piece))
    .join('');
const shown = (words: FoundWords, text: string): string | undefined =>
  words
    .passage(text)
    ?.map(({ text: piece, found }) => (found ? `[${piece}]` : piece))
    .join('');

describe('the words that a search found', () => {
  it.each([
    [
      'in the singular and the plural',
      { readings: [[{ word: 'turbine' }]] },
      'Turbines, a turbine',
      '[Turbines], a [turbine]',
    ],
    ['whatever their accents', { readings: [[{ word: 'eolienne' }]] }, 'Une Éolienne', 'Une [Éolienne]'],
    [
      'by their beginning',
      { readings: [[{ word: 'semi', begins: true }]] },
      'A semiconductor',
      'A [semiconductor]',
    ],
    [
      'by their stem, as they were typed',
      { typed: 'modelling', readings: [[{ word: 'modelling' }]] },
      'It models',
      'It [models]',
    ],
    [
      'but not by the stem of a translated term',
      { readings: [[{ word: 'mechanics' }]] },
      'A mechanism',
      'A mechanism',
    ],
    [
      'but not those that were excluded',
      { typed: 'wind -"farm house" -solar or tidal' },
      'wind farm solar tidal or',
      '[wind] farm solar [tidal] or',
    ],
    [
      'but not the numbers of an identifier',
      { readings: [[{ word: '2027' }]], identifier: true },
      'In 2027',
      'In 2027',
    ],
  ])('are marked %s', (_, text, title, expected) => expect(marked(searched(text), title)).toBe(expected));

  it('are shown where most of them stand together', () => {
    const words = searched({ readings: [[{ word: 'battery' }, { word: 'ageing' }]] });
    const text = `A battery. ${'Nothing of it here. '.repeat(20)}Proposals study the ageing of a battery in the field. ${'More. '.repeat(60)}`;
    expect(shown(words, text)).toMatch(/^… .*study the \[ageing\] of a \[battery\] in the field\. .* …$/);
    expect(shown(words, 'Nothing at all.')).toBeUndefined();
  });
});
