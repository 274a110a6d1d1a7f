import type { Competence, Language } from '../profile/profile.js';
import { bare, stem } from './stem.js';
import { isStopWordAnywhere } from './stop-words.js';
import type { MatchingSettings } from './settings.js';
import type { Steps } from './steps.js';
import { tokenise, type Token } from './tokenise.js';

/** One way in which a term may stand in a call. */
export interface Form {
  stems: string[];
  /** The farthest that word i may stand from word i - 1, in positions; gaps[0] is unused. */
  gaps: number[];
  /** The word that must be linked to the one before it ("storage of hydrogen"); 0 where none must be. */
  link: number;
}

export type TermKind = 'keyword' | 'label' | 'label-word' | 'description-word';

/** Something that a competence looks for. */
export interface Term {
  /** As the profile writes it. */
  text: string;
  kind: TermKind;
  weight: number;
  words: number;
  /** Equal keys: the same term. */
  key: string;
  forms: Form[];
}

/** A competence in the words of one language of calls. */
export interface CompetenceTerms {
  label: string;
  weight: number;
  /** In the order in which places in the call are given out: keywords and label, most words first; single words after. */
  terms: Term[];
  /** The stems of the label's words, each once. */
  labelStems: string[];
  exclusions: Term[];
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
function joined(tokens: Token[], language: Language): Form[] {
  return tokens.slice(1).map((second, i): Form => {
    const first = tokens[i] ?? second;
    const one = { ...first, stem: stem(first.form + second.form, language) };
    return { ...inOrder([...tokens.slice(0, i), one, ...tokens.slice(i + 2)]), gaps: tokens.slice(1).map(() => 1) };
  });
}

/** No word that calls also write as two is longer ("electroencephalography" has 22 letters), and each letter more is a form more to look for. */
const longestCut = 30;

/** "wastewater" is also "waste water": every cut of a word in two; only those that stand side by side in a call are found. */
function cut(token: Token, language: Language): Form[] {
  if (token.form.length < 6 || token.form.length > longestCut) return [];
  const places = Array.from({ length: token.form.length - 3 }, (_, i) => i + 2);
  return places.map((at) => ({ stems: [stem(token.form.slice(0, at), language), stem(token.form.slice(at), language)], gaps: [0, 1], link: 0 }));
}

function phraseTerm(text: string, kind: TermKind, weight: number, language: Language): Term[] {
  const tokens = tokenise(text, language);
  const [only] = tokens;
  if (!only) return [];
  const others = tokens.length === 1 ? cut(only, language) : [...turned(tokens), ...joined(tokens, language)];
  return [{ text, kind, weight, words: tokens.length, key: tokens.map((t) => t.stem).join(' '), forms: [inOrder(tokens), ...others] }];
}

/** A word or phrase to be looked for as a keyword would be; null where no word of it carries a meaning. */
export const phraseOf = (text: string, language: Language): Term | null => phraseTerm(text, 'keyword', 1, language)[0] ?? null;

/** The single words of prose. Its language is not told, so that stop words of every language are left out. */
function wordTerms(text: string, kind: TermKind, weight: number, language: Language): Term[] {
  return tokenise(text, language)
    .filter((t) => !isStopWordAnywhere(bare(t.form)) && t.form.length > 1 && !/^\d+$/.test(t.form))
    .map((t) => ({ text: text.slice(t.start, t.end), kind, weight, words: 1, key: t.stem, forms: [inOrder([t])] }));
}

const firstOfEach = (terms: Term[]): Term[] => {
  const seen = new Set<string>();
  return terms.filter((t) => !seen.has(t.key) && seen.add(t.key));
};

function* phraseTerms(phrases: string[], weight: number, language: Language): Steps<Term[]> {
  const terms: Term[] = [];
  for (const phrase of phrases) {
    terms.push(...phraseTerm(phrase, 'keyword', weight, language));
    yield;
  }
  return terms;
}

/** What a competence looks for in calls of that language; a step is one keyword or exclusion. */
export function* competenceTerms(c: Competence, language: Language, settings: MatchingSettings): Steps<CompetenceTerms> {
  const phrases = [
    ...(yield* phraseTerms(c.keywords, settings.keywordWeight, language)),
    ...phraseTerm(c.label, 'label', settings.labelWeight, language),
  ].sort((a, b) => b.words - a.words);
  const labelWords = wordTerms(c.label, 'label-word', settings.labelWordWeight, language);
  const words = [
    ...labelWords,
    ...wordTerms(c.description, 'description-word', settings.descriptionWeight, language),
  ];
  return {
    label: c.label,
    weight: c.weight,
    terms: firstOfEach([...phrases, ...words]),
    labelStems: [...new Set(labelWords.map((t) => t.key))],
    exclusions: yield* phraseTerms(c.exclusions, 1, language),
  };
}
