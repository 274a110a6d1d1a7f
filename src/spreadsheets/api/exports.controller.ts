import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { type Actor, isOf } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/ports.js';
import { filterOf, outsideQuery } from '../../decisions/domain/inbox-filters.js';
import { Exported } from '../../audit/audit.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/limits.js';
import { CLOCK } from '../../platform/tokens.js';
import { CallSheets } from '../call-sheets.js';
import { FileFormat, fileName, sendFile, type Made } from '../download.js';
import { CallsQuery, ChangesQuery, LanguageQuery, MatchesQuery } from '../export-query.js';
import { MatchSheets } from '../match-sheets.js';
import { given } from '../../kernel/collections.js';

const FILE = {
  description: 'The table as a file with the first 5,000 rows; `X-Total-Count` is the number of all rows.',
  headers: { 'X-Total-Count': { schema: { type: 'integer' as const } } },
  content: Object.fromEntries(
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'].map((type) => [
      type,
      { schema: { type: 'string' as const, format: 'binary' } },
    ]),
  ),
};
const languageOf = (actor: Actor, asked: Actor['language'] | undefined) => asked ?? actor.language ?? 'fr';

/** Lists as Excel spreadsheets: typed cells, stable keys, and a column order that never changes. */
@ApiTags('sheets')
@ApiBearerAuth()
@Exported()
@Controller('v1')
export class ExportsController {
  constructor(
    private readonly matches: MatchSheets,
    private readonly calls: CallSheets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** An institute's list, with its verdicts; for the network without them. */
  @Needs('match.read', 'id')
  @Heavy()
  @Get('profiles/:id/export/matches.:format')
  @ApiOperation({ summary: "An institute's matches as a sheet" })
  @ApiOkResponse(FILE)
  async ofInstitute(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Query({ schema: MatchesQuery }) { language, ...query }: z.infer<typeof MatchesQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const inside = isOf(actor, id);
    const filter = filterOf(inside ? query : outsideQuery(query), this.clock.now());
    await this.send(
      response,
      `${id}-calls`,
      format,
      await this.matches.matches(id, inside ? 'inside' : 'network', filter, languageOf(actor, language)),
    );
  }

  /** An institute's proposals to its researchers, and their answers. */
  @Needs('sheet.read', 'id')
  @Heavy()
  @Get('profiles/:id/export/proposals.:format')
  @ApiOperation({ summary: "An institute's proposals as a sheet" })
  @ApiOkResponse(FILE)
  async proposals(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Query({ schema: LanguageQuery }) { language }: z.infer<typeof LanguageQuery>,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(
      response,
      `${id}-proposals`,
      format,
      await this.matches.proposals(id, languageOf(actor, language)),
    );
  }

  /** An institute's whole pipeline. Reimporting the file unchanged has no effect. */
  @Needs('sheet.read', 'id')
  @Heavy()
  @Get('profiles/:id/export/opportunities.:format')
  @ApiOperation({ summary: "An institute's pipeline as a sheet" })
  @ApiOkResponse(FILE)
  async opportunities(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Query({ schema: LanguageQuery }) { language }: z.infer<typeof LanguageQuery>,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(
      response,
      `${id}-pipeline`,
      format,
      await this.matches.opportunities(id, languageOf(actor, language)),
    );
  }

  @Needs('call.read')
  @Heavy()
  @Get('export/calls.:format')
  @ApiOperation({ summary: 'Calls as a sheet' })
  @ApiOkResponse(FILE)
  async all(
    @CurrentActor() actor: Actor,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Query({ schema: CallsQuery }) { language, ...filter }: z.infer<typeof CallsQuery>,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(
      response,
      'calls',
      format,
      await this.calls.list(given(filter), languageOf(actor, language)),
    );
  }

  @Needs('call.read')
  @Heavy()
  @Get('export/changes.:format')
  @ApiOperation({ summary: 'Changes as a sheet' })
  @ApiOkResponse(FILE)
  async changes(
    @CurrentActor() actor: Actor,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Query({ schema: ChangesQuery }) { language, ...filter }: z.infer<typeof ChangesQuery>,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(
      response,
      'changes',
      format,
      await this.calls.changes(given(filter), languageOf(actor, language)),
    );
  }

  private send(response: Response, name: string, format: FileFormat, made: Made): Promise<void> {
    return sendFile(response, fileName(name, this.clock.now(), made), format, made);
  }
}
