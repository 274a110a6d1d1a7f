import { BAND_FROM } from '../../kernel/band.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import { coverageOf, LEVEL_FROM, relevanceByEvidence, type Coverage, type Level } from './coverage.js';
import type { Statement } from './outcomes.js';
import { teamFor, type Answered, type Team, type TeamOptions } from './team.js';

/** An institute and its match with the call, with only the evidence found in the current text. */
export interface Fitting {
  profileId: string;
  name: string;
  match: MatchScore;
}

/** A statement that the team does not answer well, and who in the network comes nearest. */
export interface Partner {
  statement: number;
  nearest: Answered | null;
}

/** The institutes that could bid together for a call. */
export interface JointBid {
  statements: Statement[];
  /** Best first. */
  ranking: Fitting[];
  coverages: Map<string, Coverage>;
  team: Team;
  /**
   * How well the team answers its statements: `partly` if nobody answers anything well, `no` if there is no
   * team.
   */
  level: Level;
  partners: Partner[];
}

/**
 * Half the score from which matches are reported: below it, a word that occurs in an outcome by chance is no
 * reason to ask an institute into a team.
 */
const ASKED_FROM = BAND_FROM.uncertain / 2;

const byScore = (a: Fitting, b: Fitting): number =>
  b.match.score - a.match.score || (a.profileId < b.profileId ? -1 : 1);

/**
 * Score differences up to this mean nothing. Of 276 real calls with a team, the top-ranked institute was left
 * out of 57, and for 55 of these it led by more than this: readers missed it, because the call is about its
 * subject, although it answers no single outcome better in its words.
 */
const HAIR = 2;

/**
 * Keeps only answers with terms of the institute's own: being in the call's field is no reason to ask it
 * about a statement.
 */
const byWords = (c: Coverage): Coverage => ({
  ...c,
  of: c.of.map((r) => (r.terms.length ? r : { ...r, value: 0 })),
});

const countOf = (team: Team): number => team.statements.filter((answers) => answers.length > 0).length;

/**
 * Returns a team that starts with the institute that the call matches best, if no answer is lost, the
 * institute is a match, and it leads by more than HAIR. Readers of a team of one would ask why it is not the
 * best match, so there the best match is used however small its lead.
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

/** Returns who best answers a statement with own terms found in it. */
function nearestTo(statement: number, coverages: Coverage[]): Answered | null {
  const all = coverages
    .map((c) => ({ profileId: c.profileId, ...c.of[statement]! }))
    .filter((a) => a.terms.length > 0 && a.value >= LEVEL_FROM.partly);
  return all.sort((a, b) => b.value - a.value || (a.profileId < b.profileId ? -1 : 1))[0] ?? null;
}

/**
 * Returns the smallest team, including the best match, that answers most of the statements, and the
 * statements that still need partners.
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

/** Returns the indexes of the statements that an institute of the team answers. */
export const answeredBy = ({ team }: Pick<JointBid, 'team'>, profileId: string): number[] =>
  team.statements.flatMap((answers, i) => (answers.some((a) => a.profileId === profileId) ? [i] : []));
