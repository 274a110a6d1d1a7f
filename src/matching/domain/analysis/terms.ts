import type { Competence } from '../../../profiles/domain/profile.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import { bare, stem } from '../../../kernel/stem.js';
import { isStopWordAnywhere, type Token, tokenise } from './tokenise.js';
import type { MatchingSettings } from '../scoring/settings.js';
import type { Steps } from '../../../kernel/time-slices.js';
import { Terminology } from './terminology.js';

/** One way a term may be written in a call. */
export interface Form {
  stems: string[];
  /** Maximum distance of word i from word i - 1, in positions; gaps[0] is unused. */
  gaps: number[];
  /** Index of the word that must be linked to the previous one ("storage of hydrogen"); 0 if none. */
  link: number;
}

type TermKind = 'keyword' | 'label' | 'label-word';

/** A word or phrase that a competence searches for. */
export interface Term {
  /** As written in the profile, in either language. */
  text: string;
  kind: TermKind;
  weight: number;
  words: number;
  /** Terms with equal keys are the same term. */
  key: string;
  /** Equal if the forms are equal. */
  lookup: string;
  forms: Form[];
}

export interface CompetenceTerms {
  label: string;
  weight: number;
  /**
   * In the order in which places in the call are assigned: keywords and label by descending word count, then
   * single words.
   */
  terms: Term[];
  labelStems: string[];
  exclusions: Term[];
  /** The stems of all its words, weighted by frequency and certainty. */
  vocabulary: ReadonlyMap<string, number>;
}

const inOrder = (tokens: Token[]): Form => ({
  stems: tokens.map((t) => t.stem),
  gaps: tokens.map((t, i) => (i === 0 ? 0 : t.position - (tokens[i - 1]?.position ?? 0))),
  link: 0,
});

/** "hydrogen storage" is also "storage of hydrogen": last word first, linked by "of", "for", "de" … */
function turned(tokens: Token[]): Form[] {
  const last = tokens.at(-1);
  if (tokens.length < 2 || tokens.length > 3 || !last) return [];
  const stems = [last.stem, ...tokens.slice(0, -1).map((t) => t.stem)];
  return [{ stems, gaps: stems.map(() => 1), link: 1 }];
}

/** "bio-based" and "waste water" are also "biobased" and "wastewater": two adjacent words written as one. */
function joined(tokens: Token[], language: AnalysedLanguage): Form[] {
  return tokens.slice(1).map((second, i): Form => {
    const first = tokens[i] ?? second;
    const one = { ...first, stem: stem(first.form + second.form, language) };
    return {
      ...inOrder([...tokens.slice(0, i), one, ...tokens.slice(i + 2)]),
      gaps: tokens.slice(1).map(() => 1),
    };
  });
}

/**
 * Longer than any word that calls also write as two ("electroencephalography" has 22 letters); each extra
 * letter is one more form to search for.
 */
const longestCut = 30;

/**
 * "wastewater" is also "waste water": every split of a word in two; they match only words adjacent in a call.
 */
function cut(token: Token, language: AnalysedLanguage): Form[] {
  if (token.form.length < 6 || token.form.length > longestCut) return [];
  const places = Array.from({ length: token.form.length - 3 }, (_, i) => i + 2);
  return places.map((at) => ({
    stems: [stem(token.form.slice(0, at), language), stem(token.form.slice(at), language)],
    gaps: [0, 1],
    link: 0,
  }));
}

/** Longer expressions are searched for only as written: each of their words would add one more long form. */
const MOST_JOINED = 12;

function formsOf(tokens: Token[], language: AnalysedLanguage): Form[] {
  const [only, ...more] = tokens;
  if (tokens.length > MOST_JOINED) return [inOrder(tokens)];
  return only && more.length === 0
    ? [inOrder(tokens), ...cut(only, language)]
    : [inOrder(tokens), ...turned(tokens), ...joined(tokens, language)];
}

const lookupOf = (forms: Form[]): string =>
  forms
    .map((f) => `${f.stems.join(' ')}${f.link > 0 ? '<' : f.gaps.some((g) => g > 1) ? f.gaps.join() : ''}`)
    .join('|');

/** The language of the calls, the profile's usual language, and the terminology that relates the two. */
export interface Speech {
  language: AnalysedLanguage;
  usual: AnalysedLanguage;
  terminology: Terminology;
}

const plain = (language: AnalysedLanguage): Speech => ({
  language,
  usual: language,
  terminology: Terminology.none,
});

