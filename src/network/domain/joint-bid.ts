import { BAND_FROM } from '../../kernel/band.js';
import type { MatchScore } from '../../matching/domain/index.js';
import { coverageOf, LEVEL_FROM, relevanceByEvidence, type Coverage, type Level } from './coverage.js';
import type { Statement } from './outcomes.js';
import { teamFor, type Answered, type Team, type TeamOptions } from './team.js';

/** An institute and how the call fits it; of the evidence only what stands in the call as it is now. */
export interface Fitting {
  profileId: string;
  name: string;
  match: MatchScore;
}

/** A statement that the team does not answer well, and who comes nearest in all the network. */
export interface Partner {
  statement: number;
  nearest: Answered | null;
}

/** Who of the network could bid together for a call. */
export interface JointBid {
  statements: Statement[];
  /** Best first. */
  ranking: Fitting[];
  coverages: Map<string, Coverage>;
  team: Team;
  /**
   * How well the team answers what is said to be answered: `partly` where nobody answers anything well, `no`
   * where there is no team.
   */
  level: Level;
  partners: Partner[];
}

/**
 * Below half of what makes a match to be told, a word that stands in an outcome by chance is no reason to ask
 * an institute into a team.
 */
const ASKED_FROM = BAND_FROM.uncertain / 2;

const byScore = (a: Fitting, b: Fitting): number =>
  b.match.score - a.match.score || (a.profileId < b.profileId ? -1 : 1);

/**
 * So many points between two scores say nothing. Of 276 real calls with a team the institute that ranks first
 * was left out of 57, by more than this of 55: readers missed it there, as the one whose subject the call is,
 * though it answers no single outcome better in its words.
 */
const HAIR = 2;

/**
 * What an institute answers by words of its own: that the call is of its field is no reason to ask it about a
 * point.
 */
const byWords = (c: Coverage): Coverage => ({
  ...c,
  of: c.of.map((r) => (r.terms.length ? r : { ...r, value: 0 })),
});

const countOf = (team: Team): number => team.statements.filter((answers) => answers.length > 0).length;

/**
 * The team that begins with whom the call as a whole fits best, where that costs no answer, and where it is a
 * match, ahead of the others by more than a hair. Of a team of one a reader would ask why it is alone, and
 * not the first: there the first is in it by however little it leads.
 */
function withFirst(team: Team, coverages: Coverage[], options: TeamOptions): Team {
  const first = coverages.reduce((a, b) => (b.fit > a.fit ? b : a));
  const best = Math.max(...coverages.filter((c) => team.members.includes(c.profileId)).map((c) => c.fit));
  if (team.members.length > 1 && (first.fit < BAND_FROM.uncertain || first.fit - best <= HAIR)) return team;
  const begun = teamFor(coverages, { ...options, with: first.profileId });
  return countOf(begun) < countOf(team) ? team : begun;
}

function bestTeam(asked: Coverage[], size: number): { team: Team; level: Level } {
  const coverages = asked.map(byWords);
  for (const level of ['well', 'partly'] as const) {
    const options = { size, enough: LEVEL_FROM[level] };
    const team = teamFor(coverages, options);
    if (team.members.length) return { team: withFirst(team, coverages, options), level };
  }
  return { team: { members: [], statements: (coverages[0]?.of ?? []).map(() => []) }, level: 'no' };
}

/** Who answers a statement best by words of their own that stand in it. */
function nearestTo(statement: number, coverages: Coverage[]): Answered | null {
  const all = coverages
    .map((c) => ({ profileId: c.profileId, ...c.of[statement]! }))
    .filter((a) => a.terms.length > 0 && a.value >= LEVEL_FROM.partly);
  return all.sort((a, b) => b.value - a.value || (a.profileId < b.profileId ? -1 : 1))[0] ?? null;
}

/**
 * The smallest team with the one whom the call fits best that answers most of the statements, and what is
 * left to find partners for.
 */
export function jointBid(statements: Statement[], fitting: Fitting[], size: number): JointBid {
  const ranking = [...fitting].sort(byScore);
  const relevanceTo = relevanceByEvidence(new Map(ranking.map((f) => [f.profileId, f.match.evidence])));
  const coverages = coverageOf(
    statements,
    ranking.map(({ profileId, match }) => ({ profileId, fit: match.score })),
    relevanceTo,
  );
  const asked = coverages.filter((c) => c.fit >= ASKED_FROM);
  const { team, level } = bestTeam(asked, size);
  const open = statements.flatMap((_, i) =>
    (team.statements[i] ?? []).some((a) => a.value >= LEVEL_FROM.well) ? [] : [i],
  );
  return {
    statements,
    ranking,
    coverages: new Map(coverages.map((c) => [c.profileId, c])),
    team,
    level,
    partners: open.map((statement) => ({ statement, nearest: nearestTo(statement, coverages) })),
  };
}

/** The statements that an institute of the team answers, by their places. */
export const answeredBy = ({ team }: Pick<JointBid, 'team'>, profileId: string): number[] =>
  team.statements.flatMap((answers, i) => (answers.some((a) => a.profileId === profileId) ? [i] : []));
