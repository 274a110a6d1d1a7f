import { Terminology } from '../analysis/terminology.js';
import { phraseOf } from '../analysis/terms.js';
import { blocksOf, type Block } from './draft-blocks.js';
import { phrasesOf, type Phrase, type Reading } from './draft-phrases.js';
import { withoutEnglishVerb } from './english-verbs.js';
import { withoutLeadingVerb } from './french-verbs.js';
import { languageOfText } from './guess-language.js';
import type { Competence } from '../../../profiles/domain/index.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';

/** Longer descriptions are entire brochures. */
export const LONGEST_DESCRIPTION = 20_000;
const MOST_COMPETENCES = 12;
const MOST_KEYWORDS = 14;
const LONGEST_LABEL = 80;
const LONGEST_TEXT = 600;
/** A phrase found in no call may be in the next one; it counts like one found everywhere. */
const UNSEEN = 0.3;
/** Single words and phrases found in more than these shares of calls carry no information. */
const COMMON = { word: 0.04, phrase: 0.12 };
const BY_WORDS = [0, 0.5, 1, 1.1, 0.9];

/** Term statistics of the calls: the number of calls in a language, and how many contain a phrase. */
export interface TermStatistics {
  terminology: Terminology;
  calls(language: AnalysedLanguage): number;
  holding(text: string, language: AnalysedLanguage): number;
}

/** The draft, with the language in which the description was read. */
export interface Draft {
  language: AnalysedLanguage;
  competences: Competence[];
}

interface Keyword extends Phrase {
  /** Keywords with equal keys are found in the same calls. */
  key: string;
  value: number;
  /** The number of calls that contain it. */
  count: number;
}
interface Subject extends Block {
  keywords: Keyword[];
}

/**
 * Returns a phrase's value as a keyword: rarer is better, two or three words are best; null if it has none.
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

/** If no calls are known, a single word has to be long or an acronym. */
const saysEnough = ({ text, words }: Phrase): boolean =>
  words > 1 || text.length >= 9 || /[A-Z\d]{2}/.test(text);

const holds = (longer: string, shorter: string): boolean =>
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

/**
 * Returns the English translations of a phrase that calls contain; if none do but the terminology knows every
 * word, the most usual translation.
 */
function englishOf(phrase: string, isEnglish: (text: string) => boolean, terminology: Terminology): string[] {
  const readings = terminology.translations(phrase);
  const seen = readings.filter(isEnglish);
  return seen.length > 0 || !terminology.pieces(phrase).every((p) => p.known) ? seen : readings.slice(0, 1);
}

/**
 * Returns English keywords for phrases of a French text, as far as calls contain them. A word of a longer
 * expression is not translated on its own.
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
 * Returns the keywords of a text. As few calls are in French, half the keywords of a French text are
 * translations into English.
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

/** Returns the noun phrase in a heading; null if there is none. */
function headed(label: string | null, { language, terminology }: Reading): string | null {
  if (!label) return label;
  if (language === 'en') return withoutEnglishVerb(label);
  return withoutLeadingVerb(label, (word) => terminology.hasFrenchWord(word));
}

function labelOf({ label, text, keywords }: Subject, reading: Reading): string {
  const heading = headed(label, reading);
  if (heading && heading.length <= LONGEST_LABEL) return capital(heading);
  // In text order and wording; neither keyword contains words of the other.
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
/** Whether a piece has searchable content; otherwise it describes the institute, not a competence. */
const hasSubject = (s: Subject): boolean =>
  s.keywords.length > 0 && (s.label !== null || s.keywords.some((k) => k.words > 1));

function mostTelling(subjects: Subject[]): Subject[] {
  const chosen = new Set([...subjects].sort((a, b) => worth(b) - worth(a)).slice(0, MOST_COMPETENCES));
  return subjects.filter((s) => chosen.has(s));
}

/** "…, in batteries, hydrogen and power electronics": splits up a few sentences listing many things. */
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
 * Drafts competences from a description written for a web page or brochure, in French or English, for review
 * and correction. Nothing is invented: labels are noun phrases from the description; keywords are its own
 * expressions and, for French ones, their full English translations if calls contain them.
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
