import { z } from 'zod';
import { phrasesOf } from '../../../matching/domain/drafting/draft-phrases.js';
import type { TermStatistics } from '../../../matching/domain/drafting/draft-keywords.js';
import { fieldsOf, type MatchableCall } from '../../../matching/domain/index/fields.js';
import type { MatchScore } from '../../../matching/domain/scoring/match.js';
import { phraseOf } from '../../../matching/domain/analysis/terms.js';
import type { Steps } from '../../../kernel/time-slices.js';
import { tokenise } from '../../../matching/domain/analysis/tokenise.js';
import { type Competence, Profile } from '../../../profiles/domain/profile.js';
import type { AnalysedLanguage, Language } from '../../../kernel/language.js';
import { canonicalJson, sha256 } from '../../../kernel/hash.js';
import { listTo } from '../../../i18n/message.js';
import { translateTo } from '../../../i18n/translate.js';
import { ADDRESSEES } from '../../../calls/domain/addressee.js';
import { KEY_OF_LABEL_LENGTH, keyOfLabel } from '../../../profiles/domain/profile-diff.js';
import { Preferences } from '../../../profiles/domain/preferences.js';
import type { LabelsIn } from '../../../profiles/domain/names-in.js';

const MOST = 60;
const LONGEST_TEXT = 4_000;
/** Terms found in a larger share of calls do not distinguish them. */
const COMMON = 0.05;
const DESCRIPTIVE = new Set(['title', 'expected-outcome', 'scope', 'objective', 'summary']);

const languageOf = (call: MatchableCall): AnalysedLanguage =>
  call.language.toLowerCase() === 'fr' ? 'fr' : 'en';

/**
 * Words and phrases of a call that could become keywords, rarest first, as these bring in the fewest other
 * calls.
 */
export function* keywordsFor(
  call: MatchableCall,
  known: Pick<TermStatistics, 'calls' | 'holding'>,
): Steps<string[]> {
  const language = languageOf(call);
  const most = Math.max(2, COMMON * known.calls(language));
  const seen = new Set<string>();
  const phrases: { text: string; title: boolean; words: number }[] = [];
  for (const { kind, text: all } of fieldsOf(call).filter((f) => DESCRIPTIVE.has(f.kind))) {
    for (const { text, words } of yield* phrasesOf(all.slice(0, LONGEST_TEXT))) {
      const key = phraseOf(text, language)?.key;
      if (key === undefined || text.length < 2 || seen.has(key)) continue;
      seen.add(key);
      phrases.push({ text, title: kind === 'title', words });
    }
    yield;
  }
  const counts = yield* known.holding(new Set(phrases.map((p) => p.text)), language);
  const valued = phrases.map((p) => ({ ...p, count: counts.get(p.text)! }));
  const rare = valued.filter(
    (v) => v.count > 0 && v.count <= most && (v.words > 1 || /[A-Z\d]{2}/.test(v.text)),
  );
  return rare
    .sort((a, b) => a.count - b.count || Number(b.title) - Number(a.title) || a.words - b.words)
    .slice(0, MOST)
    .map((v) => v.text);
}

/**
 * Returns what finds the competence that a call belongs to: the one that scores highest, or else the one that
 * shares most words with it.
 */
export function competenceFinder(
  profile: Profile,
): (call: MatchableCall, match: MatchScore | null) => Competence | null {
  const usable = profile.competences.filter((c) => c.weight > 0);
  const stemsIn = (text: string, language: AnalysedLanguage): Set<string> =>
    new Set(tokenise(text, language).map((t) => t.stem));
  // Reading a whole profile may take a tenth of a second: it is not read again for each call.
  const read = new Map<AnalysedLanguage, { competence: Competence; own: string[] }[]>();
  const readIn = (language: AnalysedLanguage): { competence: Competence; own: string[] }[] => {
    const known =
      read.get(language) ??
      usable.map((c) => ({
        competence: c,
        own: [...stemsIn([c.label, ...c.keywords, c.description].join('\n'), language)],
      }));
    read.set(language, known);
    return known;
  };
  return (call, match) => {
    const best = match?.competences.find((c) => c.score > 0)?.competence;
    const scoring = usable.find((c) => c.label === best);
    if (scoring) return scoring;
    const language = languageOf(call);
    const texts = fieldsOf(call).filter((f) => DESCRIPTIVE.has(f.kind));
    const stems = stemsIn(texts.map((f) => f.text).join('\n'), language);
    const shares = readIn(language).map(({ competence, own }) => ({
      competence,
      share: own.filter((s) => stems.has(s)).length / Math.max(1, Math.sqrt(own.length)),
    }));
    return shares.sort((a, b) => b.share - a.share)[0]?.competence ?? null;
  };
}

