import { dateForPeople } from '../../../calls/domain/facts/deadline.js';
import { translateTo } from '../../../i18n/translate.js';
import { oneLine, shortened, spaced } from '../../../kernel/one-line.js';
import type { Language } from '../../../kernel/language.js';
import { reasonFor } from '../reader/reading.js';
import { type Evidence, type MatchScore, type ReadingEvidence, readingOf } from '../scoring/match.js';
import type { Verdict } from '../verdict.js';
import { shownScore } from '../../../kernel/band.js';
import type { SendingThreshold } from '../sending-threshold.js';
import { listTo } from '../../../i18n/message.js';

const LONGEST_QUOTE = 160;
const LONGEST_MODEL = 80;

/** Returns a text without its final full stop. */
function sentence(text: string): string {
  const line = oneLine(text).trim();
  return line.endsWith('.') ? line.slice(0, -1) : line;
}

/**
 * Returns a language model's answer on a call as a sentence without a full stop: "Read by MODEL on DAY: …".
 */
export function readingSaid(reading: ReadingEvidence, language: Language, withQuote = true): string {
  const t = translateTo(language);
  const model = shortened(oneLine(reading.model), LONGEST_MODEL);
  const found = t(`reason.read.${reading.grade}`, { model, day: dateForPeople(reading.at, language) });
  const reason = reasonFor(reading.reason ?? {}, language);
  if (reason === null) return found;
  const plain = spaced(sentence(reason.text), reason.language);
  const said = reason.language === language ? plain : t('reason.read.foreign', { said: plain });
  const quote = withQuote && reading.quote ? shortened(oneLine(reading.quote), LONGEST_QUOTE) : null;
  return t('reason.read.says', {
    found,
    said: quote === null ? said : t('reason.read.quote', { said, quote }),
  });
}

/** The current effect of a verdict on the ranking. */
interface LearnedEffect {
  title: string;
  verdict: Verdict;
  /** Set aside by a user, so that it has no effect. */
  aside: boolean;
  /** The most points it adds to or takes from an open or forthcoming call; 0 if there is none. */
  upTo: number;
  /** The number of those calls. */
  calls: number;
}

export function learnedSentence(
  { title, verdict, aside, upTo, calls }: LearnedEffect,
  language: Language,
): string {
  const t = translateTo(language);
  const of = verdict === 'not' ? 'not' : 'relevant';
  if (aside) return t(`reason.learned.aside.${of}`, { title });
  if (calls === 0) return t(`reason.learned.none.${of}`, { title });
  return t(`reason.learned.some.${of}`, { title, points: Math.max(1, Math.round(Math.abs(upTo))), calls });
}

/** An institute's threshold, and whether its decisions were set aside, as a sentence needs them. */
export type SaidThreshold = Omit<SendingThreshold, 'offset'> & { aside: boolean };

/** Says where the institute's decisions put its threshold, and by what. */
export const thresholdSentence = (
  { usual, score, aside, decisions, kept, expected }: SaidThreshold,
  language: Language,
): string =>
  translateTo(language)(decisions === 0 ? 'threshold.none' : 'threshold.says', {
    usual: shownScore(usual, { digits: 1 }),
    threshold: shownScore(score, { digits: 1 }),
    aside: aside ? 'yes' : 'no',
    decisions,
    kept,
    expected: Math.round(expected),
  });

/** Says how often calls like one were kept: on the judged day, and by the institute. */
export const suchCallsSentence = (
  { likely, decisions, kept }: { likely: number; decisions: number; kept: number },
  language: Language,
): string => translateTo(language)('threshold.such', { likely: Math.round(10 * likely), decisions, kept });

/** More words than this are a list, not a reason. */
const TERMS = 3;
const OTHERS = 2;
/**
 * Words below this share of the strongest term's points are not given as reasons; phrases, which are seldom
 * empty, have a lower limit.
 */
const [LEAST_WORD, LEAST_PHRASE] = [1 / 5, 1 / 20];
const LONGEST_NAME = 120;

/**
 * Returns why a call fits in one sentence: the competence with most of the score, its most telling words, and
 * the names of the next competences. Only words that were found are named, in the profile's own spelling.
 * `yours`: whether the profile is the reader's own. A language model's answer, if any, comes first.
 */
export function reasonSentence(match: MatchScore, language: Language, yours = true): string {
  const t = translateTo(language);
  const found = byWords(match);
  const [first, ...others] = weighed(found, (e) => e.competence).map((c) => c.name);
  const context = readingOf(match);
  const read = context ? `${readingSaid(context, language, false)}.` : null;
  if (read !== null && (first === undefined || context!.grade === 'not')) return read;
  if (first === undefined) return t('reason.none');
  const terms = preferenceTerms(found, first).slice(0, TERMS);
  const also = others.slice(0, OTHERS).map((other) => t('reason.fits.other', { competence: named(other) }));
  const byItsWords = t('reason.fits', {
    whose: yours ? 'yours' : 'other',
    competence: named(first),
    n: terms.length,
    terms: listTo(
      language,
      terms.map((term) => t('reason.fits.term', { term })),
    ),
    also: also.length ? t('reason.fits.also', { others: listTo(language, also) }) : '',
  });
  return read === null ? byItsWords : `${read} ${byItsWords}`;
}

