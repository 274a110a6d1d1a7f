import type { Language } from '../profile/profile.js';
import { bare, fold, stem } from './stem.js';
import { isJoin, isLink, isStopWord } from './stop-words.js';

/** A word that carries meaning, at its place in the original text. */
export interface Token {
  /** Folded, with accents. */
  form: string;
  stem: string;
  /** UTF-16 offsets: text.slice(start, end) is the word as written. */
  start: number;
  end: number;
  /** Words of meaning and joining words are counted; a mark such as a full stop or a comma moves on by `breakWidth`. */
  position: number;
  /** Whether "of", "for", "de" … stands between this word and the one before. */
  linked: boolean;
}

/** Wider than any phrase may stretch: no phrase crosses a full stop, a comma or a line's end. */
export const breakWidth = 10;

const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD\u200C\u200D\u2060]*/gu;
const mark = /[.,;:!?•·|…\n\r\t]|\s[()[\]–—-]|[()[\]–—]\s/;
/** What reads like words and is none: addresses and identifiers of calls. Their place is kept, blank. */
const noWords = /https?:\/\/\S+|www\.\S+|[^\s@]{1,64}@\S+|\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){3,}\b/g;

/** "l'eau", "Europe's": a letter beside an apostrophe is grammar, whatever the language. */
const isElision = (written: string, before: string, after: string): boolean =>
  written.length === 1 && (/['’]$/.test(before) || /^['’]/.test(after));

const isBreak = (gap: string, before: string, after: string): boolean =>
  mark.test(gap) && !(/^[.,]$/.test(gap) && /\d$/.test(before) && /^\d/.test(after));

/** The words of meaning of a text in its order; stop words of that language are passed over. */
export function tokenise(text: string, language: Language): Token[] {
  const tokens: Token[] = [];
  const seen = text.replace(noWords, (found) => ' '.repeat(found.length));
  let position = 0;
  let linked = false;
  let last = { written: '', end: 0 };
  for (const match of seen.matchAll(word)) {
    const written = match[0];
    const start = match.index;
    const end = start + written.length;
    const gap = seen.slice(last.end, start);
    if (last.written !== '' && isBreak(gap, last.written, written)) {
      position += breakWidth;
      linked = false;
    }
    last = { written, end };
    const form = fold(written);
    const plain = bare(form);
    const link = isLink(plain);
    if (isElision(written, gap, seen.slice(end, end + 1)) || isStopWord(written, plain, language)) {
      linked ||= link;
      if (isJoin(plain)) position += 1;
      continue;
    }
    tokens.push({ form, stem: stem(form, language), start, end, position, linked });
    position += 1;
    linked = false;
  }
  return tokens;
}
