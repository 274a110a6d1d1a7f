import type { AnalysedLanguage } from '../../../kernel/language.js';
import { breakWidth, flattenString, type Token, tokenise } from './tokenise.js';

/** A word of a text, in the form used to look up synonyms. */
export interface SynonymWord {
  form: string;
  stem: string;
  start: number;
  end: number;
  /**
   * A mark or short word that joins or separates a sequence ("et", "sans", a comma): it has a meaning only
   * inside a sequence.
   */
  mark: boolean;
}

/**
 * Stop words that may be added or left out without changing a term. Others change it: "sans fil" is not
 * "fil", "scale-up" is not "scale".
 */
const silent: Record<AnalysedLanguage, ReadonlySet<string>> = {
  fr: new Set('a à au aux d de des du l la le les un une'.split(' ')),
  en: new Set('a an by for from in of s the to with'.split(' ')),
};

/** A mark between two words, and its offset from the end of the first. */
interface Mark {
  form: string;
  after: number;
}

function readMarks(gap: string, language: AnalysedLanguage): Mark[] {
  return [...gap.matchAll(/\p{L}+/gu)].flatMap((m) =>
    silent[language].has(m[0].toLowerCase()) ? [] : [{ form: m[0].toLowerCase(), after: m.index }],
  );
}

const known: Record<AnalysedLanguage, Map<string, Mark[]>> = { en: new Map(), fr: new Map() };

/** Longer gaps are not cached. */
const LONGEST_GAP = 16;

/** The same few gaps separate most words, so their marks are cached. */
function marksOf(gap: string, language: AnalysedLanguage): Mark[] {
  if (gap.length > LONGEST_GAP) return readMarks(gap, language);
  const gaps = known[language];
  let marks = gaps.get(gap);
  if (!marks) {
    marks = readMarks(gap, language);
    if (gaps.size > 10_000) gaps.clear();
    gaps.set(flattenString(gap), marks);
  }
  return marks;
}

// No word has a stem of this form.
const mark = (form: string, at: number): SynonymWord => ({
  form: `<${form}>`,
  stem: `<${form}>`,
  start: at,
  end: at + form.length,
  mark: true,
});

function pushMarks(
  words: SynonymWord[],
  text: string,
  from: number,
  to: number,
  broken: boolean,
  language: AnalysedLanguage,
): void {
  if (broken) words.push(mark(',', from));
  // A shorter gap cannot contain a letter.
  if (to - from > 1 || from === 0)
    for (const { form, after } of marksOf(text.slice(from, to), language))
      words.push(mark(form, from + after));
}

/**
 * Returns the words of a text in order, with the marks between them. `tokens`: the text's, if already read.
 */
export function synonymWords(
  text: string,
  language: AnalysedLanguage,
  tokens: readonly Token[] = tokenise(text, language),
): SynonymWord[] {
  const words: SynonymWord[] = [];
  let [end, position] = [0, 0];
  for (const t of tokens) {
    pushMarks(words, text, end, t.start, t.position - position >= breakWidth, language);
    words.push({ form: t.singular, stem: t.stem, start: t.start, end: t.end, mark: false });
    [end, position] = [t.end, t.position];
  }
  pushMarks(words, text, end, text.length, false, language);
  return words;
}

/** Returns the pieces that start at the words, in order; a word inside the previous piece starts none. */
export function oneByOne<P extends { end: number }>(
  words: readonly SynonymWord[],
  at: (i: number) => P | undefined,
): P[] {
  const found: P[] = [];
  let end = 0;
  words.forEach((word, i) => {
    const piece = word.start < end ? undefined : at(i);
    if (!piece) return;
    found.push(piece);
    end = piece.end;
  });
  return found;
}

/**
 * Terms of one or more words with their values, looked up by the longest sequence: first by the words as
 * written ("marché" is not "marche"), then by their stems.
 */
export class SynonymMap<T> {
  private readonly byForm = new Map<string, T>();
  private readonly byStem = new Map<string, T>();
  /** The length of the longest term starting with a stem. */
  private readonly reach = new Map<string, number>();

  /** Terms of `below` are found too; at equal length the own term wins. */
  constructor(
    private readonly below?: SynonymMap<T>,
    private readonly byStems = true,
  ) {}

  get(words: SynonymWord[]): T | undefined {
    return (
      this.byForm.get(formsOf(words)) ??
      (this.byStem.size > 0 ? this.byStem.get(stemsOf(words)) : undefined) ??
      this.below?.get(words)
    );
  }

  /** The first value set for a stem is kept; the value of a form is overwritten. */
  set(words: SynonymWord[], value: T): void {
    const [first] = words;
    if (!first || words.every((w) => w.mark)) return;
    this.byForm.set(formsOf(words), value);
    const stems = stemsOf(words);
    if (this.byStems && !this.byStem.has(stems)) this.byStem.set(stems, value);
    this.reach.set(first.stem, Math.max(this.reach.get(first.stem) ?? 0, words.length));
  }

  own(words: SynonymWord[]): T | undefined {
    return this.byForm.get(formsOf(words));
  }

  /** Returns the longest term starting at a word, of at most `most` words. */
  longestAt(words: SynonymWord[], from: number, most = Infinity): { value: T; length: number } | undefined {
    const first = words[from];
    for (
      let length = first ? Math.min(most, this.reachOf(first.stem), words.length - from) : 0;
      length > 0;
      length -= 1
    ) {
      const value = this.get(words.slice(from, from + length));
      if (value !== undefined) return { value, length };
    }
    return undefined;
  }

  private reachOf(stem: string): number {
    return Math.max(this.reach.get(stem) ?? 0, this.below?.reachOf(stem) ?? 0);
  }
}

const formsOf = (words: SynonymWord[]): string =>
  words.length === 1 ? words[0]!.form : words.map((w) => w.form).join(' ');
const stemsOf = (words: SynonymWord[]): string =>
  words.length === 1 ? words[0]!.stem : words.map((w) => w.stem).join(' ');
