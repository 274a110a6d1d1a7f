import { z } from 'zod';
import { Verdict, VerdictReason } from '../../matching/domain/index.js';
import { FACTS, Stage, Task, type OpportunityState } from '../../pipeline/domain/index.js';
import { FIELDS } from '../domain/field-names.js';
import type { FoundCall } from '../domain/find-call.js';
import { OUTCOMES, type PlanLine } from '../domain/plan.js';
import type { ReadSheet } from '../domain/read-sheet.js';

const CallName = z.object({ id: z.uuid(), identifier: z.string().nullable(), title: z.string() });
const Decided = z.object({
  verdict: Verdict,
  reason: VerdictReason.nullable(),
  until: z.iso.date().nullable().describe('the day until which the call is put off'),
});

const LineView = z.object({
  row: z.number().int().describe('as the sheet counts its lines, from 1'),
  outcome: z
    .enum(OUTCOMES)
    .describe(
      'write: it brings something; conflict: it decides otherwise than what stands; contradiction: otherwise than an earlier line; several: it may mean several calls; same: it stands already; silent: it says nothing of its call',
    ),
  call: CallName.nullable(),
  candidates: z.array(CallName),
  nearest: z.array(z.string()).describe('identifiers that are spelt alike, where none was found'),
  joins: z.number().int().nullable().describe('the first line about the same call'),
  standing: Decided.nullable(),
  decision: Decided.nullable(),
  note: z.string().nullable(),
  opportunity: z
    .object({ stage: Stage, ...FACTS, tasks: z.array(Task.omit({ id: true })) })
    .nullable()
    .describe('how the bid stands by the line; null where that is nothing new'),
  unknownWord: z
    .string()
    .nullable()
    .describe('what the column of decisions says and we do not understand; it is kept as a note'),
});

export const ImportView = z
  .object({
    file: z.string(),
    sheet: z.string(),
    otherSheets: z.array(z.string()).describe('which are not read'),
    columns: z.array(
      z.object({
        heading: z.string(),
        field: z.enum(FIELDS).nullable().describe('what it was taken for; null: it is not read'),
      }),
    ),
    lines: z.array(LineView),
    applied: z
      .object({ verdicts: z.number().int(), notes: z.number().int(), opportunities: z.number().int() })
      .nullable()
      .describe('what was written; null for a dry run'),
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

/** A sheet and its plan as programs read them. */
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
