import { bare, fold } from '../../kernel/stem.js';

/** A word that is searched for as it is written, in the singular or plural; `begins`: or only begins so. */
export interface SearchedWord {
  word: string;
  begins?: boolean;
}

/** A resolved search query. */
export interface SearchedText {
  /** As typed, in search syntax, matched by stems: words, "a phrase", or, -not. Null if it is translated. */
  typed: string | null;
  /**
   * The ways calls may write it, the typed one first, as words in their order. A translated term is searched
   * for by its words and not by their stems: "mechanics" is no "mechanism".
   */
  readings: SearchedWord[][];
  /** What was searched for in place of words that nobody uses; empty if all are known. */
  meant: string[];
  /** The text that its meaning was read from; null if it was searched for by its words alone. */
  meaning: string | null;
  /** Whether its words are the parts of an identifier. */
  identifier: boolean;
  /** Whether they are looked for in titles and identifiers alone: a half word that very many calls have. */
  inTitles: boolean;
  /**
   * How close calls are to it in meaning, by id, 0 to 100 points; of the closest, those with one of the words
   * are found, and a few of the others are shown as near.
   */
  near: ReadonlyMap<string, number>;
}

/** A filter as users give it: with words that are not resolved yet. */
export type UnresolvedFilter<F> = Omit<F, 'q' | 'text'> & { q?: string | undefined };

export type Resolved<T extends { q?: string | undefined }> = Omit<T, 'q'> & { text?: SearchedText };

/** No word is longer; no query needs more words. */
const [LONGEST_WORD, MOST_WORDS] = [60, 30];

/** Returns a text in small letters without accents, CO₂ as CO2: calls are searched, and stored, like this. */
export const withoutAccents = (text: string): string => bare(fold(text));

/** Returns a text as its bare letters and digits, with a blank between words: calls are stored like this. */
export const wordsOnly = (text: string): string =>
  withoutAccents(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export const queryWords = (text: string): string[] =>
  wordsOnly(text)
    .split(' ')
    .filter(Boolean)
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD));

/** Parts of an identifier in one word, or as somebody types it with blanks. */
const [HYPHENATED, WITH_BLANKS, OF_TWO] = [
  /^\p{L}[\p{L}\p{N}]*(?:[_./-]+[\p{L}\p{N}]+){2,}$/u,
  /^\p{L}[\p{L}\p{N}]*(?:[\s_/-]+[\p{L}\p{N}]+){3,}$/u,
  /^\p{L}[\p{L}\p{N}]*[_-]+[\p{L}\p{N}]+$/u,
];

/** A whole one, from its programme on, and a word that is no part of one. */
const [FROM_PROGRAMME, PLAIN_WORD] = [/(?<!\S)\p{L}+[_./-]\S*\d|\shorizon\s/iu, /(?<!\S)\p{L}+(?!\S)/u];

const YEAR = /^20\d\d$/;

/**
 * Whether a query is an identifier, or a part of one: some of its parts have digits, both of only two. With
 * blanks, one is a number and no two are years: "CO2 capture H2 storage" and "steel mills 2030 2040" are
 * words, and so are those beside an identifier: "batteries HORIZON-CL5-2027".
 */
export function isIdentifier(text: string): boolean {
  const numbered = queryWords(text).filter((word) => /\p{N}/u.test(word));
  if (HYPHENATED.test(text)) return numbered.length > 0;
  if (numbered.length < 2) return false;
  const isNamed =
    numbered.some((word) => /^\d+$/.test(word)) && numbered.filter((word) => YEAR.test(word)).length < 2;
  const isBesideWords = FROM_PROGRAMME.test(text) && PLAIN_WORD.test(text);
  return OF_TWO.test(text) || (WITH_BLANKS.test(text) && isNamed && !isBesideWords);
}

/** Returns an English word in the singular and the plural, as far as its ending shows. */
export function formsOf(word: string): string[] {
  if (word.length < 3 || /\d/.test(word)) return [word];
  if (word.endsWith('ies')) return [word, word.replace(/ies$/, 'y'), word.slice(0, -1)];
  if (/[^s]s$/.test(word)) return [word, word.slice(0, -1)];
  return /[^aeiou]y$/.test(word) ? [word, word.replace(/y$/, 'ies')] : [word, `${word}s`];
}

/** Words are letters and digits alone, so nothing in them can be read as an operator. */
const wordQuery = ({ word, begins }: SearchedWord): string =>
  begins
    ? `'${word}':*`
    : `(${formsOf(word)
        .map((form) => `'${form}'`)
        .join('|')})`;

const anyOf = (queries: string[]): string => [...new Set(queries)].map((query) => `(${query})`).join('|');

/** Returns PostgreSQL's query for the words of any reading: all of them, or next to each other. */
export const readingsQuery = (readings: readonly SearchedWord[][], joint: '&' | '<->'): string =>
  anyOf(readings.map((words) => words.map(wordQuery).join(joint)));

/** Returns the query for the parts of an identifier in a title: in their order, or all of those typed. */
export const identifierQuery = (readings: readonly SearchedWord[][]): string =>
  `${readingsQuery(readings, '<->')}|${readingsQuery(readings.slice(0, 2), '&')}`;

/** Returns the ways to write a query that were searched for, in words; one in search syntax as it is. */
export const waysOf = ({ typed, readings }: Pick<SearchedText, 'typed' | 'readings'>): string[] =>
  readings.length === 0 && typed !== null && wordsOnly(typed) !== ''
    ? [typed]
    : [...new Set(readings.map((words) => words.map(({ word }) => word).join(' ')))];

export const anyWordQuery = (readings: readonly SearchedWord[][]): string =>
  anyOf(readings.flat().map(wordQuery));
