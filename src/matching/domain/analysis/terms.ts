import type { Competence } from '../../../profiles/domain/index.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import { bare, stem } from '../../../kernel/stem.js';
import { isStopWordAnywhere } from './stop-words.js';
import type { MatchingSettings } from '../scoring/settings.js';
import type { Steps } from '../scoring/steps.js';
import { Terminology } from './terminology.js';
import { tokenise, type Token } from './tokenise.js';

/** One way in which a term may stand in a call. */
export interface Form {
  stems: string[];
  /** The farthest that word i may stand from word i - 1, in positions; gaps[0] is unused. */
  gaps: number[];
  /** The word that must be linked to the one before it ("storage of hydrogen"); 0 where none must be. */
  link: number;
}

type TermKind = 'keyword' | 'label' | 'label-word';

/** Something that a competence looks for. */
export interface Term {
  /** As the profile writes it, in whatever language. */
  text: string;
  kind: TermKind;
  weight: number;
  words: number;
  /** Equal keys: the same term. */
  key: string;
  /** Equal where the forms are. */
  lookup: string;
  forms: Form[];
}

/** A competence in the words of one language of calls. */
export interface CompetenceTerms {
  label: string;
  weight: number;
  /**
   * In the order in which places in the call are given out: keywords and label, most words first; single
   * words after.
   */
  terms: Term[];
  /** The stems of the label's words, each once. */
  labelStems: string[];
  exclusions: Term[];
  /** All its words by their stems, with how often and how surely it says them. */
  vocabulary: ReadonlyMap<string, number>;
}

const inOrder = (tokens: Token[]): Form => ({
  stems: tokens.map((t) => t.stem),
  gaps: tokens.map((t, i) => (i === 0 ? 0 : t.position - (tokens[i - 1]?.position ?? 0))),
  link: 0,
});

/** "hydrogen storage" is also "storage of hydrogen": the last word first, linked by "of", "for", "de" … */
function turned(tokens: Token[]): Form[] {
  const last = tokens.at(-1);
  if (tokens.length < 2 || tokens.length > 3 || !last) return [];
  const stems = [last.stem, ...tokens.slice(0, -1).map((t) => t.stem)];
  return [{ stems, gaps: stems.map(() => 1), link: 1 }];
}

/** "bio-based" and "waste water" are also "biobased" and "wastewater": two neighbours written as one. */
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
 * No word that calls also write as two is longer ("electroencephalography" has 22 letters), and each letter
 * more is a form more to look for.
 */
const longestCut = 30;

/**
 * "wastewater" is also "waste water": every cut of a word in two; only those that stand side by side in a
 * call are found.
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

function formsOf(tokens: Token[], language: AnalysedLanguage): Form[] {
  const [only, ...more] = tokens;
  return only && more.length === 0
    ? [inOrder(tokens), ...cut(only, language)]
    : [inOrder(tokens), ...turned(tokens), ...joined(tokens, language)];
}

const lookupOf = (forms: Form[]): string =>
  forms
    .map((f) => `${f.stems.join(' ')}${f.link > 0 ? '<' : f.gaps.some((g) => g > 1) ? f.gaps.join() : ''}`)
    .join('|');

/**
 * In whose words is looked: the calls' language, the profile's usual one, and what is known of how the one
 * says what the other does.
 */
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
  // A phrase whose other way is a single word is found like one.
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

/** A keyword as a profile that speaks so looks for it; null where no word of it carries a meaning. */
export const keywordTerm = (text: string, speech: Speech): Term | null =>
  phraseTerm(text, 'keyword', 1, speech)[0] ?? null;

/** A word or phrase to be looked for as a keyword would be; null where no word of it carries a meaning. */
export const phraseOf = (text: string, language: AnalysedLanguage): Term | null =>
  keywordTerm(text, plain(language));

/**
 * Whether a word of prose may say something, whatever the language: one that is short, a number or a stop
 * word of any language does not.
 */
const says = ({ form }: Token): boolean =>
  !isStopWordAnywhere(bare(form)) && form.length > 1 && !/^\d+$/.test(form);

/** The single words of prose; of French prose, for calls in English, what its terms are there. */
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
 * The words of all that a competence says. Those of another language count as far as they are known in that
 * of the calls.
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

/** What a competence looks for in calls of that language; a step is one keyword or exclusion. */
export function* competenceTerms(
  c: Competence,
  speech: Speech,
  settings: MatchingSettings,
): Steps<CompetenceTerms> {
  const phrases = [
    ...(yield* phraseTerms(c.keywords, settings.keywordWeight, speech)),
    ...phraseTerm(c.label, 'label', settings.labelWeight, speech),
  ].sort((a, b) => b.words - a.words);
  // The words of the label stand in for keywords where there are none.
  const labelWords = c.keywords.length
    ? []
    : wordTerms(c.label, 'label-word', settings.labelWordWeight, speech);
  return {
    label: c.label,
    weight: c.weight,
    terms: firstOfEach([...phrases, ...labelWords]),
    labelStems: [...new Set(labelWords.flatMap((t) => t.key.split(' ')))],
    exclusions: yield* phraseTerms(c.exclusions, 1, speech),
    vocabulary: vocabularyOf(c, speech),
  };
}
