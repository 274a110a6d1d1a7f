import { LEVEL_FROM, type Coverage } from './coverage.js';
import { MOST_STATEMENTS } from './outcomes.js';

export interface TeamWish {
  /** The most institutes that may be in it. */
  size: number;
  /** From what value on a statement is answered. */
  enough?: number;
}

/** Who of the team answers a statement, best first. */
export interface Answered { profileId: string; value: number; terms: string[] }

export interface Team {
  /** By their ids. */
  members: string[];
  /** For each statement, in their order, who of the team answers it well enough. */
  statements: Answered[][];
}

/** A team on the way: which statements it answers, as bits, and what its members bring in all. */
interface Partial { mask: number; total: number; members: Coverage[] }

/** Whole numbers, whose sums are the same in whatever order they are made. */
const GRAIN = 1_000;
const worth = (c: Coverage): number => c.of.reduce((n, r) => n + Math.round(r.value * GRAIN), 0);
const maskOf = (c: Coverage, enough: number): number => c.of.reduce((mask, r, i) => (r.value >= enough ? mask | (1 << i) : mask), 0);

function bits(mask: number): number {
  let n = 0;
  for (let rest = mask; rest; rest &= rest - 1) n += 1;
  return n;
}

const ids = (p: Partial): string[] => p.members.map((m) => m.profileId);

/** Of two lists of ids the one that comes first. */
function comesFirst(a: string[], b: string[]): boolean {
  const at = a.findIndex((id, i) => id !== b[i]);
  return at >= 0 && a[at]! < (b[at] ?? '');
}

const better = (a: Partial, b: Partial | undefined): boolean => !b || a.total > b.total || (a.total === b.total && comesFirst(ids(a), ids(b)));

/** The best teams with one member more, for each set of statements that can be answered: no later member can make a worse one of equal reach the better. */
function grown(teams: Map<number, Partial>[], size: number, candidate: Coverage, enough: number): void {
  const [own, brings] = [maskOf(candidate, enough), worth(candidate)];
  for (let n = size - 1; n >= 0; n -= 1) {
    for (const team of teams[n]!.values()) {
      const mask = team.mask | own;
      // Who brings nothing new is not asked.
      if (mask === team.mask) continue;
      const next = { mask, total: team.total + brings, members: [...team.members, candidate] };
      if (better(next, teams[n + 1]!.get(mask))) teams[n + 1]!.set(mask, next);
    }
  }
}

/**
 * The team of at most `size` institutes that answers most statements: of those the one with fewest institutes, then with the most relevance
 * over all its members, then by their ids. Exact: of all teams that answer the same statements with as many members only the best one can be
 * part of the best, so that no more need be kept than there are sets of statements (at most 2 to the power of their number).
 */
export function teamFor(coverages: Coverage[], { size, enough = LEVEL_FROM.well }: TeamWish): Team {
  const statements = coverages[0]?.of.length ?? 0;
  if (statements > MOST_STATEMENTS) throw new RangeError(`a team answers at most ${MOST_STATEMENTS} statements`);
  const candidates = coverages.filter((c) => maskOf(c, enough) !== 0).sort((a, b) => (a.profileId < b.profileId ? -1 : 1));
  const teams = Array.from({ length: size + 1 }, () => new Map<number, Partial>());
  teams[0]!.set(0, { mask: 0, total: 0, members: [] });
  for (const candidate of candidates) grown(teams, size, candidate, enough);
  let best: Partial | undefined;
  for (const team of teams.flatMap((bySet) => [...bySet.values()])) {
    const more = bits(team.mask) - bits(best?.mask ?? 0);
    if (!best || more > 0 || (more === 0 && team.members.length === best.members.length && better(team, best))) best = team;
  }
  return told(best?.members ?? [], statements, enough);
}

function told(members: Coverage[], statements: number, enough: number): Team {
  const answered = (i: number): Answered[] => members.flatMap((m) => (m.of[i]!.value >= enough ? [{ profileId: m.profileId, ...m.of[i]! }] : []))
    .sort((a, b) => b.value - a.value || (a.profileId < b.profileId ? -1 : 1));
  return { members: members.map((m) => m.profileId), statements: Array.from({ length: statements }, (_, i) => answered(i)) };
}
