import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { DAY_MS } from '../../kernel/durations.js';
import { type Actor, isOf } from '../../kernel/actor.js';
import {
  filterOf,
  INBOX_FIELDS,
  type InboxQuery,
  outsideQuery,
} from '../../decisions/domain/inbox-filters.js';
import { CallSheets } from '../call-sheets.js';
import { FileFormat, fileName, sendFile, type Made } from '../download.js';
import { MatchSheets } from '../match-sheets.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/heavy-answers.js';
import { ADDRESS as CALLS, filterOf as callFilterOf, type Address } from '../../calls/pages/calls-query.js';
import { ADDRESS as CHANGES, askedBy, type ChangesAddress } from '../../calls/pages/changes-query.js';
import { PageQuery } from '../../ui/form.js';
import { View, type Viewer } from '../../ui/viewer.js';

/** A permanent link counts back from the day it is opened. */
const CHANGE_FIELDS = { ...CHANGES, days: z.coerce.number().int().min(1).max(3650).optional() };

/** A page's list as a file, with the filters of its URL. */
@ApiExcludeController()
@Controller()
export class SheetExportPages {
  constructor(
    private readonly matches: MatchSheets,
    private readonly calls: CallSheets,
  ) {}

  @Needs('match.read', 'profile')
  @Heavy()
  @Get('institutes/:profile/inbox.:format')
  async inbox(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @PageQuery(INBOX_FIELDS) query: InboxQuery,
    @Res() response: Response,
  ): Promise<void> {
    const inside = isOf(actor, profile);
    const filter = filterOf(inside ? query : outsideQuery(query), v.now);
    await this.send(
      v,
      response,
      `${profile}-calls`,
      format,
      await this.matches.matches(profile, inside ? 'inside' : 'network', filter, v.language),
    );
  }

  @Needs('sheet.read', 'profile')
  @Heavy()
  @Get('institutes/:profile/proposals.:format')
  async proposals(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(
      v,
      response,
      `${profile}-proposals`,
      format,
      await this.matches.proposals(profile, v.language),
    );
  }

  @Needs('sheet.read', 'profile')
  @Heavy()
  @Get('institutes/:profile/pipeline.:format')
  async pipeline(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(
      v,
      response,
      `${profile}-pipeline`,
      format,
      await this.matches.opportunities(profile, v.language),
    );
  }

  @Needs('call.read')
  @Heavy()
  @Get('calls.:format')
  async all(
    @View() v: Viewer,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @PageQuery(CALLS) address: Address,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(v, response, 'calls', format, await this.calls.list(callFilterOf(address), v.language));
  }

  @Needs('call.read')
  @Heavy()
  @Get('changes.:format')
  async changes(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @PageQuery(CHANGE_FIELDS) { days, ...address }: ChangesAddress & { days?: number },
    @Res() response: Response,
  ): Promise<void> {
    const asked = {
      ...(days !== undefined && { since: new Date(v.now.getTime() - days * DAY_MS) }),
      ...askedBy(actor, address),
    };
    await this.send(v, response, 'changes', format, await this.calls.changes(asked, v.language));
  }

  private send(v: Viewer, response: Response, name: string, format: FileFormat, made: Made): Promise<void> {
    return sendFile(response, fileName(name, v.now, made), format, made);
  }
}
