/** Control characters, and the marks that turn the direction of writing: in a mail they only ever deceive. */
const NOT_SHOWN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** Runs of white space as one space, leading and trailing ones kept; no-break spaces stay what they are. */
export function collapsed(text: string): string {
  return text.replace(NOT_SHOWN, ' ').replace(/[^\S\u00a0\u202f]+/gu, ' ');
}

/** A text from outside as one line that cannot break a layout, a subject or a header. */
export function oneLine(text: string): string {
  return collapsed(text).trim();
}

/**
 * A text as its language sets it. In French no line begins with : ; ? ! or », and none ends with «; sources
 * seldom write it so.
 */
export const spaced = (text: string, language: string): string =>
  language === 'fr' ? text.replace(/ (?=[:;?!»])/g, '\u00a0').replace(/(?<=«) /g, '\u00a0') : text;

const LEADING_PART = /[\p{M}\u200d\ufe0f]/u;

/** The nearest place at or before `index` where a text may be cut without tearing a character apart. */
export function safeCut(text: string, index: number): number {
  let cut = Math.max(0, Math.min(index, text.length));
  while (cut > 0 && cut < text.length && (isLowSurrogate(text, cut) || LEADING_PART.test(text.charAt(cut))))
    cut -= 1;
  return cut;
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** At most `limit` characters, cut between words with an ellipsis where there is a space to cut at. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = safeCut(text, limit - 1);
  const space = text.lastIndexOf(' ', cut);
  return `${text.slice(0, space > limit / 2 ? space : cut).trimEnd()}…`;
}
