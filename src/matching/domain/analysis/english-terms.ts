import { asList, type Vocabulary } from '../../../profiles/domain/vocabulary.js';
import { SynonymMap, synonymWords, oneByOne, type SynonymWord } from './synonyms.js';
import type { Steps } from '../scoring/steps.js';
import { tokenise } from './tokenise.js';

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
export interface EnglishStretch {
  start: number;
  end: number;
  /** In canonical form. */
  stems: string[];
}

export interface EnglishPiece extends EnglishStretch {
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
