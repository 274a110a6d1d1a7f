import type { Change } from '../../../src/calls/domain/versions/diff.js';
import {
  changeDiff,
  listDiff,
  textDiff,
  wholeDiff,
  type Piece,
} from '../../../src/calls/domain/versions/text-diff.js';
import { cpuSeconds } from '../../support/cpu-seconds.js';

/** Renders the diff as a person would mark it: [-removed-] {+added+}. */
const marked = (pieces: Piece[]): string =>
  pieces
    .map(({ op, text }) => (op === 'same' ? text : op === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');
const diff = (from: string, to: string): string => marked(textDiff(from, to));
const numbered = (n: number, word = 'word', from = 1): string =>
  Array.from({ length: n }, (_, i) => `${word}${from + i}`).join(' ');

describe('the diff of a text', () => {
  it.each([
    [
      'a word in a sentence',
      'Rivers are clean and lakes are full.',
      'Rivers are blue and lakes are full.',
      'Rivers are [-clean-]{+blue+} and lakes are full.',
    ],
    ['a number', 'At least 3 partners.', 'At least 4 partners.', 'At least [-3-]{+4+} partners.'],
    [
      'what stayed between two words',
      'The old grey mare sleeps.',
      'The new grey horse sleeps.',
      'The [-old-]{+new+} grey [-mare-]{+horse+} sleeps.',
    ],
    [
      'words that were added',
      'Three partners.',
      'Three partners from two countries.',
      'Three partners{+ from two countries+}.',
    ],
    [
      'words that were removed',
      'Three partners from two countries.',
      'Three partners.',
      'Three partners[- from two countries-].',
    ],
    [
      'several words in a row as one passage',
      'The old grey mare sleeps.',
      'The new white horse sleeps.',
      'The [-old grey mare-]{+new white horse+} sleeps.',
    ],
    [
      'letters with accents as letters',
      'Un procédé éprouvé.',
      'Un procédé amélioré.',
      'Un procédé [-éprouvé-]{+amélioré+}.',
    ],
    ['a break between paragraphs', 'One. Two.', 'One.\nTwo.', 'One.[- -]{+\n+}Two.'],
    ['all of it where nothing is alike', 'Rivers', 'Lakes', '[-Rivers-]{+Lakes+}'],
    ['a section that came', '', 'Lakes and rivers.', '{+Lakes and rivers.+}'],
    ['a section that went', 'Lakes and rivers.', '', '[-Lakes and rivers.-]'],
    ['nothing', 'Lakes and rivers.', 'Lakes and rivers.', 'Lakes and rivers.'],
  ])('shows %s', (_, from, to, expected) => expect(diff(from, to)).toBe(expected));

  it('does not split a rewritten sentence at the small words that both happen to hold', () => {
    const from = 'Applicants of the first stage will hear of the outcome by letter.';
    const to = 'Consortia in the second phase must tell of the budget in euros.';
    expect(textDiff(from, to).map((p) => p.op)).toEqual(['removed', 'added', 'same']);
  });

  it('shows a paragraph that was put between two others as that', () => {
    expect(diff('One is here.\nThree is here.\n', 'One is here.\nTwo is new.\nThree is here.\n')).toBe(
      'One is here.\n{+Two is new.\n+}Three is here.\n',
    );
  });

  it('shows what changed within one of many paragraphs', () => {
    const text = (budget: string) =>
      `${numbered(50, 'a')}\nThe budget is ${budget} euros.\n${numbered(50, 'b')}`;
    expect(diff(text('3'), text('4'))).toBe(
      '… a46 a47 a48 a49 a50\nThe budget is [-3-]{+4+} euros.\nb1 b2 b3 b4 b5 b6 b7 …',
    );
  });

  it('shortens long stretches that stayed to some words beside each change, and no short ones', () => {
    const text = (first: string, last: string, words: number) => `${first} ${numbered(words)} ${last}`;
    expect(diff(text('old', 'old', 40), text('new', 'new', 40))).toBe(
      '[-old-]{+new+} word1 word2 word3 word4 word5 word6 word7 word8 … word33 word34 word35 word36 word37 word38 word39 word40 [-old-]{+new+}',
    );
    expect(diff(text('old', 'old', 20), text('new', 'new', 20))).toBe(
      `[-old-]{+new+} ${numbered(20)} [-old-]{+new+}`,
    );
  });
});

/** Returns the same sequence of numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

describe('whatever the texts are', () => {
  const random = randomFrom(3);
  const pick = (n: number) => Math.floor(random() * n);
  const parts = ['a', 'bb', 'été', '3', ' ', ' ', '\n', '.', ',', '(', '😀', 'of the'];
  const text = () => Array.from({ length: pick(40) }, () => parts[pick(parts.length)]).join('');
  const without = (op: Piece['op'], pieces: Piece[]) =>
    pieces
      .filter((p) => p.op !== op)
      .map((p) => p.text)
      .join('');

  it('nothing of either is lost in the diff, and nothing is in it twice', () => {
    for (let i = 0; i < 3_000; i += 1) {
      const from = text();
      const to = i % 2 ? text() : from.replace(parts[pick(parts.length)]!, parts[pick(parts.length)]!);
      const pieces = wholeDiff(from, to);
      expect({ from: without('added', pieces), to: without('removed', pieces) }).toEqual({ from, to });
      expect(pieces.every((p) => p.text)).toBe(true);
    }
  });

  it('it takes a moment, and what has nothing in common is told whole', async () => {
    const many = (vocabulary: number, seed: number) => {
      const r = randomFrom(seed);
      return Array.from({ length: 40_000 }, () => `w${Math.floor(r() * vocabulary)}`);
    };
    const pairs = [1e9, 300, 3].flatMap((v) =>
      ([' ', '\n'] as const).map((between) => [many(v, 1).join(between), many(v, 2).join(between)]),
    );
    for (const [from, to] of [
      ...pairs,
      ['.'.repeat(200_000), ','.repeat(200_000)],
      ['a\n'.repeat(100_000), 'b\n'.repeat(100_000)],
    ]) {
      expect(
        await cpuSeconds(() => {
          expect(textDiff(from!, to!)).toEqual([
            { op: 'removed', text: from },
            { op: 'added', text: to },
          ]);
        }),
      ).toBeLessThan(20);
    }
  });

  it('a few changes in a long text are found all the same', () => {
    const words = numbered(30_000).split(' ');
    const changed = words.map((w, i) => (i % 3_000 === 1_500 ? 'other' : w));
    const pieces = textDiff(words.join(' '), changed.join(' '));
    expect(pieces.filter((p) => p.op === 'added').map((p) => p.text)).toEqual(
      Array.from({ length: 10 }, () => 'other'),
    );
    expect(marked(pieces).length).toBeLessThan(3_000);
  });

  it('many rewritten paragraphs cost no more than one', async () => {
    const paragraphs = (word: string) =>
      Array.from({ length: 400 }, (_, i) => numbered(50, word, i * 50)).join('\n');
    expect(
      await cpuSeconds(() => {
        expect(textDiff(paragraphs('x'), paragraphs('y')).map((p) => p.op)).toEqual(['removed', 'added']);
      }),
    ).toBeLessThan(20);
  });
});

describe('a list', () => {
  it('is told by the members that it lost and gained', () => {
    expect(listDiff(['a', 'b', 'c'], ['c', 'd', 'a'])).toEqual([
      { op: 'removed', text: 'b' },
      { op: 'added', text: 'd' },
    ]);
    expect(listDiff(['a', 'b'], ['b', 'a'])).toEqual([]);
  });
});

describe('a change', () => {
  const of = (field: string, from: unknown, to: unknown) =>
    changeDiff({ kind: 'details', field, from, to } as Change);

  it.each<[string, unknown, unknown, Piece[]]>([
    [
      'title',
      'Clean water',
      'Clear water',
      [
        { op: 'removed', text: 'Clean' },
        { op: 'added', text: 'Clear' },
        { op: 'same', text: ' water' },
      ],
    ],
    ['sections.Scope', null, 'New.', [{ op: 'added', text: 'New.' }]],
    ['sections.Scope (2)', 'Old.', null, [{ op: 'removed', text: 'Old.' }]],
    ['destination', null, 'Water', [{ op: 'added', text: 'Water' }]],
    ['keywords', ['a'], ['a', 'b'], [{ op: 'added', text: 'b' }]],
    ['typesOfAction', ['RIA'], [], [{ op: 'removed', text: 'RIA' }]],
  ])('of %s has a diff', (field, from, to, expected) => expect(of(field, from, to)).toEqual(expected));

  it.each<[string, unknown, unknown]>([
    ['deadlines', [], [{ at: '2026-01-01T00:00:00.000Z' }]],
    ['deadlines', [{ at: '2026-01-01T00:00:00.000Z' }], []],
    ['budget', null, { total: 1 }],
    ['opensAt', null, '2026-01-01T00:00:00.000Z'],
    ['url', 'https://a.example', 'https://b.example'],
    ['programme', { code: '1' }, null],
    ['trl', null, { from: 4 }],
    ['call', null, null],
    ['sourceStatus', 'open', 'closed'],
    // Of calls that closed years ago.
    ['sections.Scope', { length: 6, md5: 'a' }, { length: 9, md5: 'b' }],
    ['sections.Scope', null, { length: 9, md5: 'b' }],
  ])('of %s has none', (field, from, to) => expect(of(field, from, to)).toBeNull());
});
