import { LEVEL_FROM, type Coverage } from './coverage.js';

export interface TeamOptions {
  /** The most institutes that a team may have. */
  size: number;
  /** The value from which a statement counts as answered. */
  enough?: number;
  /** The id of an institute that is always in the team. */
  with?: string;
}

/** A team member's answer to a statement. */
export interface Answered {
  profileId: string;
  value: number;
  terms: string[];
}

export interface Team {
  /** Institute ids. */
  members: string[];
  /** For each statement, in order, the members who answer it well enough, best first. */
  statements: Answered[][];
}

/** How many can be tried in every combination; those that contribute least are left out. */
const MOST_TRIED = 24;
/** Values are compared in integer thousandths, whose sums do not depend on the order. */
const GRAIN = 1_000;

/** An institute with its values as integers. */
interface Candidate {
  coverage: Coverage;
  values: number[];
  fit: number;
}
/** A partial team: its best value for each statement, and how well the whole call matches its members. */
interface Tried {
  members: Candidate[];
  best: number[];
  answered: number;
  fit: number;
}

const sum = (values: number[]): number => values.reduce((n, v) => n + v, 0);

function tried(members: Candidate[], best: number[], least: number): Tried {
  return {
    members,
    best,
    answered: best.filter((v) => v >= least).length,
    fit: sum(members.map((m) => m.fit)),
  };
}

/**
 * Whether another institute is at least as good in everything and better in one; ties keep the first by id.
 */
const isOutdone = (one: Candidate, others: Candidate[]): boolean =>
  others.some(
    (o) =>
      o !== one &&
      o.fit >= one.fit &&
      o.values.every((v, i) => v >= one.values[i]!) &&
      (o.fit > one.fit ||
        o.values.some((v, i) => v > one.values[i]!) ||
        o.coverage.profileId < one.coverage.profileId),
  );

const candidateOf = (coverage: Coverage): Candidate => ({
  coverage,
  values: coverage.of.map((r) => Math.round(r.value * GRAIN)),
  fit: Math.round(coverage.fit * GRAIN),
});

function candidatesIn(coverages: Coverage[], least: number): Candidate[] {
  const all = coverages.map(candidateOf);
  const useful = all.filter((c) => c.values.some((v) => v >= least));
  const best = useful
    .filter((c) => !isOutdone(c, useful))
    .sort((a, b) => sum(b.values) - sum(a.values))
    .slice(0, MOST_TRIED);
  return best.sort((a, b) => (a.coverage.profileId < b.coverage.profileId ? -1 : 1));
}

/** Calls `see` with every team of `size` of the candidates, ordered by id. */
function eachTeam(
  candidates: Candidate[],
  size: number,
  from: Tried,
  least: number,
  see: (team: Tried) => void,
): void {
  if (size === 0) return see(from);
  for (let i = 0; i <= candidates.length - size; i += 1) {
    const one = candidates[i]!;
    const next = tried(
      [...from.members, one],
      from.best.map((v, s) => Math.max(v, one.values[s]!)),
      least,
    );
    eachTeam(candidates.slice(i + 1), size - 1, next, least, see);
  }
}

const isBetter = (a: Tried, b: Tried): boolean =>
  a.answered > b.answered ||
  (a.answered === b.answered &&
    a.members.length === b.members.length &&
    (a.fit > b.fit || (a.fit === b.fit && sum(a.best) > sum(b.best))));

/**
 * Returns the team of at most `size` institutes that answers most statements; among these the one with the
 * fewest institutes, then the best match with the whole call, then the best answers, then the first by ids.
 * Tries every combination of those that no single other institute outdoes in everything: replacing them by
 * that one makes no team worse.
 */
export function teamFor(
  coverages: Coverage[],
  { size, enough = LEVEL_FROM.well, with: required }: TeamOptions,
): Team {
  const least = Math.round(enough * GRAIN);
  const candidates = candidatesIn(
    coverages.filter((c) => c.profileId !== required),
    least,
  );
  const begun = coverages.filter((c) => c.profileId === required).map(candidateOf);
  const statements = coverages[0]?.of.length ?? 0;
  const from = tried(begun, begun[0]?.values ?? Array.from({ length: statements }, () => 0), least);
  const possible = tried(
    [],
    from.best.map((v, s) => Math.max(v, ...candidates.map((c) => c.values[s]!))),
    least,
  ).answered;
  let best = from;
  for (let n = 1; n <= Math.min(size - begun.length, candidates.length) && best.answered < possible; n += 1) {
    eachTeam(candidates, n, from, least, (team) => {
      if (isBetter(team, best)) best = team;
    });
  }
  return told(
    best.members.map((m) => m.coverage),
    statements,
    enough,
  );
}

function told(members: Coverage[], statements: number, enough: number): Team {
  const answered = (i: number): Answered[] =>
    members
      .flatMap((m) => (m.of[i]!.value >= enough ? [{ profileId: m.profileId, ...m.of[i]! }] : []))
      .sort((a, b) => b.value - a.value || (a.profileId < b.profileId ? -1 : 1));
  return {
    members: members.map((m) => m.profileId),
    statements: Array.from({ length: statements }, (_, i) => answered(i)),
  };
}
