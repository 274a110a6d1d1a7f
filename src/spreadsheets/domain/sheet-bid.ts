import { documentsIn, type Facts } from '../../pipeline/domain/opportunity.js';
import type { Stage } from '../../pipeline/domain/stage.js';
import type { OpportunityState } from '../../pipeline/domain/state.js';
import type { Field } from './field-names.js';
import { dayIn } from './table.js';
import {
  partnersIn,
  readAmount,
  readLead,
  readPartners,
  readPercent,
  readRole,
  readStage,
  stageOfDecision,
} from './pipeline-columns.js';
import { type Office, taskLinesIn, withTasks } from './task-text.js';

/** A bid as a line of a sheet describes it: its stage, if named, and its facts. */
export interface SheetBid {
  stage: Stage | null;
  facts: Partial<Facts>;
  /** The lines of its tasks; empty if the sheet has none. */
  tasks: string[];
}
interface ReadBid {
  bid: SheetBid | null;
  /** What the stage cell says besides the stage. */
  rest: string | null;
  /** The content of the stage cell if it is unknown. */
  unknown: string | null;
}

/** Returns the facts in the cells. Values that cannot be parsed are ignored, like empty cells. */
function factsOf(told: (field: Field) => string): Partial<Facts> {
  const read = <T>(field: Field, how: (cell: string) => T): T | null =>
    told(field) === '' ? null : how(told(field));
  const currency = read('bid-currency', (cell) => /^[A-Z]{3}$/.exec(cell.trim())?.[0] ?? null);
  const all: Partial<Record<keyof Facts, unknown>> = {
    ...read('lead', readLead),
    ...(told('lead-name') !== '' && { leadName: told('lead-name').slice(0, 200) }),
    acronym: read('acronym', (cell) => cell.slice(0, 50)),
    documents: read('documents', documentsIn),
    role: read('role', readRole),
    partners: read('partners', readPartners),
    requested: read('requested', readAmount),
    share: read('share', readAmount),
    currency,
    probability: read('probability', readPercent),
    proposalNumber: read('proposal-number', (cell) => cell.slice(0, 60)),
    decideBy: read('decide-by', dayIn),
    signedOn: read('signed-on', dayIn),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

export function readBid(told: (field: Field) => string): ReadBid {
  const cell = told('stage');
  const read = cell === '' ? null : readStage(cell);
  const stage = read?.stage ?? stageOfDecision(told('verdict'));
  const facts = factsOf(told);
  const tasks = taskLinesIn(told('tasks'));
  const says = stage !== null || tasks.length > 0 || Object.keys(facts).some((field) => field !== 'currency');
  const lost = cell !== '' && read === null ? cell : null;
  return { bid: says ? { stage, facts, tasks } : null, rest: read?.rest ?? lost, unknown: lost };
}

/** Whether a sheet says the partners of a bid as our own cell does: a name may hold what separates names. */
const samePartners = (before: OpportunityState, { partners }: Partial<Facts>): boolean =>
  JSON.stringify(partners) === JSON.stringify(readPartners(partnersIn(before)));

/** Returns a bid after applying a sheet; its stage is the sheet's, if named. */
export const withBid = (
  before: OpportunityState,
  { stage, facts, tasks }: SheetBid,
  office: Office,
): OpportunityState => ({
  ...before,
  ...facts,
  ...(samePartners(before, facts) && { partners: before.partners }),
  stage: stage ?? before.stage,
  tasks: withTasks(before.tasks, tasks, office),
});
