import { grouped } from '../../../kernel/grouping.js';
import { fieldText, type MatchableCall } from '../index/fields.js';
import type { Evidence, MatchScore } from '../scoring/match.js';
import type { SignalName } from '../signals/signal-name.js';
import type { Mark } from '../../../calls/domain/index.js';

/** A word or phrase of a competence that stands in the call. */
export interface Reason {
  /** Its number on the page: the passage to which it leads is called r1, r2, … */
  number: number;
  term: string;
  /** Points of the score. */
  contribution: number;
  /** How often it stands in the text that is shown. */
  count: number;
  /** Of a type of action: how often the institute takes part in such. */
  habit?: Evidence['habit'];
  /** What a language model said. */
  reading?: Evidence['reading'];
}

/** What one competence brings; or a signal of the score that is no competence's. */
export interface ReasonGroup {
  /** Its place among the match's competences, best first, from 0 on: its colour and its letter. */
  place: number;
  /** Empty where `signal` is no competence's. */
  competence: string;
  signal: SignalName;
  /**
   * Points of the score; those of all groups sum to it, and so do those of a group's reasons to the group's.
   */
  score: number;
  reasons: Reason[];
}

export interface Reasons {
  score: number;
  groups: ReasonGroup[];
  /** Competences that would fit if the call did not hold a word that they exclude. */
  excluded: { competence: string; term: string }[];
  /** Where to mark, by field. */
  marks: Map<string, Mark[]>;
}

interface Found {
  competence: string;
  term: string;
  evidence: Evidence[];
  points: number;
}

/** A competence's name begins with no space: it is trimmed. */
const NO_COMPETENCE = ' ';

const sum = (all: { contribution: number }[]): number => all.reduce((n, e) => n + e.contribution, 0);
const byPoints = <T extends { points: number }>(all: T[]): T[] =>
  [...all].sort((a, b) => b.points - a.points);

const found = (evidence: Evidence[]): Found[] =>
  byPoints(
    [...grouped(evidence, (e) => [e.term])].map(([term, all]) => ({
      competence: all[0]!.competence,
      term,
      evidence: all,
      points: sum(all),
    })),
  );

/** In a section the words stand in a sentence; a title or a keyword only repeats them. */
const fieldRank = (field: string): number =>
  field.startsWith('sections.') ? Number(field.slice('sections.'.length)) : 1_000;

/** The field and start of the first place of a reason in the order of reading. */
function firstPlace(evidence: Evidence[]): { field: string; start: number } | null {
  const places = evidence.flatMap((e) => e.spans.map((s) => ({ field: e.field, start: s.start })));
  return places.sort((a, b) => fieldRank(a.field) - fieldRank(b.field) || a.start - b.start)[0] ?? null;
}

/** A text in which every word is marked shows nothing: so many passages are, the others on demand. */
const STRONGEST = 5;

/**
 * The strongest reasons by what they are found as: those that stand in a section before those that only a
 * title or a keyword bears, which one reads anyhow.
 */
function strongestOf(all: Found[]): Set<string> {
  const placed = byPoints(all.filter((f) => f.points > 0 && firstPlace(f.evidence) !== null));
  const isRead = (f: Found): boolean => firstPlace(f.evidence)!.field.startsWith('sections.');
  const ranked = [...placed.filter(isRead), ...placed.filter((f) => !isRead(f))];
  return new Set(ranked.slice(0, STRONGEST).map(keyOf));
}
const keyOf = ({ competence, term }: Found): string => `${competence}\n${term}`;

function putMarks(
  marks: Map<string, Mark[]>,
  { evidence }: Found,
  { competence, reason, strong }: { competence: number; reason: number; strong: boolean },
): void {
  const first = firstPlace(evidence);
  for (const { field, spans } of evidence) {
    const here = spans.map((s): Mark => {
      const anchor = first?.field === field && first.start === s.start;
      return { ...s, competence, reason, anchor, ...(anchor && strong && { strong }) };
    });
    marks.set(field, [...(marks.get(field) ?? []), ...here]);
  }
}

/** Why a call fits, by competence, best first, with the marks for its text. */
export function reasonsOf(match: MatchScore): Reasons {
  const marks = new Map<string, Mark[]>();
  const byCompetence = byPoints(
    [
      ...grouped(match.evidence, (e) => [e.competence || `${NO_COMPETENCE}${e.signal ?? 'words'}`]).values(),
    ].map((all) => ({ all, points: sum(all) })),
  );
  const strongest = strongestOf(byCompetence.flatMap(({ all }) => found(all)));
  let number = 0;
  const groups = byCompetence.map(({ all, points }, place): ReasonGroup => ({
    place,
    competence: all[0]!.competence,
    signal: all[0]!.signal ?? 'words',
    score: points,
    reasons: found(all).map((f) => {
      number += 1;
      putMarks(marks, f, { competence: place, reason: number, strong: strongest.has(keyOf(f)) });
      return {
        number,
        term: f.term,
        contribution: f.points,
        count: f.evidence.reduce((n, e) => n + e.spans.length, 0),
        habit: f.evidence[0]?.habit,
        reading: f.evidence[0]?.reading,
      };
    }),
  }));
  const excluded = match.competences.flatMap((c) =>
    c.excludedBy ? [{ competence: c.competence, term: c.excludedBy.term }] : [],
  );
  return { score: match.score, groups, excluded, marks };
}

/**
 * The evidence with those of its places that hold in the call as it stands now what they held when it was
 * matched: a call that has just changed is matched anew within minutes, and until then must not be marked
 * where something else stands.
 */
export function standing(evidence: Evidence[], matched: MatchableCall, present: MatchableCall): Evidence[] {
  return evidence.map((e) => {
    const [then, now] = [fieldText(matched, e.field) ?? '', fieldText(present, e.field) ?? ''];
    return {
      ...e,
      spans: e.spans.filter(
        (s) => now.slice(s.start, s.end) !== '' && then.slice(s.start, s.end) === now.slice(s.start, s.end),
      ),
    };
  });
}
