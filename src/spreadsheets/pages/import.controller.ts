import { Body, Controller, Get, Param, Post, Req, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { FIELDS } from '../domain/field-names.js';
import { OUTCOMES } from '../domain/plan.js';
import { withFields } from '../domain/read-sheet.js';
import { SheetImport, type LocatedSheet } from '../sheet-import.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { SheetRefusal } from '../../platform/sheets/sheet-reader.js';
import { IN_MEMORY, uploadOf, type FormFile } from '../../platform/sheets/upload.js';
import { PageQuery, readForm } from '../../ui/form.js';
import { page, type PageOptions } from '../../ui/page.js';
import { withQuery } from '../../ui/address.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { DonePage, PlanPage, type Problem, UploadPage } from './import-pages.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

const PLAN_QUERY = {
  show: z.enum(OUTCOMES).optional(),
  from: z.coerce.number().int().min(0).max(10_000).default(0),
};
type PlanQuery = z.infer<z.ZodObject<typeof PLAN_QUERY>>;
const Count = z.coerce.number().int().min(0).max(10_000).default(0);
const DONE_QUERY = { verdicts: Count, notes: Count, bids: Count };

/** An ignored column is ""; forms omit empty fields, so it is sent as `none`. */
const ColumnsSent = z.object({ sheet: z.string() }).catchall(z.union([z.enum(FIELDS), z.literal('none')]));
const ApplySent = z.object({
  sheet: z.string(),
  all: z.literal('true').optional(),
  overwrite: z.preprocess((x) => (x === undefined ? [] : [x].flat()), z.array(z.uuid()).max(5_000)),
});
const LeaveSent = z.object({ sheet: z.string() });

const LOOKS: Pick<PageOptions, 'place' | 'styles'> = { place: 'sheets', styles: ['sheets'] };

/** The import of an old sheet: uploaded, reviewed line by line, corrected, then applied or discarded. */
@ApiExcludeController()
@Needs('sheet.write', 'profile')
@Controller('institutes/:profile/sheets/import')
export class SheetImportPages {
  constructor(private readonly sheets: SheetImport) {}

  @Get()
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @PageQuery(PLAN_QUERY) query: PlanQuery,
  ): Promise<string> {
    const sheet = await this.sheets.waiting(actor, profile);
    return sheet ? this.plan(v, profile, sheet, query) : this.upload(v, profile, null);
  }

  @Get('done')
  done(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @PageQuery(DONE_QUERY) counts: { verdicts: number; notes: number; bids: number },
  ): string {
    return page(v, { title: v.t('sheets.done-title'), ...LOOKS }, DonePage({ v, profile, ...counts }));
  }

  @Post()
  @UseInterceptors(FileInterceptor('file', IN_MEMORY))
  async send(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Param('profile') profile: string,
    @UploadedFile() file: FormFile | undefined,
    @Req() request: Request,
  ): Promise<Answer> {
    try {
      const upload = await uploadOf(request, file);
      const read = await this.sheets.read(upload, actor, gone);
      if (!('rows' in read))
        return pageWith(422, this.upload(v, profile, { kind: 'no-column', headings: read.headings }));
      await this.sheets.keep(actor, profile, read);
      return redirectTo(`/institutes/${profile}/sheets/import`);
    } catch (error) {
      if (!(error instanceof SheetRefusal)) throw error;
      return pageWith(422, this.upload(v, profile, { kind: file?.originalname ? error.kind : 'no-file' }));
    }
  }

  @Post('columns')
  async columns(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(ColumnsSent, body, v.language);
    const sheet = await this.sheets.waiting(actor, profile);
    if (!sent.ok || sheet?.id !== sent.value.sheet) return this.replaced(v, profile, sheet);
    const told = withFields(
      sheet,
      sheet.headings.map((_, i) => {
        const field = sent.value[`column${i}`];
        return FIELDS.find((f) => f === field) ?? null;
      }),
    );
    if (!told) return pageWith(422, await this.plan(v, profile, sheet, {}, v.t('sheets.columns-wrong')));
    await this.sheets.keep(actor, profile, told);
    return redirectTo(`/institutes/${profile}/sheets/import`);
  }

  @Post('apply')
  async apply(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(ApplySent, body, v.language);
    const sheet = await this.sheets.waiting(actor, profile);
    if (!sent.ok || sheet?.id !== sent.value.sheet) return this.replaced(v, profile, sheet);
    const {
      verdicts,
      notes,
      opportunities: bids,
    } = await this.sheets.apply(
      actor,
      profile,
      sheet,
      sent.value.all ? 'all' : new Set(sent.value.overwrite),
    );
    await this.sheets.drop(actor, profile);
    return redirectTo(withQuery(`/institutes/${profile}/sheets/import/done`, { verdicts, notes, bids }));
  }

  @Post('leave')
  async leave(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(LeaveSent, body, v.language);
    const sheet = await this.sheets.waiting(actor, profile);
    if (!sent.ok || sheet?.id !== sent.value.sheet) return this.replaced(v, profile, sheet);
    await this.sheets.drop(actor, profile);
    return redirectTo(`/institutes/${profile}/sheets`);
  }

  /** The form belongs to a sheet that has since been replaced: the current one is left alone. */
  private async replaced(v: Viewer, profile: string, sheet: LocatedSheet | null): Promise<Answer> {
    return pageWith(
      409,
      sheet
        ? await this.plan(v, profile, sheet, {}, v.t('sheets.replaced'))
        : this.upload(v, profile, { kind: 'no-file' }),
    );
  }

  private upload(v: Viewer, profile: string, problem: Problem | null): string {
    return page(v, { title: v.t('sheets.import'), ...LOOKS }, UploadPage({ v, profile, problem }));
  }

  private async plan(
    v: Viewer,
    profile: string,
    sheet: LocatedSheet,
    { show, from = 0 }: Partial<PlanQuery>,
    problem?: string,
  ): Promise<string> {
    const plan = await this.sheets.plan(profile, sheet);
    return page(
      v,
      { title: v.t('sheets.plan-title'), ...LOOKS, wide: true },
      PlanPage({ v, profile, sheet, plan, show: show ?? null, from, problem }),
    );
  }
}
