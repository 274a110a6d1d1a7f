/**
 * Texts that may keep a program busy for longer than their length: they make a pattern go back, a word or a
 * list of words grow, or a parser nest. Each is sent to every route that takes a text.
 */
export interface Shape {
  name: string;
  /** Returns a text of this many characters. */
  of: (length: number) => string;
  /** Returns a whole JSON document of about this size, if the shape is one of documents. */
  json?: (length: number) => string;
}

/** The longest text that is sent. */
const LONGEST = 2_000_000;

/** Returns the beginnings of one long text, which is made once. */
function beginnings(make: () => string): (length: number) => string {
  let whole: string | undefined;
  return (length) => (whole ??= make()).slice(0, length);
}

const repeated = (piece: string): Shape['of'] =>
  beginnings(() => piece.repeat(Math.ceil(LONGEST / piece.length)));

/** Returns the same numbers at each call, from 0 to below `below`. */
function numbers(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const LETTERS = 'etaoinsrhldcumfpgwybvkxjqz';

/** Words that occur nowhere, of `least` to `most` letters, with `between` between them. */
const invented = (least: number, most: number, between: string): Shape['of'] =>
  beginnings(() => {
    const next = numbers();
    const words: string[] = [];
    for (let length = 0; length < LONGEST; length += words.at(-1)!.length + between.length)
      words.push(
        Array.from({ length: least + next(most - least + 1) }, () => LETTERS[next(LETTERS.length)]).join(''),
      );
    return words.join(between);
  });

const deep = (open: string, close: string) => (length: number) => {
  const depth = Math.floor(length / (open.length + close.length));
  return open.repeat(depth) + close.repeat(depth);
};

function manyKeys(length: number): string {
  const pairs: string[] = [];
  for (let size = 2; size < length; size += pairs.at(-1)!.length + 1) pairs.push(`"k${pairs.length}":1`);
  return `{${pairs.join()}}`;
}

export const SHAPES: Shape[] = [
  { name: 'one letter', of: repeated('a') },
  { name: 'one space', of: repeated(' ') },
  { name: 'one line break', of: repeated('\n') },
  { name: 'one tab', of: repeated('\t') },
  { name: 'x.y.', of: repeated('x.y.') },
  { name: 'bio-', of: repeated('bio-') },
  { name: 'ab-cd-', of: repeated('ab-cd-') },
  { name: 'apostrophes', of: repeated("l'eau’") },
  { name: 'commas', of: repeated('a, b,') },
  { name: 'semicolons', of: repeated('a;b;"') },
  { name: 'colons', of: repeated('a: b\n') },
  { name: 'slashes', of: repeated('a/b\\') },
  { name: 'underscores', of: repeated('a_b_*c*') },
  { name: 'addresses', of: repeated('a@b.c-') },
  { name: 'an endless word', of: invented(100_000, 100_000, '') },
  { name: 'short words', of: invented(2, 3, ' ') },
  { name: 'invented words', of: invented(5, 9, ' ') },
  { name: 'hyphenated words', of: invented(3, 6, '-') },
  { name: 'links', of: repeated('of the de la ') },
  { name: 'bullets', of: invented(2, 9, '\n- ') },
  { name: 'identifiers', of: repeated('HORIZON-CL5-2026-D3-') },
  { name: 'numbers', of: repeated('1 000,5.') },
  { name: 'deep', of: deep('[', ']'), json: deep('[', ']') },
  {
    name: 'deep maps',
    of: deep('{"a":', '}'),
    json: (length) => deep('{"a":', '}')(length).replace(':}', ':0}'),
  },
  { name: 'wide', of: repeated('[,,,'), json: (length) => `[${'0,'.repeat(length / 2 - 2)}0]` },
  { name: 'many keys', of: manyKeys, json: manyKeys },
  { name: 'quotes', of: repeated('"') },
  { name: 'escapes', of: repeated('\\x'), json: (length) => `"${'\\u0041'.repeat(length / 6)}"` },
  { name: 'entities', of: repeated('<p>&amp;%41') },
  { name: 'pairs of surrogates', of: repeated('😀é') },
  { name: 'lone surrogates', of: repeated('\ud800a') },
  { name: 'right to left', of: repeated('\u202eשלום\u200f ') },
  { name: 'combining marks', of: repeated(`e${'\u0301\u0323'.repeat(20)}`) },
  // NFKC makes eighteen characters of it.
  { name: 'ligatures', of: repeated('\ufdfa') },
];
