import {
  type Coverage,
  coverageOf,
  type Level,
  LEVEL_FROM,
  relevanceByEvidence,
  type WordedEvidence,
} from './coverage.js';
import { BAND_FROM } from '../../kernel/band.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import type { Statement } from './outcomes.js';
import { listTo } from '../../i18n/message.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { preferenceTerms } from '../../matching/domain/explanation/reason-sentence.js';
import { nameIn } from '../../profiles/domain/names-in.js';

interface TeamOptions {
  /** The most institutes that a team may have. */
  size: number;
  /** The value from which a statement counts as answered. */
  enough?: number;
  /** The id of an institute that is always in the team. */
  with?: string;
}

/** A team member's answer to a statement. */
interface Answered {
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

/** An institute and its match with the call, with only the evidence found in the current text. */
export interface Fitting {
  profileId: string;
  name: string;
  match: MatchScore;
  /** The same, with its evidence in the same order, in the words of the reader and of the call. */
  shown: MatchScore;
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
  const worded = ({ match, shown }: Fitting): WordedEvidence[] =>
    match.evidence.map((e, i) => ({ ...e, said: shown.evidence[i]!.term }));
  const relevanceTo = relevanceByEvidence(new Map(ranking.map((f) => [f.profileId, worded(f)])));
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

/** The longest quotation of a statement, in characters. */
const QUOTED = 220;
const MOST_TERMS = 3;

const nameOf = (bid: JointBid, id: string, language: Language): string =>
  nameIn(bid.ranking.find((f) => f.profileId === id)?.name ?? id, 'name', language);

/** "3 of the 5 expected outcomes", to follow a verb; if `answered` is null, any of them. */
function share(answered: number | null, all: number, named: boolean, language: Language): string {
  const part = all === 1 ? 'one' : answered === null ? 'any' : answered < all ? 'some' : 'all';
  return translateTo(language)(`bid-says.share.${part}`, {
    answered,
    all,
    named: named ? 'outcomes' : 'points',
  });
}

/** Says how the team covers the call; `named` if its statements are its expected outcomes. */
export function teamSentence(bid: JointBid, named: boolean, language: Language): string {
  const t = translateTo(language);
  const all = bid.statements.length;
  if (all === 0) return t('bid-says.no-statement');
  if (bid.level === 'no') return t('bid-says.no-team', { what: share(null, all, named, language) });
  const answered = bid.team.statements.filter((answers) => answers.length > 0).length;
  const names = bid.team.members.map((id) => nameOf(bid, id, language));
  return t('bid-says.team', {
    names: listTo(language, names),
    n: names.length,
    level: bid.level,
    what: share(answered, all, named, language),
  });
}

/**
 * Says why a call matches an institute, for others to read: its strongest competence and the words found.
 * Empty if nothing was found.
 */
export function fitSentence({ shown }: Fitting, language: Language): string {
  const [first] = [...shown.competences].sort((a, b) => b.score - a.score);
  if (!first || first.score <= 0) return '';
  const terms = preferenceTerms(shown.evidence, first.competence).slice(0, MOST_TERMS);
  return translateTo(language)('bid-says.fit', {
    name: shortened(oneLine(first.competence), QUOTED),
    terms: terms.length ? listTo(language, terms) : 'none',
  });
}

/** Says that the best one is left out and why. Null if it is in the team, or if there is none. */
export function leftOutSentence(bid: JointBid, language: Language): string | null {
  const [best] = bid.ranking;
  if (!best || bid.team.members.length === 0 || bid.team.members.includes(best.profileId)) return null;
  return translateTo(language)('bid-says.left-out', { name: nameIn(best.name, 'start', language) });
}

/** Says which partner to look for, in the statement's own words, and who in the network comes nearest. */
export function partnerSentence(bid: JointBid, { statement, nearest }: Partner, language: Language): string {
  return translateTo(language)('bid-says.partner', {
    what: shortened(oneLine(bid.statements[statement]!.text).replace(/[.;,]$/, ''), QUOTED),
    near: nearest ? nameOf(bid, nearest.profileId, language) : 'none',
    terms: listTo(
      language,
      (nearest?.terms ?? []).map((term) => oneLine(term)),
    ),
  });
}
