import type { AnalysedLanguage } from '../../../kernel/language.js';
import { bare, fold, frenchForm, stem } from '../../../kernel/stem.js';

/**
 * Folded (lower case, no accents), like the output of `bare` in stem.ts. The lists of the stopword package
 * were tried instead on the judged day: average precision 0.740 and 0.673, against 0.738 and 0.677 with
 * these.
 */
const lists: Record<AnalysedLanguage, ReadonlySet<string>> = {
  en: new Set(
    `a about above across after against all also am among an and any are as at be because been before being below between
     both but by can cannot could did do does doing during each either etc few for from further had has have having he her
     here hers him his how however i if in into is it its itself just may me might more most must my neither no nor not of
     on once only or other our ours out over own per same shall she should so some such than that the their theirs them
     themselves then there these they this those through thus to too under until up upon us very via was we were what when
     where whether which while who whom whose why will with within without would you your yours eg ie`.split(
      /\s+/,
    ),
  ),
  fr: new Set(
    `a afin ai ainsi alors apres au aucun aujourd aussi autre autres aux avant avec avoir c car ce ceci cela celle celles
     celui certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez ci comme comment d dans de depuis des donc dont du elle elles en encore entre es
     est et etait etant etc ete etre eu eux fait faire font hui il ils j je jusqu l la laquelle le lequel les lesquels leur
     leurs lors lorsque lui m ma mais me meme memes mes moins mon n ne ni non nos notamment notre nous on ont ou par parmi pas peu peut
     peuvent plus plusieurs pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si soit son sont
     sous sur surtout t ta te tel telle telles tels tes toi ton toujours tous tout toute toutes tres tu un une vers via vos votre vous y`.split(
      /\s+/,
    ),
  ),
};

/** Words that reverse a compound: "storage of hydrogen" is "hydrogen storage". */
const links = new Set(['of', 'for', 'in', 'from', 'de', 'du', 'des', 'd', 'pour']);
/** Joining words take up a position, so that "energy and storage" is not "energy storage". */
const joins = new Set(['and', 'or', 'et', 'ou']);
/** Names in capitals that are stop words in lower case. */
const names = new Set(['IT', 'US', 'WHO']);

/** Whether a word (as written, and bare) has no meaning of its own in that language. */
export const isStopWord = (written: string, bare: string, language: AnalysedLanguage): boolean =>
  lists[language].has(bare) && !names.has(written);

/**
 * Whether a bare word is a stop word in any known language: for a profile's prose, whose language is unknown.
 */
export const isStopWordAnywhere = (bare: string): boolean => lists.en.has(bare) || lists.fr.has(bare);

const isLink = (bare: string): boolean => links.has(bare);
const isJoin = (bare: string): boolean => joins.has(bare);

/** Returns a copy of the text: a substring keeps the whole text it was cut from in memory. */
export const flattenString = (piece: string): string => Array.from(piece).join('');

const begins = /[\p{L}\p{N}]/u;
const continues = /[\p{L}\p{N}\p{M}\u00AD\u200C\u200D\u2060]/u;

/**
 * The kinds of characters. The table is filled as characters are met: testing a pattern for each character
 * would take most of the reading time.
 */
const [UNKNOWN, OUTSIDE, CONTINUES, BEGINS, HALF] = [0, 1, 2, 3, 4];
const kinds = new Uint8Array(0x1_0000);

const readKind = (character: string): number =>
  begins.test(character) ? BEGINS : continues.test(character) ? CONTINUES : OUTSIDE;

function learnKind(unit: number): number {
  return (kinds[unit] = unit >= 0xd800 && unit < 0xe000 ? HALF : readKind(String.fromCharCode(unit)));
}

/** Returns the kind of the character at an offset; HALF if it takes two units. */
function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const kind = kinds[unit]!;
  return kind === UNKNOWN ? learnKind(unit) : kind;
}

/** Returns the kind of a character outside the BMP: letters of old scripts and of mathematics. */
const kindOfPair = (text: string, at: number): number =>
  readKind(String.fromCodePoint(text.codePointAt(at)!));
const unitsAt = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/** Returns the offset of the next word from an offset on; the length of the text if there is none. */
function nextWord(text: string, from: number): number {
  for (let at = from; at < text.length;) {
    const kind = kindAt(text, at);
    if (kind === BEGINS || (kind === HALF && kindOfPair(text, at) === BEGINS)) return at;
    at += kind === HALF ? unitsAt(text, at) : 1;
  }
  return text.length;
}

/** Returns the end of the word that starts at an offset. */
function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === OUTSIDE || (kind === HALF && kindOfPair(text, at) === OUTSIDE)) break;
    at += kind === HALF ? unitsAt(text, at) : 1;
  }
  return at;
}

/** A meaningful word, with its place in the original text. */
export interface Token {
  /** Folded, with accents. */
  form: string;
  /** The form in the singular, as far as its ending shows; not necessarily a real word. */
  singular: string;
  stem: string;
  /** UTF-16 offsets: text.slice(start, end) is the word as written. */
  start: number;
  end: number;
  /**
   * Meaningful words and joining words each advance it by 1; a mark such as a full stop or comma advances it
   * by `breakWidth`.
   */
  position: number;
  /** Whether "of", "for", "de" … precedes this word. */
  linked: boolean;
}

/** Wider than any phrase: no phrase crosses a full stop, a comma or the end of a line. */
export const breakWidth = 10;

const mark = /[.,;:!?•·|…\n\r\t]|\s[()[\]–—-]|[()[\]–—]\s/;
/** Text that looks like words but is not: addresses, call identifiers. Blanked, so offsets stay valid. */
const noWords = /https?:\/\/\S+|www\.\S+|[^\s@]{1,64}@\S+|\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){3,}\b/g;
/** The same for texts without "@": searching for e-mail addresses would double the time. */
const noWordsWithoutMail = /https?:\/\/\S+|www\.\S+|\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){3,}\b/g;

/** "l'eau", "Europe's": a single letter next to an apostrophe is grammar in either language. */
const isElision = (written: string, text: string, start: number, end: number): boolean =>
  written.length === 1 && (isApostrophe(text[start - 1]) || isApostrophe(text[end]));
const isApostrophe = (letter: string | undefined): boolean => letter === "'" || letter === '’';

const isBreak = (gap: string, before: string, after: string): boolean =>
  gap !== ' ' && mark.test(gap) && !(/^[.,]$/.test(gap) && /\d$/.test(before) && /^\d/.test(after));

/** The properties of a word that do not depend on its neighbours. */
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
    // Only a cache, like that of the stems.
    if (words.size > 200_000) words.clear();
    words.set(result.written, result);
  }
  return result;
}

/** Returns the meaningful words of a text in order; stop words of that language are skipped. */
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
    // Most words are separated by a single space; only other gaps are cut out.
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
