import type { Evidence } from '../../matching/domain/scoring/match.js';
import type { Statement } from './outcomes.js';

/** A piece of evidence, and its words as they stand in the call, if there otherwise. */
export type WordedEvidence = Evidence & { said?: string };

/** How well an institute answers a statement, 0 to 1, and with which terms, strongest first. */
export interface Relevance {
  value: number;
  terms: string[];
}
export type RelevanceTo = (profileId: string, statement: Statement) => Relevance;

/** How well one institute answers each of a call's statements, in their order. */
export interface Coverage {
  profileId: string;
  of: Relevance[];
  /** The score of its match with the whole call, 0 to 100. */
  fit: number;
}

export const LEVELS = ['well', 'partly', 'no'] as const;
export type Level = (typeof LEVELS)[number];
export const LEVEL_FROM: Record<Level, number> = { well: 0.5, partly: 0.25, no: 0 };

export const levelOf = (value: number): Level => LEVELS.find((level) => value >= LEVEL_FROM[level]) ?? 'no';

/**
 * The points within a statement that give half of the maximum relevance: about what one significant word adds
 * to a match.
 */
const HALF = 8;
/**
 * Evidence elsewhere in the call shows that the institute is in the field, but says less about this
 * statement; a title covers all of it.
 */
const SHARE = { title: 0.15, elsewhere: 0.06 };
/**
 * The cap on such evidence and bare words: they never suffice to answer a statement that contains nothing
 * significant of the institute.
 */
const MOST_BESIDE = 5;
const MOST_TERMS = 3;
/** Words with fewer points are not shown. */
const LEAST_NAMED = 0.5;

/**
 * A term of a profile found anywhere in the call: its points are one piece of knowledge, not one per
 * occurrence.
 */
interface Found {
  term: string;
  said: string;
  points: number;
  bare: boolean;
  evidence: WordedEvidence[];
}

/**
 * "animal" of "Healthy and safe animal production": a single word of a competence's own name occurs in calls
 * of every kind.
 */
function isBare({ term, competence }: Evidence): boolean {
  const words = competence.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.length > 1 && words.includes(term.toLowerCase());
}

function foundBy(evidence: WordedEvidence[]): Found[] {
  const all = new Map<string, Found>();
  for (const e of evidence) {
    const key = `${e.signal ?? ''}\n${e.competence}\n${e.term.toLowerCase()}`;
    const found = all.get(key) ?? {
      term: e.term,
      said: e.said ?? e.term,
      points: 0,
      bare: isBare(e),
      evidence: [],
    };
    all.set(key, { ...found, points: found.points + e.contribution, evidence: [...found.evidence, e] });
  }
  return [...all.values()]
    .filter((f) => f.points > 0)
    .sort((a, b) => b.points - a.points || (a.term < b.term ? -1 : 1));
}

/** Evidence without a term is a similar passage as a whole, which says nothing about one statement. */
const standsIn = (found: Found, { field, start, end }: Statement): boolean =>
  found.term !== '' &&
  found.evidence.some((e) => e.field === field && e.spans.some((s) => s.start < end && s.end > start));

const sum = (found: Found[]): number => found.reduce((n, f) => n + f.points, 0);
const inTitle = (found: Found): boolean => found.evidence.some((e) => e.field === 'title');

/** Words that differ only in case count as one. */
const namesOf = (found: Found[]): string[] =>
  [
    ...new Map(
      found.filter((f) => f.points >= LEAST_NAMED).map((f) => [f.said.toLowerCase(), f.said]),
    ).values(),
  ].slice(0, MOST_TERMS);

function relevance(found: Found[], statement: Statement): Relevance {
  const here = found.filter((f) => standsIn(f, statement));
  const others = found.filter((f) => !here.includes(f));
  const [title, elsewhere] = [others.filter(inTitle), others.filter((f) => !inTitle(f))];
  const beside =
    sum(here.filter((f) => f.bare)) + SHARE.title * sum(title) + SHARE.elsewhere * sum(elsewhere);
  const points = sum(here.filter((f) => !f.bare)) + Math.min(MOST_BESIDE, beside);
  return { value: points / (points + HALF), terms: namesOf(here) };
}

/**
 * Returns the relevance by profile from the evidence of matches. Evidence points at characters of the call,
 * so whatever lies in a statement counts for that statement alone. More evidence, of any kind, makes this
 * more precise.
 */
export function relevanceByEvidence(evidence: ReadonlyMap<string, WordedEvidence[]>): RelevanceTo {
  const found = new Map([...evidence].map(([profileId, all]) => [profileId, foundBy(all)]));
  return (profileId, statement) => relevance(found.get(profileId) ?? [], statement);
}

export const coverageOf = (
  statements: Statement[],
  fits: { profileId: string; fit: number }[],
  relevanceTo: RelevanceTo,
): Coverage[] =>
  fits.map(({ profileId, fit }) => ({
    profileId,
    of: statements.map((statement) => relevanceTo(profileId, statement)),
    fit,
  }));
