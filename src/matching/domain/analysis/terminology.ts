import {
  englishStems,
  EnglishTerms,
  oneByOne,
  SynonymMap,
  type SynonymWord,
  synonymWords,
} from './synonyms.js';
import { type Steps, toEnd } from '../../../kernel/time-slices.js';
import { bare, fold, frenchForm, stem } from '../../../kernel/stem.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import { asList, type OwnVocabulary, type Vocabulary } from '../../../profiles/domain/vocabulary.js';
import { type Token, tokenise } from './tokenise.js';

/** A stretch of a French text, with its English translations. */
interface Piece {
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  /** English translations, the most usual first. */
  english: string[];
  /** The stems of each translation. */
  terms: string[][];
  weight: number;
  /** Whether the terminology contains it; otherwise it is a guess from the form of the word. */
  known: boolean;
}

/**
 * Readings of a phrase that are searched for; the further readings of a long, ambiguous phrase are
 * far-fetched.
 */
const MOST_READINGS = 8;
const MOST_OTHERS = 8;

/** French adjectives that precede their noun, as all English ones do. */
const before = new Set(
  'grand petit haut bas nouveau bon gros faible fort double premier jeune vieux mauvais moyen multi micro mini auto bio éco inter ultra très'.split(
    ' ',
  ),
);

type Unit = { start: number; end: number; ways: string[] };

