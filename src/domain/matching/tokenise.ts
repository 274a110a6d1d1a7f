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
/** The same where there is no @ in the text: to look for addresses of mail at every letter takes as long as all the rest. */
const noWordsWithoutMail = /https?:\/\/\S+|www\.\S+|\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){3,}\b/g;

/** "l'eau", "Europe's": a letter beside an apostrophe is grammar, whatever the language. */
const isElision = (written: string, before: string, after: string): boolean =>
  written.length === 1 && (/['’]$/.test(before) || /^['’]/.test(after));

const isBreak = (gap: string, before: string, after: string): boolean =>
  gap !== ' ' && mark.test(gap) && !(/^[.,]$/.test(gap) && /\d$/.test(before) && /^\d/.test(after));

/** What a written word is, whatever stands beside it. */
interface Word {
  form: string;
  stem: string;
  link: boolean;
  join: boolean;
  stop: boolean;
}

function readWord(written: string, language: Language): Word {
  const form = fold(written);
  const plain = bare(form);
  return { form, stem: stem(form, language), link: isLink(plain), join: isJoin(plain), stop: isStopWord(written, plain, language) };
}

const known: Record<Language, Map<string, Word>> = { en: new Map(), fr: new Map() };

function wordOf(written: string, language: Language): Word {
  const words = known[language];
  let result = words.get(written);
  if (!result) {
    result = readWord(written, language);
    // A memory, not a state, as that of stems is.
    if (words.size > 200_000) words.clear();
    words.set(written, result);
  }
  return result;
}

/** The words of meaning of a text in its order; stop words of that language are passed over. */
export function tokenise(text: string, language: Language): Token[] {
  const tokens: Token[] = [];
  const seen = text.replace(text.includes('@') ? noWords : noWordsWithoutMail, (found) => ' '.repeat(found.length));
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
    const { form, stem: stemmed, link, join, stop } = wordOf(written, language);
    if (stop || isElision(written, gap, seen.slice(end, end + 1))) {
      linked ||= link;
      if (join) position += 1;
      continue;
    }
    tokens.push({ form, stem: stemmed, start, end, position, linked });
    position += 1;
    linked = false;
  }
  return tokens;
}
