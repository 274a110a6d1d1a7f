import { offered } from '../../../src/network/domain/offer.js';
import { blocksOf, tableLine } from '../../../src/network/domain/paper.js';

describe('the text of a paper', () => {
  it('has tables, whose first line is their head, beside lists and paragraphs', () => {
    const text = [
      'One',
      '| Call | Deadline |',
      '| Wind, see https://example.org/w | 1 June |',
      '| Sea |',
      '- Two',
      'End',
    ];
    expect(blocksOf(text.join('\n'))).toEqual([
      { kind: 'paragraph', words: ['One'] },
      {
        kind: 'table',
        head: ['Call', 'Deadline'],
        rows: [
          [['Wind, see ', { text: 'https://example.org/w', href: 'https://example.org/w' }], ['1 June']],
          [['Sea'], []],
        ],
        widths: [5, 2],
      },
      { kind: 'list', items: [['Two']] },
      { kind: 'paragraph', words: ['End'] },
    ]);
  });

  it('takes no bar or line break of a cell for the end of it', () => {
    expect(tableLine(['Air | sea', 'One\ntwo'])).toBe('| Air / sea | One two |');
    expect(blocksOf(tableLine(['Air | sea', '']))).toMatchObject([{ head: ['Air / sea', ''] }]);
  });
});

describe('an offer', () => {
  it('has a description only in the language of the offer', () => {
    const eyes = {
      label: 'Eye diseases',
      labels: { fr: 'Maladies de l’œil' },
      description: 'Treats the retina.',
    };
    expect(offered([eyes], 'fr')).toEqual([{ label: 'Maladies de l’œil', description: '' }]);
    expect(offered([eyes], 'en')).toEqual([{ label: 'Eye diseases', description: 'Treats the retina.' }]);
  });
});
