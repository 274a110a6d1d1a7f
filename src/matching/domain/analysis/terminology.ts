import type { AnalysedLanguage } from '../../../kernel/language.js';
import { asList, type OwnVocabulary, type Vocabulary } from '../../../profiles/domain/vocabulary.js';
import { cognates } from './cognates.js';
import { EnglishTerms, englishStems } from './english-terms.js';
import { SynonymMap, synonymWords, oneByOne, type SynonymWord } from './synonyms.js';
import { languageOfPhrase, type KnownWords } from './phrase-language.js';
import { inEnglish, inFrench, otherWays } from './analyzer.js';
import type { Piece } from '../index/piece.js';
import { bare, fold, stem } from '../../../kernel/stem.js';
import { tokenise, type Token } from './tokenise.js';

/** An English stem of a text, with its source position. */
export interface EnglishStem {
  stem: string;
  weight: number;
  start: number;
  end: number;
}

/** Weight of a word outside the terminology: if it looks like one of its English words, or if not. */
const COGNATE = 0.6;
const UNKNOWN = 0.3;
/** Weight of a term that is not the most usual translation. */
const SECOND = 0.5;

interface Tables {
  french: SynonymMap<string[]>;
  english: EnglishTerms;
  /** The stems of all words in English terms, except names in capitals. */
  englishWords: ReadonlySet<string>;
  words: KnownWords;
  vocabularies: readonly OwnVocabulary[];
  /** French terms by English term; built on first use. */
  reverse?: SynonymMap<string[]>;
}

/** The terminology of French research and European calls: translations from French, and English synonyms. */
export class Terminology {
  static readonly none = Terminology.of([]);
  private built: Tables | undefined;

  private constructor(private readonly build: () => Tables) {}

  /** Free until first used; then it stems every word of the vocabularies. */
  static of(vocabularies: readonly Vocabulary[]): Terminology {
    return new Terminology(() => tablesOf(vocabularies));
  }

  private get tables(): Tables {
    return (this.built ??= this.build());
  }

  /** Returns this terminology with a profile's own terms taking precedence. */
  extendedBy(own: OwnVocabulary | undefined): Terminology {
    if (!own || Object.keys(own).length === 0) return this;
    return new Terminology(() => {
      const french = new SynonymMap<string[]>(this.tables.french);
      for (const [key, value] of Object.entries(own)) addFrench(french, key, value);
      const { reverse: _, ...tables } = this.tables;
      return { ...tables, french, vocabularies: [own, ...tables.vocabularies] };
    });
  }

  /**
   * Splits a French text into pieces, longest terms first; words without meaning are skipped. `tokens`: the
   * text's, if already read.
   */
  pieces(text: string, tokens?: readonly Token[]): Piece[] {
    const words = synonymWords(text, 'fr', tokens);
    return oneByOne(words, (i) => this.pieceAt(text, words, i));
  }

  /**
   * Returns the English stems of a text in either language; spelling variants and acronyms give the same
   * stems. `tokens`: the text's, if already read.
   */
  english(text: string, language: AnalysedLanguage, tokens?: readonly Token[]): EnglishStem[] {
    const { english } = this.tables;
    if (language === 'en')
      return english
        .stretches(text, synonymWords(text, 'en', tokens))
        .flatMap(({ stems, start, end }) => stems.map((s) => ({ stem: s, weight: 1, start, end })));
    return this.pieces(text, tokens).flatMap(({ start, end, terms, weight, known, english: written }) => {
      const stems = new Map<string, number>();
      terms.forEach((own, i) => {
        for (const s of known ? english.canonical(written[i]!) : own)
          if (!stems.has(s)) stems.set(s, i === 0 ? weight : weight * SECOND);
      });
      return [...stems].map(([s, w]) => ({ stem: s, weight: w, start, end }));
    });
  }

  /** Returns the language of a phrase, or the profile's usual one if undecided. */
  languageOf(text: string, usual: AnalysedLanguage): AnalysedLanguage {
    return languageOfPhrase(text, this.tables.words) ?? usual;
  }

  /** Whether a French term contains this word, in this form or in the singular. */
  hasFrenchWord(word: string): boolean {
    return synonymWords(word, 'fr').some(({ form, mark }) => !mark && this.tables.words.french.has(form));
  }

  /** Returns possible English translations of a French phrase, most usual first; itself if unknown. */
  translations(text: string): string[] {
    const pieces = this.pieces(text);
    if (!pieces.some((p) => p.known || p.weight > UNKNOWN)) return [text];
    // "Simulation de transport" is French; "data assimilation" may already be English.
    const asItStands = pieces.length > 1 && languageOfPhrase(text, this.tables.words) === null ? [text] : [];
    return [...new Set([...asItStands, ...inEnglish(text, pieces)])];
  }