/**
 * Returns the short form, for lists: “Power devices”: GaN, front-end module. A language model's answer is
 * given in full.
 */
export function shortReason(match: MatchScore, language: Language): string {
  const t = translateTo(language);
  const context = readingOf(match);
  if (context) return `${readingSaid(context, language, false)}.`;
  const strongest = strongestTerms(match);
  if (!strongest) return t('reason.none');
  return t('text.labelled', {
    label: t('text.quote', { text: strongest.competence }),
    value: strongest.terms.slice(0, TERMS).join(', '),
  });
}

/** Whether the sentence names the word of a piece of evidence; true for all evidence if it names none. */
export function naming(match: MatchScore): (evidence: Evidence) => boolean {
  const strongest = strongestTerms(match);
  const terms = new Set(strongest?.terms.slice(0, TERMS).map((term) => term.toLowerCase()));
  return (e) =>
    strongest === null ||
    (named(e.competence) === strongest.competence && terms.has(named(e.term).toLowerCase()));
}

/** Returns the best competence with its most telling words; null if no word was found. */
export function strongestTerms(match: MatchScore): { competence: string; terms: string[] } | null {
  const found = byWords(match);
  const [first] = weighed(found, (e) => e.competence);
  return first ? { competence: named(first.name), terms: preferenceTerms(found, first.name) } : null;
}

/** Returns the best competence as the sentence names it first; null if there is none. */
export function bestCompetence(match: MatchScore): string | null {
  const [first] = weighed(byWords(match), (e) => e.competence);
  return first ? named(first.name) : null;
}

/**
 * Points that do not come from a competence's words (a project, a partner, a decision on another call) are
 * reported elsewhere, where there is room.
 */
const byWords = ({ evidence }: MatchScore): Evidence[] =>
  evidence.filter((e) => e.contribution > 0 && e.competence !== '' && e.term !== '');

/**
 * Returns a competence's most telling words: those in the profile's own spelling, then words of the call that
 * mean the same; each by descending weight.
 */
export function preferenceTerms(found: Evidence[], competence: string): string[] {
  const ofIt = found.filter((e) => e.competence === competence && e.contribution > 0 && e.term !== '');
  const own = weighed(
    ofIt.filter((e) => (e.signal ?? 'words') === 'words'),
    (e) => e.term,
  );
  const meant = weighed(
    ofIt.filter((e) => e.signal === 'meaning'),
    (e) => e.term,
  ).filter((m) => !own.some((o) => o.name.toLowerCase().includes(m.name.toLowerCase())));
  const most = Math.max(0, ...[...own, ...meant].map((t) => t.points));
  const strong = [...own, ...meant].filter(
    ({ name, points }) => points >= most * (/[\s-]/.test(name) ? LEAST_PHRASE : LEAST_WORD),
  );
  // A single letter is left over from a name or a formula.
  const words = strong.filter(({ name }) => name.length > 1);
  return withoutParts(
    preferences(
      (words.length ? words : strong).map((t) => t.name),
      competence,
    ),
  ).map(named);
}

/** Whether the words of one term stand in the other: "unmanned aerial" in "unmanned aerial systems". */
const isPartOf = (one: string, other: string): boolean => ` ${wordsOf(other)} `.includes(` ${wordsOf(one)} `);
const wordsOf = (term: string): string =>
  (term.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/s$/, '')).join(' ');

/** Of terms that are parts of another, only that is named, in the place of the strongest of them. */
function withoutParts(terms: string[]): string[] {
  const kept: string[] = [];
  for (const term of terms) {
    if (kept.some((other) => isPartOf(term, other))) continue;
    const [first, ...others] = kept.filter((other) => isPartOf(other, term));
    if (first === undefined) kept.push(term);
    else kept[kept.indexOf(first)] = term;
    for (const other of others) kept.splice(kept.indexOf(other), 1);
  }
  return kept;
}

/** The names that programmes give to themselves, which stand in all of their calls. */
const PROGRAMME = /\b(?:partnerships?|(?:cancer|soil|ocean|cit(?:y|ies)|climate|adaptation) missions?)$/i;

/**
 * Drops single words of the competence's own name, and names of programmes, unless there is nothing else to
 * show.
 */
function preferences(terms: string[], competence: string): string[] {
  const words = new Set(competence.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  const others = terms.filter((term) => !words.has(term.toLowerCase()) && !PROGRAMME.test(term));
  return others.length ? others : terms;
}

/**
 * Returns the distinct names in the evidence by total points; spellings that differ only in case count as
 * one.
 */
function weighed(evidence: Evidence[], nameOf: (e: Evidence) => string): { name: string; points: number }[] {
  const sums = new Map<string, { name: string; points: number }>();
  for (const e of evidence) {
    const name = nameOf(e);
    const key = name.toLowerCase();
    const sum = sums.get(key);
    if (sum) sum.points += e.contribution;
    else sums.set(key, { name, points: e.contribution });
  }
  return [...sums.values()].sort((a, b) => b.points - a.points);
}

const named = (text: string): string => shortened(oneLine(text), LONGEST_NAME);
