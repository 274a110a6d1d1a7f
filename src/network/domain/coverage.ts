import type { Evidence } from '../../matching/domain/index.js';
import type { Statement } from './outcomes.js';

/** How well an institute answers a statement, 0 to 1, and by what of its profile, the strongest first. */
export interface Relevance {
  value: number;
  terms: string[];
}
export type RelevanceTo = (profileId: string, statement: Statement) => Relevance;

/** How well one institute answers each of a call's statements, in their order. */
export interface Coverage {
  profileId: string;
  of: Relevance[];
  /** How well the call as a whole fits it: the score of its match, 0 to 100. */
  fit: number;
}

export const LEVELS = ['well', 'partly', 'no'] as const;
export type Level = (typeof LEVELS)[number];
export const LEVEL_FROM: Record<Level, number> = { well: 0.5, partly: 0.25, no: 0 };

export const levelOf = (value: number): Level => LEVELS.find((level) => value >= LEVEL_FROM[level]) ?? 'no';

/**
 * So many points of the score that stand in a statement are half of what can be: about what one telling word
 * brings to a match.
 */
const HALF = 8;
/**
 * What stands elsewhere in the call says that the institute is of the field, and less about this statement; a
 * title is about all of it.
 */
const SHARE = { title: 0.15, elsewhere: 0.06 };
/**
 * All of that, and bare words, are never enough to answer a statement in which nothing telling of the
 * institute stands.
 */
const MOST_BESIDE = 5;
const MOST_TERMS = 3;
/** A word that brings less is not named. */
const LEAST_NAMED = 0.5;

/**
 * What of a profile was found, wherever in the call: its points are one piece of knowledge, not so much for
 * each place.
 */
interface Found {
  term: string;
  points: number;
  bare: boolean;
  evidence: Evidence[];
}

/**
 * "animal" of "Healthy and safe animal production": a single word of a competence's own name stands in calls
 * of every kind.
 */
function isBare({ term, competence }: Evidence): boolean {
  const words = competence.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.length > 1 && words.includes(term.toLowerCase());
}

function foundBy(evidence: Evidence[]): Found[] {
  const all = new Map<string, Found>();
  for (const e of evidence) {
    const key = `${e.signal ?? ''}\n${e.competence}\n${e.term.toLowerCase()}`;
    const found = all.get(key) ?? { term: e.term, points: 0, bare: isBare(e), evidence: [] };
    all.set(key, { ...found, points: found.points + e.contribution, evidence: [...found.evidence, e] });
  }
  return [...all.values()]
    .filter((f) => f.points > 0)
    .sort((a, b) => b.points - a.points || (a.term < b.term ? -1 : 1));
}

/** What is named by no word is a whole passage that is near: it says nothing of a single statement in it. */
const standsIn = (found: Found, { field, start, end }: Statement): boolean =>
  found.term !== '' &&
  found.evidence.some((e) => e.field === field && e.spans.some((s) => s.start < end && s.end > start));

const sum = (found: Found[]): number => found.reduce((n, f) => n + f.points, 0);
const inTitle = (found: Found): boolean => found.evidence.some((e) => e.field === 'title');

/** Words in two spellings of case are one. */
const namesOf = (found: Found[]): string[] =>
  [
    ...new Map(
      found.filter((f) => f.points >= LEAST_NAMED).map((f) => [f.term.toLowerCase(), f.term]),
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
 * The relevance that the evidence of matches shows, by profile: evidence points at characters of the call, so
 * that what stands in a statement is told by it alone. Of whatever kind the evidence is, more of it makes
 * this sharper.
 */
export function relevanceByEvidence(evidence: ReadonlyMap<string, Evidence[]>): RelevanceTo {
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