const termOf = (text: string, kind: TermKind, weight: number, readings: Token[][], forms: Form[]): Term => ({
  text,
  kind,
  weight,
  forms,
  // A phrase with a one-word reading is found like a single word.
  words: Math.min(...readings.map((r) => r.length)),
  key: readings[0]!.map((t) => t.stem).join(' '),
  lookup: lookupOf(forms),
});

function phraseTerm(
  text: string,
  kind: TermKind,
  weight: number,
  { language, usual, terminology }: Speech,
): Term[] {
  const from = terminology.languageOf(text, usual);
  const readings = terminology
    .readings(text, from, language)
    .map((r) => tokenise(r, language))
    .filter((tokens) => tokens.length > 0);
  const own = from === language ? readings.slice(0, 1) : readings;
  return readings.length === 0
    ? []
    : [
        termOf(
          text,
          kind,
          weight,
          own,
          readings.flatMap((r) => formsOf(r, language)),
        ),
      ];
}

/** Returns a keyword as a search term; null if none of its words has a meaning. */
export const keywordTerm = (text: string, speech: Speech): Term | null =>
  phraseTerm(text, 'keyword', 1, speech)[0] ?? null;

/** Returns a word or phrase as if it were a keyword; null if none of its words has a meaning. */
export const phraseOf = (text: string, language: AnalysedLanguage): Term | null =>
  keywordTerm(text, plain(language));

/** Whether a word of prose may carry meaning in any language: not if it is short, a number or a stop word. */
const says = ({ form }: Token): boolean =>
  !isStopWordAnywhere(bare(form)) && form.length > 1 && !/^\d+$/.test(form);

/** Returns the single words of prose; for English calls, French prose gives the translations of its terms. */
function wordTerms(
  text: string,
  kind: TermKind,
  weight: number,
  { language, usual, terminology }: Speech,
): Term[] {
  if (language === 'en' && terminology.languageOf(text, usual) === 'fr') {
    return terminology.pieces(text).flatMap(({ start, end, english }) => {
      const readings = english
        .map((e) => tokenise(e, 'en').filter(says))
        .filter((tokens) => tokens.length > 0);
      return readings.length === 0
        ? []
        : [termOf(text.slice(start, end), kind, weight, readings, readings.map(inOrder))];
    });
  }
  return tokenise(text, language)
    .filter(says)
    .map((t) => termOf(text.slice(t.start, t.end), kind, weight, [[t]], [inOrder([t])]));
}

const firstOfEach = (terms: Term[]): Term[] => {
  const seen = new Set<string>();
  return terms.filter((t) => !seen.has(t.key) && seen.add(t.key));
};

function* phraseTerms(phrases: string[], weight: number, speech: Speech): Steps<Term[]> {
  const terms: Term[] = [];
  for (const phrase of phrases) {
    terms.push(...phraseTerm(phrase, 'keyword', weight, speech));
    yield;
  }
  return terms;
}

/**
 * Returns the weighted words of a whole competence. Words in the other language count as far as they can be
 * translated into the calls' language.
 */
function vocabularyOf(c: Competence, { language, usual, terminology }: Speech): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of [c.label, c.description, ...c.keywords]) {
    const from = terminology.languageOf(text, usual);
    const words: { stem: string; weight?: number }[] =
      language === 'en' ? terminology.english(text, from) : from === language ? tokenise(text, language) : [];
    for (const { stem: one, weight = 1 } of words) counts.set(one, (counts.get(one) ?? 0) + weight);
  }
  return counts;
}

/**
 * Returns the terms of a competence for calls in that language; one step per keyword and exclusion, and one
 * for the rest.
 */
export function* competenceTerms(
  c: Competence,
  speech: Speech,
  settings: MatchingSettings,
): Steps<CompetenceTerms> {
  const phrases = [
    ...(yield* phraseTerms(c.keywords, settings.keywordWeight, speech)),
    ...phraseTerm(c.label, 'label', settings.labelWeight, speech),
  ].sort((a, b) => b.words - a.words);
  // Without keywords, the words of the label are used.
  const labelWords = c.keywords.length
    ? []
    : wordTerms(c.label, 'label-word', settings.labelWordWeight, speech);
  yield;
  return {
    label: c.label,
    weight: c.weight,
    terms: firstOfEach([...phrases, ...labelWords]),
    labelStems: [...new Set(labelWords.flatMap((t) => t.key.split(' ')))],
    exclusions: yield* phraseTerms(c.exclusions, 1, speech),
    vocabulary: vocabularyOf(c, speech),
  };
}