/** Returns every combination of the units' readings, in unit order, the most usual first. */
function combined(units: Unit[]): string[] {
  const all = units.reduce<string[][]>(
    (found, { ways }) => found.flatMap((f) => ways.map((way) => [...f, way])).slice(0, 200),
    [[]],
  );
  const rank = (words: string[]): number =>
    words.reduce((sum, word, i) => sum + (units[i]?.ways.indexOf(word) ?? 0), 0);
  return all
    .map((words) => ({ words, rank: rank(words) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_READINGS)
    .map(({ words }) => words.join(' '));
}

/** Returns units that keep their order: hyphenated words, and an adjective with the word it precedes. */
function clusters(text: string, units: Unit[]): Unit[][] {
  const result: Unit[][] = [];
  units.forEach((unit, i) => {
    const last = units[i - 1];
    const stays =
      last &&
      (text.slice(last.end, unit.start) === '-' ||
        before.has(frenchForm(fold(text.slice(last.start, last.end)))));
    if (stays) result.at(-1)!.push(unit);
    else result.push([unit]);
  });
  return result;
}

const isLinked = (text: string, before: Unit[], after: Unit[]): boolean =>
  /(?:^|\s)(?:de|du|des|d['’])/.test(text.slice(before.at(-1)!.end, after[0]!.start));

/** Returns clusters that "de" does not separate: a noun with its adjectives. */
function groups(text: string, all: Unit[][]): Unit[][][] {
  const result: Unit[][][] = [];
  all.forEach((cluster, i) => {
    if (i > 0 && !isLinked(text, all[i - 1]!, cluster)) result.at(-1)!.push(cluster);
    else result.push([cluster]);
  });
  return result;
}

/**
 * Returns the adjectives, then the noun's complements, then the noun: "gestion durable des forêts" becomes
 * "sustainable forest management".
 */
const inOrder = ([first, ...rest]: Unit[][][]): Unit[] =>
  first ? [...first.slice(1).reverse().flat(), ...inOrder(rest), ...first[0]!] : [];

/** Returns the units in the other language's order, on each side of "and", a comma or a bracket. */
function turned(text: string, units: Unit[]): Unit[] {
  const sides: Unit[][] = [[]];
  for (const unit of units) {
    const gap = text.slice(sides.at(-1)!.at(-1)?.end ?? unit.start, unit.start);
    const and = /(?:^|\s)(?:et|ou|and|or)\s/.test(gap);
    if (and || /[,;:()/]/.test(gap))
      sides.push(...(and ? [[{ start: unit.start, end: unit.start, ways: ['and'] }], []] : [[]]));
    sides.at(-1)!.push(unit);
  }
  return sides.flatMap((side) => inOrder(groups(text, clusters(text, side))));
}

/** "Stationary storage" of "energy" is also "stationary energy storage". */
function inserted([head, tail]: Unit[][][]): string[] {
  const [unit, ...more] = head?.flat() ?? [];
  const compounds = more.length === 0 ? (unit?.ways ?? []).filter((way) => way.includes(' ')) : [];
  const between = compounds.length > 0 && tail ? combined(inOrder([tail])) : [];
  return compounds.flatMap((way) => between.map((words) => way.replace(/ (?=\S+$)/, ` ${words} `)));
}

/**
 * Returns possible English translations of a French phrase: with the words reversed and, for two nouns with
 * adjectives, also in the form "sustainable management of forests".
 */
function inEnglish(text: string, pieces: Piece[]): string[] {
  const units = pieces.map((p): Unit => ({ start: p.start, end: p.end, ways: p.english }));
  const parts = groups(text, clusters(text, units));
  const ways = combined(turned(text, units));
  if (parts.length !== 2 || /[,;:()/]| et | ou /.test(text) || !ways.some((way) => way.split(' ').length > 2))
    return ways;
  const straight = combined(parts.flatMap((group) => inOrder([group])));
  return [...ways, ...straight.slice(0, MOST_READINGS / 2), ...inserted(parts).slice(0, MOST_READINGS / 2)];
}

/** Returns possible French translations of an English phrase; none unless the terminology has every word. */
function inFrench(text: string, french: SynonymMap<string[]>): string[] {
  const words = synonymWords(text, 'en');
  const units: Unit[] = [];
  for (let i = 0; i < words.length;) {
    const hit = french.longestAt(words, i);
    if (!hit && !words[i]!.mark) return [];
    if (hit)
      units.push({
        start: words[i]!.start,
        end: words[i + hit.length - 1]!.end,
        ways: hit.value.slice(0, 3),
      });
    i += hit?.length ?? 1;
  }
  return units.length === 0
    ? []
    : combined(turned(text.replaceAll('-', ' '), units)).map((t) => t.replaceAll(' and ', ' et '));
}

/**
 * Whether a term is safe to search for: a one-word term that is part of other words ("up-scale") or is itself
 * a word ("CAR") would be found where it is not meant.
 */
function isClear(term: string, isWord: (stem: string) => boolean): boolean {
  const words = synonymWords(term, 'en');
  const [only, ...more] = words.filter((w) => !w.mark);
  return (
    only !== undefined &&
    (more.length > 0 ||
      (words.length === 1 && (term === term.toLowerCase() || !isWord(stem(only.form, 'en')))))
  );
}

/** Returns other ways to write an English phrase: one term replaced by a synonym or its acronym. */
function otherWays(text: string, english: EnglishTerms, isWord: (stem: string) => boolean): string[] {
  const all = english
    .pieces(text)
    .flatMap(({ start, end, others }) =>
      others.filter((o) => isClear(o, isWord)).map((other) => text.slice(0, start) + other + text.slice(end)),
    );
  return [...new Set(all)].filter((t) => t !== text).slice(0, MOST_OTHERS);
}

/** Short words that only one of the languages has; "car", "on", "a" or "son" would mislead. */
const small: Record<AnalysedLanguage, ReadonlySet<string>> = {
  fr: new Set(
    'de du des d l la le les un une et en pour par sur avec sans sous au aux ou dans chez entre'.split(' '),
  ),
  en: new Set('the of and for with to from by in an at or into using based'.split(' ')),
};
const accents = /[àâçéèêëîïôûùœ]/;

/** The singular forms and stems known in each language; many belong to both. */
interface KnownWords {
  french: ReadonlySet<string>;
  frenchStems: ReadonlySet<string>;
  english: ReadonlySet<string>;
}

const isEnglish = (word: string, { english }: KnownWords): boolean =>
  english.has(word) || english.has(word.replace(/s$/, '')) || english.has(word.replace(/ies$/, 'y'));

/** Returns a word's evidence for French (above 0) or English (below 0). */
function sign(word: string, known: KnownWords): number {
  const plain = bare(word);
  if (accents.test(word)) return 2;
  const [fr, en] = [small.fr.has(plain), small.en.has(plain)];
  if (fr || en) return Number(fr) - Number(en);
  if (isEnglish(plain, known)) return known.french.has(frenchForm(word)) ? 0 : -1;
  return known.frenchStems.has(stem(word, 'fr')) ? 1 : 0;
}

/**
 * Returns the language of a label, keyword or description, or null if undecided: profiles are mostly written
 * in one language but contain words of the other.
 */
function languageOfPhrase(text: string, known: KnownWords): AnalysedLanguage | null {
  const words = fold(text).match(/[\p{L}\p{M}]+/gu) ?? [];
  const sum = words.reduce((total, word) => total + sign(word, known), 0);
  return sum === 0 ? null : sum > 0 ? 'fr' : 'en';
}

/** English endings of words with the same root, by French ending (singular, without accents). */
const endings: [RegExp, string[]][] = [
  [/ique$/, ['ic', 'ical', 'ics']],
  [/ite$/, ['ity', 'ite']],
  [/ie$/, ['y', 'ia']],
  [/te$/, ['ty', 't']],
  [/eur$/, ['or', 'er']],
  [/isme$/, ['ism']],
  [/if$/, ['ive']],
  [/(?:el|elle)$/, ['al']],
  [/aire$/, ['ary', 'ar']],
  [/(?:eux|euse)$/, ['ous']],
  [/ance$/, ['ance', 'ancy']],
  [/ence$/, ['ence', 'ency']],
  [/(?:ien|ienne)$/, ['ian', 'ean']],
  [/aux$/, ['al']],
  [/ine$/, ['in']],
  [/e$/, ['']],
];

/** Returns candidate English forms of an unknown French word: itself, then those its ending suggests. */
function cognates(form: string): string[] {
  const word = bare(form);
  return [
    word,
    ...endings.flatMap(([end, ways]) =>
      word.length > 4 && end.test(word) ? ways.map((w) => word.replace(end, w)) : [],
    ),
  ];
}

/** An English stem of a text, with its source position. */
interface EnglishStem {
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
  static readonly none = Terminology.fromVocabularies([]);
  private built: Tables | undefined;

  private constructor(private readonly build: () => Steps<Tables>) {}

  /** Free until first used; then it stems every word of the vocabularies, which takes half a second. */
  static fromVocabularies(vocabularies: readonly Vocabulary[]): Terminology {
    return new Terminology(() => tablesOf(vocabularies));
  }

  /** Does that work beforehand, a term a step. */
  *prepare(): Steps<void> {
    if (this.built) return;
    const tables = yield* this.build();
    this.built ??= tables;
  }

  private get tables(): Tables {
    return (this.built ??= toEnd(this.build()));
  }

  /** Returns this terminology with a profile's own terms taking precedence. */
  extendedBy(own: OwnVocabulary | undefined): Terminology {
    if (!own || Object.keys(own).length === 0) return this;
    return new Terminology(() => extended(own, this.tables));
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

  /** Whether a text as a whole is a French term; its words may be English ones, too. */
  isFrenchTerm(text: string): boolean {
    return this.tables.french.get(synonymWords(text, 'fr')) !== undefined;
  }

  /** Whether a French term contains this word, in this form or in the singular. */
  hasFrenchWord(word: string): boolean {
    return synonymWords(word, 'fr').some(({ form, mark }) => !mark && this.tables.words.french.has(form));
  }

  /** Whether a term of either language contains this word, in this form or in the singular. */
  hasWord(word: string): boolean {
    return this.hasFrenchWord(word) || isEnglish(bare(fold(word)), this.tables.words);
  }

  /** Returns the words of all terms, as they stand there or in the singular. */
  *words(): Generator<string, void> {
    yield* this.tables.words.french;
    yield* this.tables.words.english;
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

function* extended(own: OwnVocabulary, { reverse: _, ...tables }: Tables): Steps<Tables> {
  const french = new SynonymMap<string[]>(tables.french);
  for (const [key, value] of Object.entries(own)) {
    addFrench(french, key, value);
    yield;
  }
  return { ...tables, french, vocabularies: [own, ...tables.vocabularies] };
}

function* tablesOf(vocabularies: readonly Vocabulary[]): Steps<Tables> {
  const words = { french: new Set<string>(), frenchStems: new Set<string>(), english: new Set<string>() };
  const tables = {
    french: new SynonymMap<string[]>(),
    english: new EnglishTerms(),
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
    yield;
  }
  yield* tables.english.read(vocabularies);
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
