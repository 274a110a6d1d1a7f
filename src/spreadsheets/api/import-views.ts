import { z } from 'zod';
import { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { FACTS } from '../../pipeline/domain/opportunity.js';
import { Stage } from '../../pipeline/domain/stage.js';
import { Task } from '../../pipeline/domain/tasks.js';
import type { OpportunityState } from '../../pipeline/domain/state.js';
import { FIELDS } from '../domain/field-names.js';
import type { FoundCall } from '../domain/find-call.js';
import { OUTCOMES, type PlanLine } from '../domain/plan.js';
import type { ReadSheet } from '../domain/read-sheet.js';

const CallName = z.object({ id: z.uuid(), identifier: z.string().nullable(), title: z.string() });
const Decided = z.object({
  verdict: Verdict,
  reason: VerdictReason.nullable(),
  until: z.iso.date().nullable().describe('the day until which the call is postponed'),
});

const LineView = z.object({
  row: z.number().int().describe('line number in the sheet, from 1'),
  outcome: z
    .enum(OUTCOMES)
    .describe(
      'write: it adds something; conflict: it contradicts the stored decision; contradiction: it contradicts an earlier line; several: it may mean several calls; same: it is already stored; silent: it says nothing about its call',
    ),
  call: CallName.nullable(),
  candidates: z.array(CallName),
  nearest: z.array(z.string()).describe('similar identifiers, if none was found'),
  joins: z.number().int().nullable().describe('the first line about the same call'),
  standing: Decided.nullable(),
  decision: Decided.nullable(),
  note: z.string().nullable(),
  opportunity: z
    .object({ stage: Stage, ...FACTS, tasks: z.array(Task.omit({ id: true })) })
    .nullable()
    .describe('the stage of the bid in this line; null if that is not new'),
  unknownWord: z
    .string()
    .nullable()
    .describe('text in the decision column that was not understood; it is kept as a note'),
});

export const ImportView = z
  .object({
    file: z.string(),
    sheet: z.string(),
    otherSheets: z.array(z.string()).describe('columns that are not read'),
    columns: z.array(
      z.object({
        heading: z.string(),
        field: z.enum(FIELDS).nullable().describe('what it was recognised as; null: it is not read'),
      }),
    ),
    lines: z.array(LineView),
    applied: z
      .object({ verdicts: z.number().int(), notes: z.number().int(), opportunities: z.number().int() })
      .nullable()
      .describe('what was saved; null for a dry run'),
  })
  .meta({ id: 'SheetImport' });
export type ImportView = z.infer<typeof ImportView>;

const nameOf = ({ id, identifier, title }: FoundCall): z.infer<typeof CallName> => ({
  id,
  identifier,
  title,
});

const bidView = ({ deadlineAt: _at, milestones: _dates, tasks, ...bid }: OpportunityState) => ({
  ...bid,
  tasks: tasks.map(({ id: _id, ...task }) => task),
});

const lineView = ({
  line,
  outcome,
  call,
  candidates,
  nearest,
  joins,
  before,
  decision,
  note,
  bid,
}: PlanLine): z.infer<typeof LineView> => ({
  row: line.row,
  outcome,
  call: call && nameOf(call),
  candidates: candidates.map(nameOf),
  nearest,
  joins,
  standing: before,
  decision,
  note,
  opportunity: bid && bidView(bid),
  unknownWord: line.unknown,
});

/** Returns a sheet and its plan, as the API returns them. */
export const importView = (
  sheet: ReadSheet,
  plan: PlanLine[],
  applied: ImportView['applied'],
): ImportView => ({
  file: sheet.file,
  sheet: sheet.sheet,
  otherSheets: sheet.others,
  columns: sheet.headings.map((heading, i) => ({ heading, field: sheet.fields[i] ?? null })),
  lines: plan.map(lineView),
  applied,
});