/** A one-line change of a profile. */
export const Suggestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add-keyword'), competence: z.string(), keywords: z.array(z.string()) }),
  z.object({ kind: z.literal('remove-keyword'), competence: z.string(), keywords: z.array(z.string()) }),
  z.object({ kind: z.literal('add-exclusion'), competence: z.string(), exclusions: z.array(z.string()) }),
  z.object({ kind: z.literal('remove-exclusion'), competence: z.string(), exclusions: z.array(z.string()) }),
  z.object({ kind: z.literal('raise-weight'), competence: z.string(), weight: z.number() }),
  z.object({ kind: z.literal('lower-weight'), competence: z.string(), weight: z.number() }),
  z.object({ kind: z.literal('answer-as'), addressee: z.enum(ADDRESSEES) }),
]);
export type Suggestion = z.infer<typeof Suggestion>;

type OfCompetence = Exclude<Suggestion, { kind: 'answer-as' }>;

function applied(c: Competence, suggestion: OfCompetence): Competence {
  switch (suggestion.kind) {
    case 'add-keyword':
      return { ...c, keywords: [...new Set([...c.keywords, ...suggestion.keywords])] };
    case 'remove-keyword':
      return { ...c, keywords: c.keywords.filter((k) => !suggestion.keywords.includes(k)) };
    case 'add-exclusion':
      return { ...c, exclusions: [...new Set([...c.exclusions, ...suggestion.exclusions])] };
    case 'remove-exclusion':
      return { ...c, exclusions: c.exclusions.filter((e) => !suggestion.exclusions.includes(e)) };
    case 'raise-weight':
    case 'lower-weight':
      return { ...c, weight: suggestion.weight };
  }
}

/** The profile with the change; null if the result would be invalid. */
export function withSuggestion(profile: Profile, suggestion: Suggestion): Profile | null {
  const { preferences = Preferences.parse({}), competences } = profile;
  const changed =
    suggestion.kind === 'answer-as'
      ? {
          ...profile,
          preferences: {
            ...preferences,
            answersAs: [...new Set([...(preferences.answersAs ?? []), suggestion.addressee])],
          },
        }
      : {
          ...profile,
          competences: competences.map((c) =>
            c.label === suggestion.competence ? applied(c, suggestion) : c,
          ),
        };
  return Profile.safeParse(changed).success ? changed : null;
}

/** Returns a key that is equal for words in another form, such as singular and plural. */
export const keyOfWords = (words: string): string =>
  tokenise(words, 'en')
    .map((t) => t.stem)
    .join(' ') || words.toLowerCase();

const KEY_LENGTH = 32;

/**
 * Returns the key of a change; that of another weight in the same direction, or with its words in another
 * form, is the same. Its second half is that of the competence, so that it follows one that is renamed.
 */
export function keyOfSuggestion(suggestion: Suggestion): string {
  const of = 'competence' in suggestion ? suggestion.competence : suggestion.addressee;
  const words =
    'keywords' in suggestion ? suggestion.keywords : 'exclusions' in suggestion ? suggestion.exclusions : [];
  const what = sha256(canonicalJson({ kind: suggestion.kind, words: words.map(keyOfWords) }));
  return what.slice(0, KEY_LENGTH - KEY_OF_LABEL_LENGTH) + keyOfLabel(of);
}

/** A change with the competence's label in the reader's language. */
export const suggestionIn = (suggestion: Suggestion, called: LabelsIn): Suggestion =>
  'competence' in suggestion ? { ...suggestion, competence: called(suggestion.competence) } : suggestion;

/** The change, in words. */
function changeIn(suggestion: Suggestion, language: Language): string {
  const t = translateTo(language);
  const quoted = (text: string): string => t('text.quote', { text });
  const all = (texts: string[]): string => listTo(language, texts.map(quoted));
  switch (suggestion.kind) {
    case 'answer-as':
      return t('suggestion.answer-as', { to: t(`addressee.${suggestion.addressee}`) });
    case 'add-keyword':
    case 'remove-keyword':
      return t(`suggestion.${suggestion.kind}`, {
        n: suggestion.keywords.length,
        words: all(suggestion.keywords),
        competence: quoted(suggestion.competence),
      });
    case 'add-exclusion':
    case 'remove-exclusion':
      return t(`suggestion.${suggestion.kind}`, {
        n: suggestion.exclusions.length,
        words: all(suggestion.exclusions),
        competence: quoted(suggestion.competence),
      });
    case 'raise-weight':
    case 'lower-weight':
      return t(`suggestion.${suggestion.kind}`, {
        competence: quoted(suggestion.competence),
        weight: suggestion.weight,
      });
  }
}

