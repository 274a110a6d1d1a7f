import { LEVEL_FROM, type Coverage } from './coverage.js';

export interface TeamOptions {
  /** The most institutes that may be in it. */
  size: number;
  /** From what value on a statement is answered. */
  enough?: number;
  /** By its id, the institute that is in the team whatever it answers. */
  with?: string;
}

/** Who of the team answers a statement, best first. */
export interface Answered {
  profileId: string;
  value: number;
  terms: string[];
}

export interface Team {
  /** By their ids. */
  members: string[];
  /** For each statement, in their order, who of the team answers it well enough. */
  statements: Answered[][];
}

/** Of more, those that bring least are left aside; so many can be tried in every combination. */
const MOST_TRIED = 24;
/** Values are compared in whole thousandths, whose sums are the same in whatever order they are made. */
const GRAIN = 1_000;

/** An institute with its values in whole numbers. */
interface Candidate {
  coverage: Coverage;
  values: number[];
  fit: number;
}
/**
 * A team on the way: the best value that it has for each statement, and how well the call as a whole fits its
 * members.
 */
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
 * Whether another institute is as good in every way and better in one; of equal ones the first by id stays.
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

/** Every team of so many of the candidates, by id; `see` is called with each. */
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
 * The team of at most `size` institutes that answers most statements; of those the one with the fewest
 * institutes, then whose members the call as a whole fits best, then with the best answers, then the first by
 * ids. Every combination is tried, of those who are not outdone by one other in everything: to put that other
 * in their place makes no team worse.
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
