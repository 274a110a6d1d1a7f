import { z } from 'zod';
import { ACTION_SHORTS, actionShort } from '../../calls/domain/action-code.js';
import { brusselsDate } from '../../kernel/brussels.js';
import { nextDeadlineOf } from '../../calls/domain/facts/deadline.js';
import { statusAt, CallHead } from '../../calls/domain/status.js';
import { stateOf } from '../store/opportunity-state.js';
import type { OpportunityRow } from '../store/opportunity.repository.js';
import { oneLine } from '../../kernel/one-line.js';
import { AwardedProposal, documentPage } from '../../harvest/domain/drafts/committee-document.js';
import { STEP_KINDS, type Step } from '../domain/history.js';
import {
  expectedOf,
  Milestone,
  deadlineToAccept,
  MOST_MILESTONES,
  laterDeadline,
} from '../domain/milestones.js';
import { FACTS, FactsChange } from '../domain/opportunity.js';
import type { Result } from '../domain/results.js';
import { AWAITING_RESULT, nextStages, Stage } from '../domain/stage.js';
import { inOrder, Task } from '../domain/tasks.js';

const Why = z.string().trim().min(1).max(2_000).nullable().default(null).describe('for the history');

const Day = z.iso.date().nullable();

export const OpportunityView = z
  .object({
    id: z.uuid(),
    call: CallHead.extend({
      language: z.string(),
      programme: z.string().nullable(),
      typeOfAction: z.enum(ACTION_SHORTS).nullable(),
      nextDeadline: z.iso.datetime().nullable(),
    }),
    stage: Stage,
    stageAt: z.iso.datetime().describe('since when it has been at this stage'),
    next: z.array(Stage).describe('the stages that may follow'),
    ...FACTS,
    deadline: z.iso.datetime().nullable().describe('the closing date it is prepared for'),
    deadlineMovedTo: z.iso
      .datetime()
      .nullable()
      .describe('the current closing date of the call; null if unchanged'),
    laterDeadline: z
      .object({ at: z.iso.datetime(), kind: z.enum(['stage-2', 'cut-off']) })
      .nullable()
      .describe(
        'the closing date it may be prepared for next, once its own has passed: of the second stage, or of a later cut-off if it was not submitted',
      ),
    milestones: z.array(
      Milestone.extend({ person: z.string().nullable().describe('the name of the person responsible') }),
    ),
    tasks: z.array(
      Task.extend({ person: z.string().nullable().describe('the name of the person responsible') }),
    ),
    expectedResult: Day.describe(
      'once it is submitted, until the result is known: the last day of the vote on a draft decision on awards, or else five months after the closing date; of a first stage, three months after it',
    ),
    expectedContract: Day.describe(
      'eight months after the closing date, once it is submitted; null as long as a second stage follows, and once it is signed',
    ),
    results: z
      .array(
        z.object({
          document: z.string().describe('reference and version in the register of committees'),
          title: z.string(),
          day: z.iso.date().describe('when it was put before its committee'),
          votesUntil: Day,
          vote: z.string().nullable().describe('the document with the result of the vote, if there is one'),
          named: AwardedProposal.nullable().describe(
            'what its annex says of this bid, which is not final; null if the bid was not recognised in it',
          ),
          url: z.url().describe('the document in the register'),
          voteUrl: z.url().nullable(),
        }),
      )
      .describe('draft decisions on the awards of its call, those that name it first, then the newest'),
    question: z
      .enum(['result', 'contract', 'requested', 'share'])
      .nullable()
      .describe(
        "what should be known by now: the result, the signature of the agreement, the contribution that a submitted bid requests, or the institute's share of a funded one",
      ),
    canUndo: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Opportunity' });
export type OpportunityView = z.infer<typeof OpportunityView>;

export const StepView = z
  .object({
    id: z.uuid(),
    kind: z
      .enum(STEP_KINDS)
      .describe(
        'taken-up: after a verdict, a proposal or an answer; decided: moved to another stage by one; moved: with the deadline of the call',
      ),
    changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
    why: z.string().nullable(),
    by: z.string(),
    at: z.iso.datetime(),
    undone: z.boolean(),
  })
  .meta({ id: 'OpportunityStep' });
export type StepView = z.infer<typeof StepView>;

export const BeginInput = z.object({ call: z.uuid(), why: Why });
export const StageInput = z.object({
  stage: Stage,
  why: Why,
  from: Stage.optional().describe(
    'the stage that was shown; refused (409) if it has moved since. If left out, it moves from whichever it is at',
  ),
});
export type StageInput = z.infer<typeof StageInput>;
export const FactsInput = FactsChange;
export const MilestonesInput = z.object({
  milestones: z
    .array(
      Milestone.pick({ label: true, on: true, before: true, personId: true }).extend({
        id: z.uuid().optional().describe('of an existing one; omitted for a new one'),
        before: Milestone.shape.before.default(null),
        personId: Milestone.shape.personId.default(null),
        done: z.boolean().default(false),
      }),
    )
    .max(MOST_MILESTONES),
});
export type MilestonesInput = z.infer<typeof MilestonesInput>;
const TaskFields = {
  text: Task.shape.text,
  personId: Task.shape.personId,
  due: Task.shape.due,
};
export const TaskInput = z.object({
  ...TaskFields,
  personId: TaskFields.personId.default(null),
  due: TaskFields.due.default(null),
});
export type TaskInput = z.infer<typeof TaskInput>;
export const TaskChange = z.object({ ...TaskFields, done: z.boolean() }).partial();
export type TaskChange = z.infer<typeof TaskChange>;
export const DeadlineInput = z.object({
  deadline: z.iso
    .datetime()
    .describe(
      '`deadlineMovedTo`, or the instant of `laterDeadline`; refused (409) if the call says otherwise by now',
    ),
});

/** The amount to ask for: the contribution once a bid is submitted, the own share once it is funded. */
function amountAsked({
  stage,
  requested,
  share,
}: Pick<OpportunityRow['row'], 'stage' | 'requested' | 'share'>): 'requested' | 'share' | null {
  if (stage === 'funded') return share === null ? 'share' : null;
  return AWAITING_RESULT.includes(stage) && requested === null ? 'requested' : null;
}

/** What a view needs besides the row. */
export interface ViewContext {
  now: Date;
  canUndo: boolean;
  people: Map<string, string>;
  results: Result[];
}

export function opportunityView(
  { row, call }: OpportunityRow,
  { now, canUndo, people, results }: ViewContext,
): OpportunityView {
  const { content } = call;
  const { deadlineAt, milestones, tasks, ...state } = stateOf(row);
  const named = <T extends { personId: string | null }>(one: T): T & { person: string | null } => ({
    ...one,
    person: one.personId === null ? null : (people.get(one.personId) ?? null),
  });
  const { deadlines } = content;
  const votesUntil = results[0]?.votesUntil ?? null;
  const later = laterDeadline({ ...state, deadlineAt }, deadlines, now);
  const expected = expectedOf({ ...state, deadlineAt, votesUntil, deadlines }, brusselsDate(now));
  const [type] = content.typesOfAction;
  return {
    id: row.id,
    call: {
      id: call.id,
      title: oneLine(content.title),
      identifier: content.identifier,
      language: content.language,
      programme: call.programme,
      typeOfAction: type === undefined ? null : actionShort(oneLine(type)),
      status: statusAt(call, now),
      nextDeadline: nextDeadlineOf(call, now),
    },
    ...state,
    stageAt: row.stageAt.toISOString(),
    next: [...nextStages(row.stage)],
    deadline: deadlineAt,
    deadlineMovedTo: deadlineToAccept({ ...state, deadlineAt }, deadlines),
    // Its source drops a call between its stages too, but not between its cut-offs.
    laterDeadline: call.withdrawnAt && later?.kind === 'cut-off' ? null : later,
    milestones: milestones.map(named),
    tasks: inOrder(tasks).map(named),
    expectedResult: expected.result,
    expectedContract: expected.contract,
    results: results.map((result) => ({
      ...result,
      url: documentPage(result.document),
      voteUrl: result.vote === null ? null : documentPage(result.vote),
    })),
    question: expected.question ?? amountAsked(state),
    canUndo,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export const stepView = ({ id, kind, changes, why, by, at }: Step, undone: Set<string | null>): StepView => ({
  id,
  kind,
  changes: changes,
  why,
  by,
  at: at.toISOString(),
  undone: undone.has(id),
});
