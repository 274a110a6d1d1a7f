const begins = /[\p{L}\p{N}]/u;
const continues = /[\p{L}\p{N}\p{M}\u00AD\u200C\u200D\u2060]/u;

/**
 * What a character is to a word. A table that is filled as characters are met: a pattern asked at every one
 * takes most of the time of reading.
 */
const [UNKNOWN, OUTSIDE, CONTINUES, BEGINS, HALF] = [0, 1, 2, 3, 4];
const kinds = new Uint8Array(0x1_0000);

const readKind = (character: string): number =>
  begins.test(character) ? BEGINS : continues.test(character) ? CONTINUES : OUTSIDE;

function learnKind(unit: number): number {
  return (kinds[unit] = unit >= 0xd800 && unit < 0xe000 ? HALF : readKind(String.fromCharCode(unit)));
}

/** The kind of the character at an offset; HALF where it takes two units. */
function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const kind = kinds[unit]!;
  return kind === UNKNOWN ? learnKind(unit) : kind;
}

/** The kind of a character beyond the first plane: letters of old scripts and of mathematics. */
const kindOfPair = (text: string, at: number): number =>
  readKind(String.fromCodePoint(text.codePointAt(at)!));
const unitsAt = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/** Where the next word begins, from an offset on; the length of the text where none does. */
export function nextWord(text: string, from: number): number {
  for (let at = from; at < text.length;) {
    const kind = kindAt(text, at);
    if (kind === BEGINS || (kind === HALF && kindOfPair(text, at) === BEGINS)) return at;
    at += kind === HALF ? unitsAt(text, at) : 1;
  }
  return text.length;
}

/** Where the word ends that begins at an offset. */
export function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === OUTSIDE || (kind === HALF && kindOfPair(text, at) === OUTSIDE)) break;
    at += kind === HALF ? unitsAt(text, at) : 1;
  }
  return at;
}
