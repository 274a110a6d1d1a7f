import type { AnalysedLanguage } from '../../../kernel/language.js';
import { breakWidth, flattenString, type Token, tokenise } from './tokenise.js';
import { asList, type Vocabulary } from '../../../profiles/domain/vocabulary.js';
import type { Steps } from '../../../kernel/time-slices.js';

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

/** Returns the stems of an English text, in text order. */
export const englishStems = (text: string): string[] => tokenise(text, 'en').map((t) => t.stem);

/** Whether a term looks like an acronym: "PEMFC", "V2G", "R&D". */
const looksLikeAcronym = (term: string): boolean =>
  /^(?=.*\p{Lu}.*[\p{Lu}\d])[\p{Lu}\d][\p{L}\d&/.-]{1,11}$/u.test(term) && !/\p{Ll}{3}/u.test(term);

/**
 * Whether the letters occur in the words in this order, starting with the first letter: "ACV" does not
 * abbreviate "life cycle assessment".
 */
function abbreviates(acronym: string, words: string): boolean {
  const letters = acronym.toLowerCase().replace(/[^a-z]/g, '');
  const text = words.toLowerCase();
  if (letters[0] !== text[0]) return false;
  let at = 0;
  for (const letter of letters) if ((at = text.indexOf(letter, at) + 1) === 0) return false;
  return true;
}

/** A stretch of an English text: the words of one term, or a single word. */
interface EnglishStretch {
  start: number;
  end: number;
  /** In canonical form. */
  stems: string[];
}

interface EnglishPiece extends EnglishStretch {
  /** Other ways to write the same, if any. */
  others: string[];
}

/** A stretch with the entry it matched. */
interface Found extends EnglishStretch {
  acronym?: string[];
  group?: string[] | undefined;
}

const written = /^[\p{L}\p{N}]+(?:[&/.-][\p{L}\p{N}]+)*/u;

/** English terms that calls use interchangeably: groups of synonyms, and acronyms with their expansions. */
export class EnglishTerms {
  /** By form, because "immune" and "immunisation" share a stem. */
  private readonly same = new SynonymMap<string[]>(undefined, false);
  private readonly acronyms = new Map<string, string[]>();
  /** The acronyms of a term, by its stems. */
  private readonly short = new Map<string, string[]>();
  /** The first UTF-16 units of the acronyms: most words of a text start with none of them. */
  private readonly beginnings = new Set<number>();
  /** Cached stems and canonical stems of vocabulary terms found in texts: the same few terms recur. */
  private readonly stems = new Map<string, string[]>();
  private readonly firsts = new Map<string, string[]>();

  /** Adds the terms of the vocabularies, a group or an acronym a step. */
  *read(vocabularies: readonly Vocabulary[]): Steps<void> {
    for (const { same } of vocabularies)
      for (const group of same) {
        this.addGroup(group);
        yield;
      }
    for (const { acronyms } of vocabularies)
      for (const [acronym, words] of Object.entries(acronyms)) {
        for (const w of asList(words)) this.addTerm(acronym, w);
        yield;
      }
  }

  /** Returns what the acronym at a word stands for, and where it ends. */
  acronymAt(text: string, { start }: SynonymWord): { words: string[]; end: number } | undefined {
    if (!this.beginnings.has(text.charCodeAt(start))) return undefined;
    const long = written.exec(text.slice(start, start + 30))?.[0] ?? '';
    for (const found of [long, long.split(/[/.-]/)[0] ?? '']) {
      const words = this.acronyms.get(found) ?? this.acronyms.get(found.replace(/s$/, ''));
      if (words !== undefined) return { words, end: start + found.length };
    }
    return undefined;
  }

  /** Splits an English text into stretches. `words`: its words, if already read. */
  stretches(text: string, words = synonymWords(text, 'en')): EnglishStretch[] {
    return this.found(text, words);
  }

  pieces(text: string): EnglishPiece[] {
    return this.found(text, synonymWords(text, 'en')).map(({ start, end, stems, acronym, group }) => {
      const others = acronym
        ? acronym.flatMap((w) => [w, ...this.othersOf(w)])
        : this.othersOf(text.slice(start, end), group);
      return { start, end, stems, others };
    });
  }

  /** Returns the stems of the first term of an English term's group. */
  canonical(term: string): string[] {
    return this.stretches(term).flatMap((p) => p.stems);
  }

  private found(text: string, words: SynonymWord[]): Found[] {
    return oneByOne(words, (i) => this.foundAt(text, words, i));
  }

  private foundAt(text: string, words: SynonymWord[], i: number): Found | undefined {
    const word = words[i]!;
    const acronym = word.mark ? undefined : this.acronymAt(text, word);
    if (acronym)
      return {
        start: word.start,
        end: acronym.end,
        stems: this.firstOf(acronym.words[0]!),
        acronym: acronym.words,
      };
    const hit = this.same.longestAt(words, i);
    if (!hit && word.mark) return undefined;
    return {
      start: word.start,
      end: words[i + (hit?.length ?? 1) - 1]!.end,
      stems: hit ? this.stemsOf(hit.value[0]!) : [word.stem],
      group: hit?.value,
    };
  }

  /** Returns the canonical stems of a whole term. */
  private firstOf(term: string): string[] {
    let stems = this.firsts.get(term);
    if (!stems) {
      const words = synonymWords(term, 'en');
      const hit = this.same.longestAt(words, 0);
      this.firsts.set(term, (stems = this.stemsOf(hit?.length === words.length ? hit.value[0]! : term)));
    }
    return stems;
  }

  private stemsOf(term: string): string[] {
    let stems = this.stems.get(term);
    if (!stems) this.stems.set(term, (stems = englishStems(term)));
    return stems;
  }

  private othersOf(term: string, group = this.same.get(synonymWords(term, 'en'))): string[] {
    const all = [term, ...(group ?? [])];
    const short = all.flatMap((t) => this.short.get(englishStems(t).join(' ')) ?? []);
    return [...new Set([...all.slice(1), ...short])].filter((t) => t !== term);
  }

  private addGroup(group: string[]): void {
    const first = group[0]!;
    for (const term of group) {
      if (looksLikeAcronym(term) && term !== first) this.addAcronym(term, first);
      if (looksLikeAcronym(term)) continue;
      const words = synonymWords(term, 'en');
      const terms = group.filter((t) => !looksLikeAcronym(t) || t === first);
      // Vocabularies of two subjects may each know other ways to write it.
      this.same.set(words, [...new Set([...(this.same.own(words) ?? []), ...terms])]);
    }
  }

  /** Adds a term with its acronym, so that the acronym finds it too. */
  private addTerm(acronym: string, term: string): void {
    this.addAcronym(acronym, term);
    const words = synonymWords(term, 'en');
    if (words.length > 1 && !this.same.own(words)) this.same.set(words, [term]);
  }

  private addAcronym(acronym: string, words: string): void {
    const stands = this.acronyms.get(acronym) ?? [];
    if (!stands.includes(words)) this.acronyms.set(acronym, [...stands, words]);
    this.beginnings.add(acronym.charCodeAt(0));
    const key = englishStems(words).join(' ');
    const known = this.short.get(key) ?? [];
    if (abbreviates(acronym, words) && !known.includes(acronym)) this.short.set(key, [...known, acronym]);
  }
}
