import { z } from 'zod';
import { Controller, HttpCode, Param, Post, Query, Req, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { BadRequest, TooLarge, UnsupportedMedia, type DomainError } from '../../kernel/errors.js';
import { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { FACTS } from '../../pipeline/domain/opportunity.js';
import { Stage } from '../../pipeline/domain/stage.js';
import { type OpportunityState } from '../../pipeline/domain/state.js';
import { Task } from '../../pipeline/domain/tasks.js';
import { FIELDS } from '../domain/field-names.js';
import type { FoundCall } from '../domain/find-call.js';
import { OUTCOMES, type PlanLine } from '../domain/plan.js';
import type { ReadSheet } from '../domain/read-sheet.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { MOST_LINES, SheetRefusal } from '../../platform/sheets/sheet-reader.js';
import { type FormFile, IN_MEMORY, type Upload, uploadOf } from '../../platform/sheets/upload.js';
import { SheetImport } from '../sheet-import.js';

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
      'write: it adds something; conflict: it contradicts the stored decision; contradiction: it contradicts an earlier line; share-above-requested: its `share` is more than the whole bid requests, and nothing but its note is saved; several: it may mean several calls; same: it is already stored; silent: it says nothing about its call',
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

const ImportView = z
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
type ImportView = z.infer<typeof ImportView>;

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
const importView = (sheet: ReadSheet, plan: PlanLine[], applied: ImportView['applied']): ImportView => ({
  file: sheet.file,
  sheet: sheet.sheet,
  otherSheets: sheet.others,
  columns: sheet.headings.map((heading, i) => ({ heading, field: sheet.fields[i] ?? null })),
  lines: plan.map(lineView),
  applied,
});

const Flag = (standard: 'true' | 'false') =>
  z
    .enum(['true', 'false'])
    .default(standard)
    .transform((x) => x === 'true');
const ImportQuery = z.object({
  dryRun: Flag('true').describe('whether to only report what would be saved'),
  overwrite: Flag('false').describe('whether the sheet overrides existing verdicts'),
});

const FILE = { schema: { type: 'string', format: 'binary' } } as const;
const UPLOAD = {
  'multipart/form-data': { schema: { type: 'object' as const, properties: { file: FILE.schema } } },
  'text/csv': FILE,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': FILE,
};

function refused({ kind }: SheetRefusal): DomainError {
  switch (kind) {
    case 'too-many-lines':
      return new TooLarge('sheet-too-many-lines', { most: MOST_LINES });
    case 'too-large':
      return new TooLarge('sheet-too-large');
    case 'empty':
    case 'broken':
      return new BadRequest(`sheet-${kind}`);
    default:
      return new UnsupportedMedia(`sheet-${kind}`);
  }
}

@ApiTags('sheets')
@ApiBearerAuth()
@Controller('v1/profiles/:id/import')
export class ImportController {
  constructor(private readonly sheets: SheetImport) {}

  /**
   * Reports how each line is understood, and writes it if `dryRun` is false. Importing the same sheet again
   * changes nothing.
   */
  @Needs('sheet.write', 'id')
  @Post()
  @ApiOperation({
    summary: 'Import a sheet of decided calls',
    requestBody: { required: true, content: UPLOAD },
  })
  @HttpCode(200)
  @UseInterceptors(FileInterceptor('file', IN_MEMORY))
  @ApiOkResponse({ standardSchema: ImportView })
  async take(
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Param('id') id: string,
    @Query({ schema: ImportQuery }) { dryRun, overwrite }: z.infer<typeof ImportQuery>,
    @UploadedFile() file: FormFile | undefined,
    @Req() request: Request,
  ): Promise<ImportView> {
    const sheet = await this.sheets.locate(await this.read(request, file, actor, gone));
    const plan = await this.sheets.plan(id, sheet);
    return importView(
      sheet,
      plan,
      dryRun ? null : await this.sheets.apply(actor, id, sheet, overwrite ? 'all' : new Set()),
    );
  }

  private async read(
    request: Request,
    file: FormFile | undefined,
    actor: Actor,
    gone: AbortSignal,
  ): Promise<ReadSheet> {
    try {
      const upload: Upload = await uploadOf(request, file);
      const read = await this.sheets.read(upload, actor, gone);
      if ('rows' in read) return read;
      throw new BadRequest('sheet-without-calls', { headings: read.headings.join(' | ') || 'nothing' });
    } catch (error) {
      throw error instanceof SheetRefusal ? refused(error) : error;
    }
  }
}
