import type { Competence } from '../../../profiles/domain/profile.js';
import type { Suggestion } from './suggestions.js';

/** Returns the call's score with a change; null if the change is impossible or the tries are used up. */
export type Try = (suggestion: Suggestion) => Promise<number | null>;
/** Returns the number of further calls that a change would add. */
export type Count = (suggestion: Suggestion) => Promise<number>;
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
