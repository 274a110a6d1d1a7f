import { Terminology } from '../analysis/terminology.js';
import { phraseOf } from '../analysis/terms.js';
import { blocksOf, type Block } from './draft-blocks.js';
import { phrasesOf, type Phrase, type Reading } from './draft-phrases.js';
import { withoutEnglishVerb } from './english-verbs.js';
import { withoutLeadingVerb } from './french-verbs.js';
import { languageOfText } from './guess-language.js';
import type { Competence } from '../../../profiles/domain/index.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';

/** Longer descriptions are whole brochures. */
export const LONGEST_DESCRIPTION = 20_000;
const MOST_COMPETENCES = 12;
const MOST_KEYWORDS = 14;
const LONGEST_LABEL = 80;
const LONGEST_TEXT = 600;
/** A phrase in no call may be in the next one; it counts like one that is everywhere. */
const UNSEEN = 0.3;
/** Words alone and phrases in more than these shares of the calls say nothing. */
const COMMON = { word: 0.04, phrase: 0.12 };
const BY_WORDS = [0, 0.5, 1, 1.1, 0.9];

/**
 * What is known of the words of calls: how many calls of a language there are, and in how many of them a
 * phrase stands.
 */
export interface TermStatistics {
  terminology: Terminology;
  calls(language: AnalysedLanguage): number;
  holding(text: string, language: AnalysedLanguage): number;
}

/** What was drafted, and in which language the description was read. */
export interface Draft {
  language: AnalysedLanguage;
  competences: Competence[];
}

interface Keyword extends Phrase {
  /** Equal keys: found in the same calls. */
  key: string;
  value: number;
  /** Calls that hold it. */
  count: number;
}
interface Subject extends Block {
  keywords: Keyword[];
}

/**
 * A phrase's worth as a keyword: the rarer in the calls the better, two or three words best; null where it is
 * worth nothing.
 */
function valued(phrase: Phrase, language: AnalysedLanguage, known: TermStatistics | null): Keyword | null {
  const [byWords, key] = [BY_WORDS[phrase.words] ?? 0, phraseOf(phrase.text, language)?.key ?? ''];
  const calls = known?.calls(language) ?? 0;
  if (!known || calls === 0)
    return saysEnough(phrase) ? { ...phrase, key, value: byWords * UNSEEN, count: 0 } : null;
  const count = known.holding(phrase.text, language);
  if (count > calls * (phrase.words === 1 ? COMMON.word : COMMON.phrase) + 1) return null;
  if (count === 0) return phrase.words === 1 ? null : { ...phrase, key, value: byWords * UNSEEN, count };
  return {
    ...phrase,
    key,
    value: byWords * (0.5 + (0.5 * Math.log(calls / count)) / Math.log(calls + 1)),
    count,
  };
}

/** Where no call is known, a word alone has to be long or a short name. */
const saysEnough = ({ text, words }: Phrase): boolean =>
  words > 1 || text.length >= 9 || /[A-Z\d]{2}/.test(text);

const holds = (longer: string, shorter: string): boolean =>
  ` ${longer.toLowerCase()} `.includes(` ${shorter.toLowerCase()} `);

/**
 * Whether it finds what those already kept do not: a phrase inside one of them that is not much rarer, or a
 * longer one in no call, does not.
 */
function adds(k: Keyword, kept: Keyword[]): boolean {
  if (kept.some((o) => o.key === k.key)) return false;
  const around = kept.filter((o) => holds(o.text, k.text));
  if (around.some((o) => o.count * 3 >= k.count || (k.words === 1 && o.count > 0))) return false;
  return k.count > 0 || !kept.some((o) => holds(k.text, o.text));
}

/** The best, phrases before single words. */
function best(all: Keyword[], most = MOST_KEYWORDS): Keyword[] {
  const kept: Keyword[] = [];
  for (const k of [...all].sort(
    (a, b) => Number(a.words === 1) - Number(b.words === 1) || b.value - a.value,
  )) {
    if (kept.length < most && adds(k, kept)) kept.push(k);
  }
  return kept;
}

/**
 * What a phrase is in English: what calls have of it; where the terminology has all of it, the most usual way
 * though no call has it today.
 */
function englishOf(phrase: string, isEnglish: (text: string) => boolean, terminology: Terminology): string[] {
  const readings = terminology.translations(phrase);
  const seen = readings.filter(isEnglish);
  return seen.length > 0 || !terminology.pieces(phrase).every((p) => p.known) ? seen : readings.slice(0, 1);
}

/**
 * What phrases of a French text are in English, as far as calls have such words. A word of a longer
 * expression is not translated by itself.
 */
function english(phrases: Phrase[], known: TermStatistics): Keyword[] {
  const isEnglish = (text: string): boolean => known.holding(text, 'en') > 0;
  return phrases
    .filter((p) => p.whole || p.words > 1)
    .flatMap((p) => englishOf(p.text, isEnglish, known.terminology).slice(0, 2))
    .flatMap((text) => valued({ text, words: text.split(' ').length, whole: true }, 'en', known) ?? []);
}