/** What a change does among the calls that an institute has decided on. */
export const Effect = z.object({
  gained: z.number().int().describe('calls that it kept, and that would be sent'),
  lost: z.number().int().describe('calls that it kept, and that would no longer be sent'),
  spared: z.number().int().describe('calls that it refused, and that would no longer be sent'),
  added: z.number().int().describe('calls that it refused, and that would be sent'),
});
export type Effect = z.infer<typeof Effect>;

const EFFECTS = ['gained', 'spared', 'lost', 'added'] as const;

/** The change, in words, and what it does among the calls decided on. */
export function effectSentence(suggestion: Suggestion, effect: Effect, language: Language): string {
  const t = translateTo(language);
  const effects = EFFECTS.filter((name) => effect[name] > 0);
  return t('suggestion.effect', {
    what: changeIn(suggestion, language),
    effect: listTo(
      language,
      effects.map((name) => t(`suggestion.effect.${name}`, { n: effect[name] })),
    ),
  });
}

/** The change, in words, and how many calls it adds. */
export const suggestionSentence = (suggestion: Suggestion, adds: number, language: Language): string =>
  translateTo(language)('suggestion.adds', { what: changeIn(suggestion, language), n: adds });

/** Returns the call's score with a change; null if the change is impossible or the tries are used up. */
type Try = (suggestion: Suggestion) => Promise<number | null>;
/** Returns the number of further calls that a change would add. */
type Count = (suggestion: Suggestion) => Promise<number>;
export interface Found {
  suggestion: Suggestion;
  score: number;
  adds: number;
}

/**
 * How many keywords are tried alone, how many of those that work are compared, and how many are combined in
 * pairs.
 */
const MOST_ALONE = 24;
const ENOUGH = 3;
const IN_PAIRS = 4;
const WEIGHTS = [1.5, 2, 3, 5];

interface Tried {
  suggestion: Suggestion;
  score: number;
}

/** Returns the first changes that reach the score, at most `most`, and all that were tried. */
async function firstEnough(
  suggestions: Suggestion[],
  least: number,
  most: number,
  attempt: Try,
): Promise<{ enough: Tried[]; tried: Tried[] }> {
  const [enough, tried]: [Tried[], Tried[]] = [[], []];
  for (const suggestion of suggestions) {
    const score = await attempt(suggestion);
    if (score === null) continue;
    tried.push({ suggestion, score });
    if (score >= least) enough.push({ suggestion, score });
    if (enough.length >= most) break;
  }
  return { enough, tried };
}

/** Of several sufficient changes, returns the one that adds the fewest other calls. */
async function fewest(enough: Tried[], count: Count): Promise<Found | null> {
  let best: Found | null = null;
  for (const one of enough) {
    const adds = await count(one.suggestion);
    if (!best || adds < best.adds) best = { ...one, adds };
    if (adds === 0) break;
  }
  return best;
}

const pairsOf = (tried: Tried[]): Suggestion[] => {
  const best = [...tried]
    .sort((a, b) => b.score - a.score)
    .slice(0, IN_PAIRS)
    .flatMap(({ suggestion }) => (suggestion.kind === 'add-keyword' ? [suggestion] : []));
  return best.flatMap((a, i) =>
    best.slice(i + 1).map((b): Suggestion => ({ ...a, keywords: [...a.keywords, ...b.keywords] })),
  );
};

/**
 * Finds the one-line change with which a call would be sent: a keyword, rarest first; two keywords; a higher
 * weight of its competence. Null if none is enough.
 */
export async function keywordSuggestion(
  competence: Competence,
  keywords: string[],
  least: number,
  { attempt, count }: { attempt: Try; count: Count },
): Promise<Found | null> {
  const alone = keywords.slice(0, MOST_ALONE).map((keyword): Suggestion => ({
    kind: 'add-keyword',
    competence: competence.label,
    keywords: [keyword],
  }));
  const { enough, tried } = await firstEnough(alone, least, ENOUGH, attempt);
  if (enough.length) return fewest(enough, count);
  const together = await firstEnough(pairsOf(tried), least, 1, attempt);
  if (together.enough.length) return fewest(together.enough, count);
  const heavier = WEIGHTS.filter((weight) => weight > competence.weight).map((weight): Suggestion => ({
    kind: 'raise-weight',
    competence: competence.label,
    weight,
  }));
  return fewest((await firstEnough(heavier, least, 1, attempt)).enough, count);
}
