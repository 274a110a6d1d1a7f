import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { isOf, type Actor } from '../../domain/access/actor.js';
import { STATUSES } from '../../domain/call/status.js';
import { filterOf, INBOX_FIELDS, type InboxQuery } from '../../features/reviews/inbox-query.js';
import { CallSheets } from '../../features/sheets/call-sheets.js';
import { FileFormat, fileName, sendFile, type Made } from '../../features/sheets/download.js';
import { givenOf } from '../../features/sheets/export-query.js';
import { MatchSheets } from '../../features/sheets/match-sheets.js';
import { CurrentActor, InsideInstitute, OfInstitute, SignedIn } from '../../platform/access/rule.js';
import { Moment } from '../../platform/api/moment.js';
import { PageQuery } from '../kit/form.js';
import { View, type Viewer } from '../kit/viewer.js';

/** By the names that they have in the address of the search. */
const CALL_FIELDS = {
  q: z.string().trim().max(500).optional(), status: z.enum(STATUSES).optional(), programme: z.string().max(200).optional(), source: z.string().max(100).optional(),
  deadlineBefore: Moment.optional(), deadlineAfter: Moment.optional(),
};
type CallFields = z.infer<z.ZodObject<typeof CALL_FIELDS>>;
const CHANGE_FIELDS = { days: z.coerce.number().int().min(1).max(3650).optional() };
const DAY_MS = 86_400_000;

/** What a page lists, as a file, by the filters in its address. */
@ApiExcludeController()
@Controller()
export class SheetExportPages {
  constructor(
    private readonly matches: MatchSheets,
    private readonly calls: CallSheets,
  ) {}

  @OfInstitute('profile', 'read')
  @Get('institutes/:profile/inbox.:format')
  async inbox(
    @View() v: Viewer, @CurrentActor() actor: Actor, @Param('profile') profile: string, @Param('format', { schema: FileFormat }) format: FileFormat,
    @PageQuery(INBOX_FIELDS) query: InboxQuery, @Res() response: Response,
  ): Promise<void> {
    const inside = isOf(actor, profile);
    // What was decided is the institute's own, also as a filter.
    const { changed, ...rest } = query;
    const filter = filterOf(inside ? { ...rest, changed } : { ...rest, state: 'all' }, v.now);
    await this.send(v, response, `${profile}-calls`, format, await this.matches.matches(profile, inside ? 'inside' : 'network', filter, v.language));
  }

  @InsideInstitute('profile', 'read')
  @Get('institutes/:profile/proposals.:format')
  async proposals(@View() v: Viewer, @Param('profile') profile: string, @Param('format', { schema: FileFormat }) format: FileFormat, @Res() response: Response): Promise<void> {
    await this.send(v, response, `${profile}-proposals`, format, await this.matches.proposals(profile, v.language));
  }

  @SignedIn()
  @Get('calls.:format')
  async all(@View() v: Viewer, @Param('format', { schema: FileFormat }) format: FileFormat, @PageQuery(CALL_FIELDS) { q, ...rest }: CallFields, @Res() response: Response): Promise<void> {
    await this.send(v, response, 'calls', format, await this.calls.list(givenOf({ ...rest, ...(q ? { q } : {}) }), v.language));
  }

  @SignedIn()
  @Get('changes.:format')
  async changes(
    @View() v: Viewer, @Param('format', { schema: FileFormat }) format: FileFormat, @PageQuery(CHANGE_FIELDS) { days }: { days?: number }, @Res() response: Response,
  ): Promise<void> {
    const since = days === undefined ? {} : { since: new Date(v.now.getTime() - days * DAY_MS) };
    await this.send(v, response, 'changes', format, await this.calls.changes(since, v.language));
  }

  private send(v: Viewer, response: Response, name: string, format: FileFormat, made: Made): Promise<void> {
    return sendFile(response, fileName(name, v.now, made), format, made);
  }
}
