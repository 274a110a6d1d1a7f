import { grouped } from '../../../kernel/collections.js';
import { fieldText, type MatchableCall } from '../index/fields.js';
import type { Evidence, MatchScore, SignalName } from '../scoring/match.js';
import type { Mark } from '../../../calls/domain/page/marking.js';

/** A word or phrase of a competence found in the call. */
export interface Reason {
  /** Its number on the page; the anchors of the passages are r1, r2, … */
  number: number;
  term: string;
  /** Points of the score. */
  contribution: number;
  /** How often it occurs in the displayed text. */
  count: number;
  /** For a type of action: how often the institute takes part in calls of this type. */
  habit?: Evidence['habit'];
  /** The answer of a language model. */
  reading?: Evidence['reading'];
}

/** The contribution of one competence, or of a signal that belongs to no competence. */
export interface ReasonGroup {
  /** Rank among the match's competences, best first, from 0; sets its colour and letter. */
  place: number;
  /** Empty if `signal` belongs to no competence. */
  competence: string;
  signal: SignalName;
  /** Points of the score; the groups sum to the score, and a group's reasons to the group. */
  score: number;
  reasons: Reason[];
}

export interface Reasons {
  score: number;
  groups: ReasonGroup[];
  /** Competences that would fit if the call did not contain a word they exclude. */
  excluded: { competence: string; term: string }[];
  /** Marks in the text, by field. */
  marks: Map<string, Mark[]>;
}

interface Found {
  competence: string;
  term: string;
  evidence: Evidence[];
  points: number;
}

/** Labels are trimmed, so no competence starts with a space. */
const NO_COMPETENCE = ' ';

const sum = (all: { contribution: number }[]): number => all.reduce((n, e) => n + e.contribution, 0);
const byPoints = <T extends { points: number }>(all: T[]): T[] =>
  [...all].sort((a, b) => b.points - a.points);

const found = (evidence: Evidence[]): Found[] =>
  byPoints(
    // The call may write a word with a capital in one place, and without one in another.
    [...grouped(evidence, (e) => [e.term.toLowerCase()]).values()].map((all) => ({
      competence: all[0]!.competence,
      term: all[0]!.term,
      evidence: all,
      points: sum(all),
    })),
  );

/** In a section the words are part of a sentence; a title or keyword only repeats them. */
const fieldRank = (field: string): number =>
  field.startsWith('sections.') ? Number(field.slice('sections.'.length)) : 1_000;

/** Returns the field and start of a reason's first place, in reading order. */
function firstPlace(evidence: Evidence[]): { field: string; start: number } | null {
  const places = evidence.flatMap((e) => e.spans.map((s) => ({ field: e.field, start: s.start })));
  return places.sort((a, b) => fieldRank(a.field) - fieldRank(b.field) || a.start - b.start)[0] ?? null;
}

/** Passages marked by default, the others on demand: with every word marked, nothing stands out. */
const STRONGEST = 5;

/**
 * Returns the keys of the strongest reasons: those found in a section come before those found only in a title
 * or keyword, which is read anyway.
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

/** Returns why a call fits, by competence, best first, with the marks for its text. */
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
 * Returns the evidence with only those spans whose text is unchanged since the match: a call that has just
 * changed is matched again within minutes, and until then the wrong text must not be marked.
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
