import { asList, type Vocabulary } from '../profile/vocabulary.js';
import { Lexicon, lexiconWords, type LexiconWord } from './lexicon.js';
import { tokenise } from './tokenise.js';

/** The stems of an English text, in its order. */
export const englishStems = (text: string): string[] => tokenise(text, 'en').map((t) => t.stem);

/** Whether a term is an acronym by its looks: "PEMFC", "V2G", "R&D". */
const looksLikeAcronym = (term: string): boolean => /^(?=.*\p{Lu}.*[\p{Lu}\d])[\p{Lu}\d][\p{L}\d&/.-]{1,11}$/u.test(term) && !/\p{Ll}{3}/u.test(term);

/** Whether the letters are those with which the words begin, or stand in them in their order: "ACV" is none of "life cycle assessment". */
function abbreviates(acronym: string, words: string): boolean {
  const letters = acronym.toLowerCase().replace(/[^a-z]/g, '');
  const text = words.toLowerCase();
  if (letters[0] !== text[0]) return false;
  let at = 0;
  for (const letter of letters) if ((at = text.indexOf(letter, at) + 1) === 0) return false;
  return true;
}

/** A stretch of an English text: words that stand for a term, or one word as it is. */
export interface EnglishPiece {
  start: number;
  end: number;
  /** In its canonical form. */
  stems: string[];
  /** Other ways to write the same, where there are any. */
  others: string[];
}

const written = /^[\p{L}\p{N}]+(?:[&/.-][\p{L}\p{N}]+)*/u;

/** What English terms calls use as one: groups of the same meaning, and acronyms with what they stand for. */
export class EnglishTerms {
  /** By form: "immune" and "immunisation" have one stem. */
  private readonly same = new Lexicon<string[]>(undefined, false);
  private readonly acronyms = new Map<string, string[]>();
  /** The acronyms of a term, by its stems. */
  private readonly short = new Map<string, string[]>();

  constructor(vocabularies: readonly Vocabulary[]) {
    for (const { same } of vocabularies) for (const group of same) this.addGroup(group);
    for (const { acronyms } of vocabularies) for (const [acronym, words] of Object.entries(acronyms)) for (const w of asList(words)) this.addTerm(acronym, w);
  }

  /** What the acronym at a word of a text stands for, and where it ends. */
  acronymAt(text: string, { start }: LexiconWord): { words: string[]; end: number } | undefined {
    const long = written.exec(text.slice(start, start + 30))?.[0] ?? '';
    for (const found of [long, long.split(/[/.-]/)[0] ?? '']) {
      const words = this.acronyms.get(found) ?? this.acronyms.get(found.replace(/s$/, ''));
      if (words !== undefined) return { words, end: start + found.length };
    }
    return undefined;
  }

  /** An English text in its pieces. */
  pieces(text: string): EnglishPiece[] {
    const words = lexiconWords(text, 'en');
    const pieces: EnglishPiece[] = [];
    let end = 0;
    words.forEach((word, i) => {
      if (word.start < end) return;
      const piece = this.pieceAt(text, words, i);
      if (!piece) return;
      pieces.push(piece);
      end = piece.end;
    });
    return pieces;
  }

  /** The stems of an English term, of all ways to write it those of the first. */
  canonical(term: string): string[] {
    return this.pieces(term).flatMap((p) => p.stems);
  }

  private pieceAt(text: string, words: LexiconWord[], i: number): EnglishPiece | undefined {
    const word = words[i]!;
    const acronym = word.mark ? undefined : this.acronymAt(text, word);
    if (acronym) return { start: word.start, end: acronym.end, stems: this.firstOf(acronym.words[0]!), others: acronym.words.flatMap((w) => [w, ...this.othersOf(w)]) };
    const hit = this.same.longestAt(words, i);
    const length = hit?.length ?? 1;
    if (!hit && word.mark) return undefined;
    const [start, end] = [word.start, words[i + length - 1]!.end];
    const own = text.slice(start, end);
    return { start, end, stems: hit ? englishStems(hit.value[0]!) : [word.stem], others: this.othersOf(own, hit?.value) };
  }

  /** The canonical stems of a term as a whole. */
  private firstOf(term: string): string[] {
    const words = lexiconWords(term, 'en');
    const hit = this.same.longestAt(words, 0);
    return englishStems(hit?.length === words.length ? hit.value[0]! : term);
  }

  private othersOf(term: string, group = this.same.get(lexiconWords(term, 'en'))): string[] {
    const all = [term, ...(group ?? [])];
    const short = all.flatMap((t) => this.short.get(englishStems(t).join(' ')) ?? []);
    return [...new Set([...all.slice(1), ...short])].filter((t) => t !== term);
  }

  private addGroup(group: string[]): void {
    const first = group[0]!;
    for (const term of group) {
      if (looksLikeAcronym(term) && term !== first) this.addAcronym(term, first);
      const words = lexiconWords(term, 'en');
      if (!looksLikeAcronym(term) && !this.same.own(words)) this.same.set(words, group.filter((t) => !looksLikeAcronym(t) || t === first));
    }
  }

  /** A term with an acronym is one to be looked for, so that it is found by its acronym too. */
  private addTerm(acronym: string, term: string): void {
    this.addAcronym(acronym, term);
    const words = lexiconWords(term, 'en');
    if (words.length > 1 && !this.same.own(words)) this.same.set(words, [term]);
  }

  private addAcronym(acronym: string, words: string): void {
    const stands = this.acronyms.get(acronym) ?? [];
    if (!stands.includes(words)) this.acronyms.set(acronym, [...stands, words]);
    const key = englishStems(words).join(' ');
    const known = this.short.get(key) ?? [];
    if (abbreviates(acronym, words) && !known.includes(acronym)) this.short.set(key, [...known, acronym]);
  }
}
