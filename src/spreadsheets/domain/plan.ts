import type { Verdict, VerdictReason } from '../../matching/domain/index.js';
import type { FoundCall, Resolved } from './find-call.js';
import type { SheetLine } from './line.js';
import { newNote, type SheetNote } from './note-text.js';

/** What stands at a call before a sheet is applied. */
export interface Standing {
  verdict: Verdict | null;
  reason: VerdictReason | null;
  until: string | null;
  verdictBy: string | null;
  notes: SheetNote[];
}

/**
 * What becomes of a line. `write`: it brings something. `conflict`: it decides otherwise than what stands. `contradiction`:
 * it decides otherwise than an earlier line about the same call. `same`: all of it stands already. `silent`: it names a call and says nothing of it.
 */
export const OUTCOMES = [
  'write',
  'conflict',
  'contradiction',
  'several',
  'not-found',
  'same',
  'silent',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Decision {
  verdict: Verdict;
  reason: VerdictReason | null;
  until: string | null;
}

export interface PlanLine {
  line: SheetLine;
  outcome: Outcome;
  call: FoundCall | null;
  /** The calls that it may mean, where they are several. */
  candidates: FoundCall[];
  /** Identifiers that are spelt alike, where it was found nowhere. */
  nearest: string[];
  /** The first line about the same call, where this is a later one. */
  joins: number | null;
  before: Decision | null;
  decision: Decision | null;
  note: string | null;
}

/** A call as far as the lines before have planned it. */
interface Planned {
  row: number;
  decision: Decision | null;
  notes: SheetNote[];
}

const sameDecision = (a: Decision, b: Decision): boolean =>
  a.verdict === b.verdict && (b.reason === null || a.reason === b.reason) && a.until === b.until;

const decisionOf = ({
  verdict,
  reason,
  until,
}: Pick<Standing, 'verdict' | 'reason' | 'until'>): Decision | null => verdict && { verdict, reason, until };

/** What a decision of the sheet does to the one that stands; a reason that was missing is added. */
function effect(decision: Decision, before: Decision | null): 'write' | 'same' | 'conflict' {
  if (before === null) return 'write';
  if (sameDecision(before, decision)) return 'same';
  return before.verdict === decision.verdict && before.reason === null && before.until === null
    ? 'write'
    : 'conflict';
}

function planLine(
  line: SheetLine,
  found: Resolved,
  standing: Standing,
  earlier: Planned | undefined,
): PlanLine {
  const before = decisionOf(standing);
  const decision = decisionOf(line);
  const note = line.note === null ? null : newNote(line.note, [...standing.notes, ...(earlier?.notes ?? [])]);
  const base = {
    line,
    call: found.call,
    candidates: [],
    nearest: [],
    joins: earlier?.row ?? null,
    before,
    note,
  };
  if (decision && earlier?.decision) {
    if (sameDecision(earlier.decision, decision))
      return { ...base, decision: null, outcome: note === null ? 'same' : 'write' };
    return { ...base, decision, outcome: 'contradiction' };
  }
  const does = decision ? effect(decision, before) : 'same';
  if (does === 'conflict') return { ...base, decision, outcome: 'conflict' };
  if (does === 'write' || note !== null)
    return { ...base, decision: does === 'write' ? decision : null, outcome: 'write' };
  return { ...base, decision: null, outcome: decision || line.note !== null ? 'same' : 'silent' };
}

const NOTHING: Standing = { verdict: null, reason: null, until: null, verdictBy: null, notes: [] };

/** What would become of each line, in the sheet's order. Nothing is written here, and to plan again what was applied gives nothing to write. */
export function planSheet(
  lines: SheetLine[],
  resolve: (line: SheetLine) => Resolved,
  standing: Map<string, Standing>,
): PlanLine[] {
  const planned = new Map<string, Planned>();
  return lines.map((line) => {
    const found = resolve(line);
    if (!found.call)
      return {
        line,
        ...found,
        outcome: found.candidates.length ? 'several' : 'not-found',
        joins: null,
        before: null,
        decision: null,
        note: null,
      };
    const earlier = planned.get(found.call.id);
    const plan = planLine(line, found, standing.get(found.call.id) ?? NOTHING, earlier);
    planned.set(found.call.id, {
      row: earlier?.row ?? line.row,
      decision: earlier?.decision ?? decisionOf(line),
      notes: [
        ...(earlier?.notes ?? []),
        ...(plan.note === null ? [] : [{ author: '', text: plan.note, createdAt: new Date(0) }]),
      ],
    });
    return plan;
  });
}

export interface Writes {
  decisions: ({ callId: string } & Decision)[];
  notes: { callId: string; text: string }[];
}

/** What is to be written: of the conflicts only those that are named (by call), or all. */
export function writesOf(plan: PlanLine[], overwrite: 'all' | ReadonlySet<string>): Writes {
  const told = plan.filter((p): p is PlanLine & { call: FoundCall } => p.call !== null);
  const decided = told.filter(
    (p) =>
      p.outcome === 'write' ||
      (p.outcome === 'conflict' && (overwrite === 'all' || overwrite.has(p.call.id))),
  );
  return {
    decisions: decided.flatMap((p) => (p.decision ? [{ callId: p.call.id, ...p.decision }] : [])),
    notes: told.flatMap((p) => (p.note === null ? [] : [{ callId: p.call.id, text: p.note }])),
  };
}
