import type { Terminology } from '../analysis/terminology.js';
import { phraseOf } from '../analysis/terms.js';
import type { Steps } from '../../../kernel/time-slices.js';
import type { Block, Phrase, Reading } from './draft-phrases.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';

const MOST_KEYWORDS = 14;
/** A phrase found in no call may be in the next one; it counts like one found everywhere. */
const UNSEEN = 0.3;
/** Single words and phrases found in more than these shares of calls carry no information. */
const COMMON = { word: 0.04, phrase: 0.12 };
const BY_WORDS = [0, 0.5, 1, 1.1, 0.9];

/** Term statistics of the calls: the number of calls in a language, and how many contain each phrase. */
export interface TermStatistics {
  terminology: Terminology;
  calls(language: AnalysedLanguage): number;
  holding(texts: Iterable<string>, language: AnalysedLanguage): Steps<ReadonlyMap<string, number>>;
}

/** A phrase that finds calls. */
export interface Keyword extends Phrase {
  /** Keywords with equal keys are found in the same calls. */
  key: string;
  value: number;
  /** The number of calls that contain it. */
  count: number;
}
/** A piece of the description with the phrases in it. */
export interface ReadBlock extends Block {
  phrases: Phrase[];
}

/** The number of calls of a language, and of those that contain each phrase of the description. */
interface Counted {
  language: AnalysedLanguage;
  calls: number;
  holding: ReadonlyMap<string, number>;
}

/**
 * Returns a phrase's value as a keyword: rarer is better, two or three words are best; null if it has none.
 */
function valued(phrase: Phrase, { language, calls, holding }: Counted): Keyword | null {
  const byWords = BY_WORDS[phrase.words] ?? 0;
  const keyword = (value: number, count: number): Keyword => ({
    ...phrase,
    key: phraseOf(phrase.text, language)?.key ?? '',
    value,
    count,
  });
  if (calls === 0) return saysEnough(phrase) ? keyword(byWords * UNSEEN, 0) : null;
  const count = holding.get(phrase.text) ?? 0;
  if (count > calls * (phrase.words === 1 ? COMMON.word : COMMON.phrase) + 1) return null;
  if (count === 0) return phrase.words === 1 ? null : keyword(byWords * UNSEEN, count);
  return keyword(byWords * (0.5 + (0.5 * Math.log(calls / count)) / Math.log(calls + 1)), count);
}

/** If no calls are known, a single word has to be long or an acronym. */
const saysEnough = ({ text, words }: Phrase): boolean =>
  words > 1 || text.length >= 9 || /[A-Z\d]{2}/.test(text);

export const holds = (longer: string, shorter: string): boolean =>
  ` ${longer.toLowerCase()} `.includes(` ${shorter.toLowerCase()} `);

/**
 * Whether it finds calls that the kept keywords do not. It does not if it is part of one and not much rarer,
 * or contains one and is found in no call.
 */
function adds(k: Keyword, kept: Keyword[]): boolean {
  if (kept.some((o) => o.key === k.key)) return false;
  const around = kept.filter((o) => holds(o.text, k.text));
  if (around.some((o) => o.count * 3 >= k.count || (k.words === 1 && o.count > 0))) return false;
  return k.count > 0 || !kept.some((o) => holds(k.text, o.text));
}

/** Returns the best keywords, phrases before single words. */
function best(all: Keyword[], most = MOST_KEYWORDS): Keyword[] {
  const kept: Keyword[] = [];
  for (const k of [...all].sort(
    (a, b) => Number(a.words === 1) - Number(b.words === 1) || b.value - a.value,
  )) {
    if (kept.length < most && adds(k, kept)) kept.push(k);
  }
  return kept;
}

/** An expression of a French text, with the ways to write it in English. */
interface Translated {
  readings: string[];
  /** Whether the terminology knows each of its words. */
  isKnown: boolean;
}

/**
 * Returns the translations of the expressions of a French text. A word of a longer one is not translated on
 * its own.
 */
function* translated(phrases: Iterable<Phrase>, terminology: Terminology): Steps<Map<string, Translated>> {
  const found = new Map<string, Translated>();
  for (const { text, whole, words } of phrases) {
    if (found.has(text) || !(whole || words > 1)) continue;
    found.set(text, {
      readings: terminology.translations(text),
      isKnown: terminology.pieces(text).every((p) => p.known),
    });
    yield;
  }
  return found;
}

/**
 * Returns the English keywords for phrases of a French text: of each, the translations that calls contain; if
 * they contain none but the terminology knows every word, the most usual one.
 */
function english(
  phrases: Phrase[],
  translations: ReadonlyMap<string, Translated>,
  counted: Counted,
): Keyword[] {
  return phrases
    .filter((p) => p.whole || p.words > 1)
    .flatMap(({ text }) => {
      const { readings, isKnown } = translations.get(text)!;
      const seen = readings.filter((reading) => (counted.holding.get(reading) ?? 0) > 0);
      return (seen.length > 0 || !isKnown ? seen : readings.slice(0, 1)).slice(0, 2);
    })
    .flatMap((text) => valued({ text, words: text.split(' ').length, whole: true }, counted) ?? []);
}

/**
 * Returns the keywords of each piece. As few calls are in French, half the keywords of a French text are
 * translations into English.
 */
export function* keywordsOf(
  blocks: ReadBlock[],
  { language, terminology }: Reading,
  known: TermStatistics | null,
): Steps<Keyword[][]> {
  const phrases = blocks.flatMap((b) => b.phrases);
  const counted = function* (texts: Iterable<string>, of: AnalysedLanguage): Steps<Counted> {
    return known
      ? { language: of, calls: known.calls(of), holding: yield* known.holding(texts, of) }
      : { language: of, calls: 0, holding: new Map() };
  };
  const own = yield* counted(new Set(phrases.map((p) => p.text)), language);
  const translations = language === 'en' || !known ? null : yield* translated(phrases, terminology);
  const inEnglish =
    translations && (yield* counted(new Set([...translations.values()].flatMap((t) => t.readings)), 'en'));
  const found: Keyword[][] = [];
  for (const block of blocks) {
    const all = block.phrases.flatMap((p) => valued(p, own) ?? []);
    found.push(
      translations && inEnglish
        ? [
            ...best(english(block.phrases, translations, inEnglish), MOST_KEYWORDS / 2),
            ...best(
              all.filter((k) => k.words > 1),
              MOST_KEYWORDS / 2,
            ),
          ]
        : best(all),
    );
    yield;
  }
  return found;
}