const readingOf = (language: AnalysedLanguage, known: TermStatistics | null): Reading => ({
  language,
  terminology: known?.terminology ?? Terminology.none,
});

/**
 * The keywords of a text. French calls are few, so that half of those of a French text are what its phrases
 * are in English.
 */
function keywordsOf(text: string, language: AnalysedLanguage, known: TermStatistics | null): Keyword[] {
  const phrases = phrasesOf(text, readingOf(language, known));
  const own = phrases.flatMap((p) => valued(p, language, known) ?? []);
  if (language === 'en' || !known) return best(own);
  return [
    ...best(english(phrases, known), MOST_KEYWORDS / 2),
    ...best(
      own.filter((k) => k.words > 1),
      MOST_KEYWORDS / 2,
    ),
  ];
}

const cut = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${text.slice(0, text.lastIndexOf(' ', most - 1) > most / 2 ? text.lastIndexOf(' ', most - 1) : most - 1).trimEnd()}…`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Of a heading the noun phrase in it; null where it is none. */
function headed(label: string | null, { language, terminology }: Reading): string | null {
  if (!label) return label;
  if (language === 'en') return withoutEnglishVerb(label);
  return withoutLeadingVerb(label, (word) => terminology.hasFrenchWord(word));
}

function labelOf({ label, text, keywords }: Subject, reading: Reading): string {
  const heading = headed(label, reading);
  if (heading && heading.length <= LONGEST_LABEL) return capital(heading);
  // In the order of the text, and in its own words; none of the two holds words of the other.
  const plain = `${label ?? ''} ${text}`.replace(/[^\p{L}\p{N}'’-]+/gu, ' ').toLowerCase();
  const own = keywords.filter((k) => holds(plain, k.text));
  const [first] = own;
  const second = first && own.find((k) => k !== first && !sharesWords(k.text, first.text));
  const named = first ? [first, ...(second ? [second] : [])] : keywords.slice(0, 1);
  const inOrder = named
    .map((k) => k.text)
    .sort((a, b) => plain.indexOf(a.toLowerCase()) - plain.indexOf(b.toLowerCase()));
  return cut(capital(inOrder.join(reading.language === 'fr' ? ' et ' : ' and ')), LONGEST_LABEL);
}

const sharesWords = (one: string, other: string): boolean => {
  const words = new Set(
    one
      .toLowerCase()
      .split(/\s+/)
      .filter((w) => w.length > 3),
  );
  return other
    .toLowerCase()
    .split(/\s+/)
    .some((w) => words.has(w));
};

const asCompetence = (s: Subject, reading: Reading): Competence => ({
  label: labelOf(s, reading),
  description: cut(s.text.replace(/\s+/g, ' ').trim(), LONGEST_TEXT),
  keywords: s.keywords.map((k) => k.text),
  exclusions: [],
  weight: 1,
});

const worth = (s: Subject): number =>
  (s.label ? 1 : 0) + s.keywords.slice(0, 4).reduce((sum, k) => sum + k.value, 0);
/** A sentence of which nothing can be searched is about the institute, not about what it can do. */
const hasSubject = (s: Subject): boolean =>
  s.keywords.length > 0 && (s.label !== null || s.keywords.some((k) => k.words > 1));

function mostTelling(subjects: Subject[]): Subject[] {
  const chosen = new Set([...subjects].sort((a, b) => worth(b) - worth(a)).slice(0, MOST_COMPETENCES));
  return subjects.filter((s) => chosen.has(s));
}

/** "…, in batteries, hydrogen and power electronics": few sentences that list many things are taken apart. */
function unfolded(blocks: Block[]): Block[] {
  if (blocks.length > 2) return blocks;
  return blocks.flatMap((b) => {
    const items = b.text
      .split(/[,;:]|\s(?:and|et|ainsi que|as well as)\s/)
      .map((i) => i.trim())
      .filter(Boolean);
    return b.label === null && items.length > 3 ? items.map((text) => ({ label: null, text })) : [b];
  });
}

/**
 * Competences drafted from a description as people write it for a web page or a brochure, in French or
 * English: a proposal to be read and corrected. Nothing is invented: labels are noun phrases of the
 * description, keywords its own expressions, and, of French ones, what they are in English as a whole where
 * calls have such words.
 */
export function draftCompetences(description: string, known: TermStatistics | null): Draft {
  const text = description.slice(0, LONGEST_DESCRIPTION);
  const language = languageOfText(text);
  const taken = new Set<string>();
  const subjects = unfolded(blocksOf(text)).map((block): Subject => {
    const keywords = keywordsOf(`${block.label ?? ''}\n${block.text}`, language, known).filter(
      (k) => !taken.has(k.text.toLowerCase()),
    );
    keywords.forEach((k) => taken.add(k.text.toLowerCase()));
    return { ...block, keywords };
  });
  return {
    language,
    competences: mostTelling(subjects.filter(hasSubject)).map((s) =>
      asCompetence(s, readingOf(language, known)),
    ),
  };
}
