import type { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { type Facts, isShareTooLarge, NO_FACTS } from '../../pipeline/domain/opportunity.js';
import type { Stage } from '../../pipeline/domain/stage.js';
import type { OpportunityState } from '../../pipeline/domain/state.js';
import type { FoundCall, Resolved } from './find-call.js';
import type { SheetLine } from './line.js';
import { withBid, type SheetBid } from './pipeline-columns.js';
import { KnownNotes, type Names, type Office, type SheetNote } from './task-text.js';

/** The state of a call before a sheet is applied. */
export interface Standing {
  verdict: Verdict | null;
  reason: VerdictReason | null;
  until: string | null;
  verdictBy: string | null;
  notes: SheetNote[];
  /** The bid, and whether somebody has worked on it. */
  opportunity: OpportunityState | null;
  touched: boolean;
}

/**
 * The outcome of a line. `write`: it adds something. `conflict`: its verdict differs from the current one.
 * `contradiction`: its verdict or bid differs from an earlier line's on the same call. `same`: all of it is
 * already known. `silent`: it names a call but says nothing about it. `share-above-requested`: its bid would
 * have a share above the whole.
 */
export const OUTCOMES = [
  'write',
  'conflict',
  'contradiction',
  'share-above-requested',
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
  /** The calls it may refer to, if several. */
  candidates: FoundCall[];
  /** Similar identifiers, if it was not found. */
  nearest: string[];
  /** The first line about the same call, if there is an earlier one. */
  joins: number | null;
  before: Decision | null;
  decision: Decision | null;
  note: string | null;
  /** The bid's new state; null if nothing changes. */
  bid: OpportunityState | null;
  bidBefore: OpportunityState | null;
  /** The people its tasks can be assigned to. */
  people: Names;
}

/** A call as planned by the previous lines. */
interface Planned {
  row: number;
  decision: Decision | null;
  bid: SheetBid | null;
  notes: KnownNotes;
}

const sameDecision = (a: Decision, b: Decision): boolean =>
  a.verdict === b.verdict && (b.reason === null || a.reason === b.reason) && a.until === b.until;

const decisionOf = ({
  verdict,
  reason,
  until,
}: Pick<Standing, 'verdict' | 'reason' | 'until'>): Decision | null => verdict && { verdict, reason, until };

/** Returns the effect of the sheet's verdict on the current one; a missing reason is added. */
function effect(decision: Decision, before: Decision | null): Effect {
  if (before === null) return 'write';
  if (sameDecision(before, decision)) return 'same';
  return before.verdict === decision.verdict && before.reason === null && before.until === null
    ? 'write'
    : 'conflict';
}

/** The verdict implied by a stage if the call has none. */
const VERDICT_OF: Partial<Record<Stage, Verdict>> = { 'to-study': 'study', 'no-go': 'not' };

/**
 * Returns the verdict of a line: its own, or the one implied by its stage if that is new and nobody has
 * decided.
 */
function decisionIn(line: SheetLine, standing: Standing, earlier: Planned | undefined): Decision | null {
  const stage = line.bid?.stage ?? null;
  const isKnown = standing.verdict !== null || standing.opportunity?.stage === stage || earlier?.decision;
  if (line.verdict !== null || stage === null || isKnown) return decisionOf(line);
  return { verdict: VERDICT_OF[stage] ?? 'relevant', reason: null, until: null };
}

/** Whether a line says nothing of a bid that an earlier one did not say. */
const saysNoMore = (bid: SheetBid, earlier: SheetBid): boolean =>
  (bid.stage === null || bid.stage === earlier.stage) &&
  Object.entries(bid.facts).every(
    ([fact, value]) => JSON.stringify(value) === JSON.stringify(earlier.facts[fact as keyof Facts]),
  ) &&
  bid.tasks.every((task) => earlier.tasks.includes(task));

type Effect = 'write' | 'same' | 'conflict' | 'none';

/** Returns the effect of a line's bid on the current one. A bid nobody has worked on cannot conflict. */
function bidEffect(
  bid: SheetBid | null,
  decision: Decision | null,
  { opportunity, touched }: Standing,
  office: Office,
): { does: Effect; bid: OpportunityState | null } {
  const wanted = decision?.verdict === 'relevant' || decision?.verdict === 'study';
  // A lead for a call that nobody wants is not a bid.
  if (!bid || !(opportunity || bid.stage !== null || wanted)) return { does: 'none', bid: null };
  const before = opportunity ?? NEW_BID;
  const after = withBid(before, bid, office);
  if (opportunity && JSON.stringify(after) === JSON.stringify(before)) return { does: 'same', bid: null };
  return { does: touched ? 'conflict' : 'write', bid: after };
}

function planLine(
  line: SheetLine,
  found: Resolved,
  standing: Standing,
  notes: KnownNotes,
  earlier: Planned | undefined,
  office: Office,
): PlanLine {
  const before = decisionOf(standing);
  const decision = decisionIn(line, standing, earlier);
  const note = line.note === null ? null : notes.newIn(line.note);
  const base = {
    line,
    ...found,
    joins: earlier?.row ?? null,
    before,
    note,
    bid: null,
    bidBefore: standing.opportunity,
    people: office.people,
  };
  const contradicts =
    (decision && earlier?.decision && !sameDecision(earlier.decision, decision)) ||
    (line.bid && earlier?.bid && !saysNoMore(line.bid, earlier.bid));
  if (contradicts) return { ...base, decision, outcome: 'contradiction' };
  const isSaid = Boolean((decision && earlier?.decision) || (line.bid && earlier?.bid));
  const does = decision && !earlier?.decision ? effect(decision, before) : 'none';
  const wanted = decision ?? earlier?.decision ?? before;
  const bid = bidEffect(earlier?.bid ? null : line.bid, wanted, standing, office);
  const effects: Effect[] = [does, bid.does];
  if (bid.bid && isShareTooLarge(bid.bid))
    return { ...base, decision, bid: bid.bid, outcome: 'share-above-requested' };
  const written = does === 'write' || does === 'conflict' ? decision : null;
  if (effects.includes('conflict')) return { ...base, decision: written, bid: bid.bid, outcome: 'conflict' };
  if (effects.includes('write') || note !== null)
    return { ...base, decision: written, bid: bid.bid, outcome: 'write' };
  const says = isSaid || effects.includes('same') || line.note !== null;
  return { ...base, decision: null, outcome: says ? 'same' : 'silent' };
}

const NOTHING: Standing = {
  verdict: null,
  reason: null,
  until: null,
  verdictBy: null,
  notes: [],
  opportunity: null,
  touched: false,
};

/** A bid known only from the sheet. */
const NEW_BID: OpportunityState = {
  ...NO_FACTS,
  stage: 'to-study',
  deadlineAt: null,
  milestones: [],
  tasks: [],
};

/**
 * Returns the outcome of each line, in the sheet's order; one step per line. Nothing is written, and planning
 * again after applying gives nothing to write.
 */
export function* planSheet(
  lines: SheetLine[],
  resolve: (line: SheetLine) => Resolved,
  standing: Map<string, Standing>,
  office: Office,
): Generator<void, PlanLine[]> {
  const planned = new Map<string, Planned>();
  const plan: PlanLine[] = [];
  for (const line of lines) {
    plan.push(planNext(line, resolve(line), planned, standing, office));
    yield;
  }
  return plan;
}

/** `planned`: what the lines before say, by call; this one's is added. */
function planNext(
  line: SheetLine,
  found: Resolved,
  planned: Map<string, Planned>,
  standings: Map<string, Standing>,
  office: Office,
): PlanLine {
  if (!found.call)
    return {
      line,
      ...found,
      outcome: found.candidates.length ? 'several' : 'not-found',
      joins: null,
      before: null,
      decision: null,
      note: null,
      bid: null,
      bidBefore: null,
      people: office.people,
    };
  const { id } = found.call;
  const [standing, earlier] = [standings.get(id) ?? NOTHING, planned.get(id)];
  const notes = earlier?.notes ?? new KnownNotes(standing.notes);
  planned.set(id, {
    row: earlier?.row ?? line.row,
    decision: earlier?.decision ?? decisionIn(line, standing, earlier),
    bid: earlier?.bid ?? line.bid,
    notes,
  });
  return planLine(line, found, standing, notes, earlier, office);
}

export interface Writes {
  decisions: ({ callId: string } & Decision)[];
  notes: { callId: string; text: string }[];
  bids: { callId: string; state: OpportunityState; deadline: string | null }[];
}

/** Returns what to write: of the conflicts, only those of the given calls, or all. */
export function writesOf(plan: PlanLine[], overwrite: 'all' | ReadonlySet<string>): Writes {
  const told = plan.filter((p): p is PlanLine & { call: FoundCall } => p.call !== null);
  const decided = told.filter(
    (p) =>
      p.outcome === 'write' ||
      (p.outcome === 'conflict' && (overwrite === 'all' || overwrite.has(p.call.id))),
  );
  return {
    decisions: decided.flatMap((p) => (p.decision ? [{ callId: p.call.id, ...p.decision }] : [])),
    bids: decided.flatMap(({ call, bid, line }) =>
      bid ? [{ callId: call.id, state: bid, deadline: line.deadline }] : [],
    ),
    notes: told.flatMap((p) => (p.note === null ? [] : [{ callId: p.call.id, text: p.note }])),
  };
}
