import type { AnalysedLanguage } from '../../../kernel/language.js';
import { frenchForm } from '../../../kernel/french-form.js';
import { flattenString } from './flatten-string.js';
import { bare, fold, stem } from '../../../kernel/stem.js';
import { isJoin, isLink, isStopWord } from './stop-words.js';
import { nextWord, wordEnd } from './word-bounds.js';

/** A word that carries meaning, at its place in the original text. */
export interface Token {
  /** Folded, with accents. */
  form: string;
  /** The form in the singular, as far as its end tells. What it is need be no word. */
  singular: string;
  stem: string;
  /** UTF-16 offsets: text.slice(start, end) is the word as written. */
  start: number;
  end: number;
  /**
   * Words of meaning and joining words are counted; a mark such as a full stop or a comma moves on by
   * `breakWidth`.
   */
  position: number;
  /** Whether "of", "for", "de" … stands between this word and the one before. */
  linked: boolean;
}

/** Wider than any phrase may stretch: no phrase crosses a full stop, a comma or a line's end. */
export const breakWidth = 10;

const mark = /[.,;:!?•·|…\n\r\t]|\s[()[\]–—-]|[()[\]–—]\s/;
/** What reads like words and is none: addresses and identifiers of calls. Their place is kept, blank. */
const noWords = /https?:\/\/\S+|www\.\S+|[^\s@]{1,64}@\S+|\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){3,}\b/g;
/**
 * The same where there is no @ in the text: to look for addresses of mail at every letter takes as long as
 * all the rest.
 */
const noWordsWithoutMail = /https?:\/\/\S+|www\.\S+|\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){3,}\b/g;

/** "l'eau", "Europe's": a letter beside an apostrophe is grammar, whatever the language. */
const isElision = (written: string, text: string, start: number, end: number): boolean =>
  written.length === 1 && (isApostrophe(text[start - 1]) || isApostrophe(text[end]));
const isApostrophe = (letter: string | undefined): boolean => letter === "'" || letter === '’';

const isBreak = (gap: string, before: string, after: string): boolean =>
  gap !== ' ' && mark.test(gap) && !(/^[.,]$/.test(gap) && /\d$/.test(before) && /^\d/.test(after));

/** What a written word is, whatever stands beside it. */
interface Word {
  written: string;
  form: string;
  singular: string;
  stem: string;
  link: boolean;
  join: boolean;
  stop: boolean;
}

const englishSingular = (form: string): string =>
  form.length > 3 ? form.replace(/ies$/, 'y').replace(/(?<=[^su])s$/, '') : form;

function readWord(written: string, language: AnalysedLanguage): Word {
  const form = fold(written);
  const plain = bare(form);
  return {
    written,
    form,
    singular: language === 'fr' ? frenchForm(form) : englishSingular(form),
    stem: stem(form, language),
    link: isLink(plain),
    join: isJoin(plain),
    stop: isStopWord(written, plain, language),
  };
}

const known: Record<AnalysedLanguage, Map<string, Word>> = { en: new Map(), fr: new Map() };

function wordOf(written: string, language: AnalysedLanguage): Word {
  const words = known[language];
  let result = words.get(written);
  if (!result) {
    result = readWord(flattenString(written), language);
    // A memory, not a state, as that of stems is.
    if (words.size > 200_000) words.clear();
    words.set(result.written, result);
  }
  return result;
}

/** The words of meaning of a text in its order; stop words of that language are passed over. */
export function tokenise(text: string, language: AnalysedLanguage): Token[] {
  const tokens: Token[] = [];
  const seen = text.replace(text.includes('@') ? noWords : noWordsWithoutMail, (found) =>
    ' '.repeat(found.length),
  );
  let [position, linked, lastEnd, last] = [0, false, 0, ''];
  for (let start = nextWord(seen, 0), end = 0; start < seen.length; start = nextWord(seen, end)) {
    end = wordEnd(seen, start);
    const {
      written,
      form,
      singular,
      stem: stemmed,
      link,
      join,
      stop,
    } = wordOf(seen.slice(start, end), language);
    // Between most words stands a space alone; there only the rest is cut out.
    if (
      last !== '' &&
      (start !== lastEnd + 1 || seen[lastEnd] !== ' ') &&
      isBreak(seen.slice(lastEnd, start), last, written)
    ) {
      position += breakWidth;
      linked = false;
    }
    [lastEnd, last] = [end, written];
    if (stop || isElision(written, seen, start, end)) {
      linked ||= link;
      if (join) position += 1;
      continue;
    }
    tokens.push({ form, singular, stem: stemmed, start, end, position, linked });
    position += 1;
    linked = false;
  }
  return tokens;
}