  /** Returns the ways calls of a language may write a phrase, the most usual first. */
  readings(text: string, from: AnalysedLanguage, to: AnalysedLanguage): string[] {
    if (to === 'fr') return from === 'fr' ? [text] : [text, ...inFrench(text, this.reverse)];
    const { english, englishWords } = this.tables;
    const own = from === 'fr' ? this.translations(text) : [text];
    return [...new Set([...own, ...own.flatMap((t) => otherWays(t, english, (s) => englishWords.has(s)))])];
  }

  private get reverse(): SynonymMap<string[]> {
    return (this.tables.reverse ??= reverseOf(this.tables.vocabularies));
  }

  private pieceAt(text: string, words: SynonymWord[], i: number): Piece | undefined {
    const word = words[i]!;
    const hit = this.termAt(text, words, i) ?? this.hyphenated(text, words, i);
    const acronym =
      word.mark || (hit?.length ?? 0) > 1 ? undefined : this.tables.english.acronymAt(text, word);
    if (acronym)
      return pieceOf(
        word.start,
        acronym.end,
        [...acronym.words, text.slice(word.start, acronym.end)],
        1,
        true,
      );
    if (hit) return pieceOf(word.start, words[i + hit.length - 1]!.end, hit.value, 1, true);
    return word.mark ? undefined : this.guess(text, word);
  }

  /**
   * Returns the longest term at a word. In "qualité des eaux souterraines" the adjective belongs to the
   * nearer noun: the quality of groundwater.
   */
  private termAt(
    text: string,
    words: SynonymWord[],
    i: number,
  ): { value: string[]; length: number } | undefined {
    const { french } = this.tables;
    const longest = french.longestAt(words, i);
    const last = i + (longest?.length ?? 0) - 1;
    const isLinked =
      last > i && /\s(?:de|du|des|d['’])/.test(text.slice(words[last - 1]!.end, words[last]!.start));
    return isLinked && (french.longestAt(words, last)?.length ?? 0) > 1
      ? (french.longestAt(words, i, last - i) ?? longest)
      : longest;
  }

  /** "semi-conducteur" is also "semiconducteur". */
  private hyphenated(
    text: string,
    words: SynonymWord[],
    i: number,
  ): { value: string[]; length: number } | undefined {
    const [a, b] = [words[i]!, words[i + 1]];
    if (!b || text.slice(a.end, b.start) !== '-') return undefined;
    const form = a.form + b.form;
    const value = this.tables.french.get([{ ...a, form, stem: stem(form, 'fr') }]);
    return value && { value, length: 2 };
  }

  private guess(text: string, { form, start, end }: SynonymWord): Piece {
    // Snowball treats "petite" as a noun but "petit" as a verb.
    const masculine = form.replace(/e$/, '');
    const term = this.tables.french.get([
      { form: masculine, stem: stem(masculine, 'fr'), start, end, mark: false },
    ]);
    if (term) return pieceOf(start, end, term, 1, true);
    const ways = [bare(fold(text.slice(start, end))), ...cognates(form)];
    const known = ways.find((w) => this.tables.englishWords.has(stem(w, 'en')));
    return pieceOf(start, end, [known ?? ways[0]!], known === undefined ? UNKNOWN : COGNATE, false);
  }
}

const pieceOf = (start: number, end: number, english: string[], weight: number, known: boolean): Piece => ({
  start,
  end,
  english,
  terms: english.map(englishStems),
  weight,
  known,
});

function tablesOf(vocabularies: readonly Vocabulary[]): Tables {
  const words = { french: new Set<string>(), frenchStems: new Set<string>(), english: new Set<string>() };
  const tables = {
    french: new SynonymMap<string[]>(),
    english: new EnglishTerms(vocabularies),
    words,
    englishWords: new Set<string>(),
    vocabularies: vocabularies.map((v) => v.french),
  };
  for (const [key, value] of tables.vocabularies.flatMap((v) => Object.entries(v))) {
    for (const { form, stem: s } of addFrench(tables.french, key, value)) {
      words.french.add(form);
      words.frenchStems.add(s);
    }
    for (const english of asList(value)) {
      for (const t of tokenise(english, 'en')) {
        words.english.add(t.form);
        if (/\p{Ll}/u.test(english.slice(t.start, t.end))) tables.englishWords.add(t.stem);
      }
    }
  }
  return tables;
}

function addFrench(map: SynonymMap<string[]>, key: string, value: string | string[]): SynonymWord[] {
  const french = synonymWords(key, 'fr');
  map.set(french, [...new Set([...(map.own(french) ?? []), ...asList(value)])]);
  return french;
}

function reverseOf(vocabularies: readonly OwnVocabulary[]): SynonymMap<string[]> {
  const reverse = new SynonymMap<string[]>();
  for (const [french, terms] of vocabularies.flatMap((v) => Object.entries(v))) {
    for (const english of asList(terms)) {
      const words = synonymWords(english, 'en');
      reverse.set(words, [...(reverse.own(words) ?? []), french]);
    }
  }
  return reverse;
}
