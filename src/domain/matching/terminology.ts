import type { Language } from '../profile/profile.js';
import { asList, type OwnVocabulary, type Vocabulary } from '../profile/vocabulary.js';
import { cognates } from './cognates.js';
import { EnglishTerms, englishStems } from './english-terms.js';
import { Lexicon, lexiconWords, type LexiconWord } from './lexicon.js';
import { stem } from './stem.js';

/** A stretch of a French text and what it is in English. */
export interface Piece {
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  /** As it may be written in English, the most usual first. */
  english: string[];
  /** The stems of each. */
  terms: string[][];
  weight: number;
  /** Whether the terminology has it; else it is a guess by the looks of the word. */
  known: boolean;
}

/** A stem of a text in English, with the place from which it comes. */
export interface EnglishStem { stem: string; weight: number; start: number; end: number }

/** A word that is none of the terminology's, but looks like an English one of it; or like none. */
const COGNATE = 0.6;
const UNKNOWN = 0.3;
/** What a term counts that is not the most usual one for its French. */
const SECOND = 0.5;

interface Tables {
  french: Lexicon<string[]>;
  english: EnglishTerms;
  /** The stems of all words of English terms. */
  englishWords: ReadonlySet<string>;
  frenchWords: ReadonlySet<string>;
}

/** The terminology of French research and European calls: what French words are in English, and which English terms are one. */
export class Terminology {
  static readonly none = Terminology.of([]);
  private built: Tables | undefined;

  private constructor(private readonly build: () => Tables) {}

  /** Costs nothing until it is first asked: then it stems every word of the vocabularies. */
  static of(vocabularies: readonly Vocabulary[]): Terminology {
    return new Terminology(() => tablesOf(vocabularies));
  }

  private get tables(): Tables {
    return (this.built ??= this.build());
  }

  /** The same with a profile's own terms before it. */
  extendedBy(own: OwnVocabulary | undefined): Terminology {
    if (!own || Object.keys(own).length === 0) return this;
    return new Terminology(() => {
      const french = new Lexicon<string[]>(this.tables.french);
      addFrench(french, own, { englishWords: new Set(), frenchWords: new Set() });
      return { ...this.tables, french };
    });
  }

  /** A French text in its pieces, the longest terms first; what is no word of meaning is passed over. */
  pieces(text: string): Piece[] {
    const words = lexiconWords(text, 'fr');
    const pieces: Piece[] = [];
    let end = 0;
    words.forEach((word, i) => {
      const piece = word.start < end ? undefined : this.pieceAt(text, words, i);
      if (!piece) return;
      pieces.push(piece);
      end = piece.end;
    });
    return pieces;
  }

  /** The stems of a text in English, whatever its language: what is written in several ways or as an acronym comes as one. */
  english(text: string, language: Language): EnglishStem[] {
    const { english } = this.tables;
    if (language === 'en') return english.pieces(text).flatMap(({ stems, start, end }) => stems.map((s) => ({ stem: s, weight: 1, start, end })));
    return this.pieces(text).flatMap(({ start, end, terms, weight, known, english: written }) => {
      const stems = new Map<string, number>();
      terms.forEach((own, i) => {
        for (const s of known ? english.canonical(written[i]!) : own) if (!stems.has(s)) stems.set(s, i === 0 ? weight : weight * SECOND);
      });
      return [...stems].map(([s, w]) => ({ stem: s, weight: w, start, end }));
    });
  }

  private pieceAt(text: string, words: LexiconWord[], i: number): Piece | undefined {
    const word = words[i]!;
    const hit = this.tables.french.longestAt(words, i) ?? this.hyphenated(text, words, i);
    const acronym = word.mark || (hit?.length ?? 0) > 1 ? undefined : this.tables.english.acronymAt(text, word);
    if (acronym) return pieceOf(word.start, acronym.end, [...acronym.words, text.slice(word.start, acronym.end)], 1, true);
    if (hit) return pieceOf(word.start, words[i + hit.length - 1]!.end, hit.value, 1, true);
    return word.mark ? undefined : this.guess(word);
  }

  /** "semi-conducteur" is also "semiconducteur". */
  private hyphenated(text: string, words: LexiconWord[], i: number): { value: string[]; length: number } | undefined {
    const [a, b] = [words[i]!, words[i + 1]];
    if (!b || text.slice(a.end, b.start) !== '-') return undefined;
    const form = a.form + b.form;
    const value = this.tables.french.get([{ ...a, form, stem: stem(form, 'fr') }]);
    return value && { value, length: 2 };
  }

  private guess({ form, start, end }: LexiconWord): Piece {
    const ways = cognates(form);
    const known = ways.find((w) => this.tables.englishWords.has(stem(w, 'en')));
    return pieceOf(start, end, [known ?? ways[0]!], known === undefined ? UNKNOWN : COGNATE, false);
  }
}

const pieceOf = (start: number, end: number, english: string[], weight: number, known: boolean): Piece =>
  ({ start, end, english, terms: english.map(englishStems), weight, known });

function tablesOf(vocabularies: readonly Vocabulary[]): Tables {
  const tables = { french: new Lexicon<string[]>(), english: new EnglishTerms(vocabularies), englishWords: new Set<string>(), frenchWords: new Set<string>() };
  for (const { french } of vocabularies) addFrench(tables.french, french, tables);
  return tables;
}

function addFrench(lexicon: Lexicon<string[]>, all: OwnVocabulary, words: Record<'englishWords' | 'frenchWords', Set<string>>): void {
  for (const [key, value] of Object.entries(all)) {
    const [french, english] = [lexiconWords(key, 'fr'), asList(value)];
    lexicon.set(french, [...new Set([...(lexicon.own(french) ?? []), ...english])]);
    for (const w of french) words.frenchWords.add(w.stem);
    for (const s of english.flatMap(englishStems)) words.englishWords.add(s);
  }
}
