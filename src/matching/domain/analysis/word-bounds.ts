const begins = /[\p{L}\p{N}]/u;
const continues = /[\p{L}\p{N}\p{M}\u00AD\u200C\u200D\u2060]/u;

/**
 * The kinds of characters. The table is filled as characters are met: testing a pattern for each character
 * would take most of the reading time.
 */
const [UNKNOWN, OUTSIDE, CONTINUES, BEGINS, HALF] = [0, 1, 2, 3, 4];
const kinds = new Uint8Array(0x1_0000);

const readKind = (character: string): number =>
  begins.test(character) ? BEGINS : continues.test(character) ? CONTINUES : OUTSIDE;

function learnKind(unit: number): number {
  return (kinds[unit] = unit >= 0xd800 && unit < 0xe000 ? HALF : readKind(String.fromCharCode(unit)));
}

/** Returns the kind of the character at an offset; HALF if it takes two units. */
function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const kind = kinds[unit]!;
  return kind === UNKNOWN ? learnKind(unit) : kind;
}

/** Returns the kind of a character outside the BMP: letters of old scripts and of mathematics. */
const kindOfPair = (text: string, at: number): number =>
  readKind(String.fromCodePoint(text.codePointAt(at)!));
const unitsAt = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/** Returns the offset of the next word from an offset on; the length of the text if there is none. */
export function nextWord(text: string, from: number): number {
  for (let at = from; at < text.length;) {
    const kind = kindAt(text, at);
    if (kind === BEGINS || (kind === HALF && kindOfPair(text, at) === BEGINS)) return at;
    at += kind === HALF ? unitsAt(text, at) : 1;
  }
  return text.length;
}

/** Returns the end of the word that starts at an offset. */
export function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === OUTSIDE || (kind === HALF && kindOfPair(text, at) === OUTSIDE)) break;
    at += kind === HALF ? unitsAt(text, at) : 1;
  }
  return at;
}
