import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { MATCH_FILTERS } from '../export-query.js';
import { FeedName, Feeds, FeedView, MadeFeed } from '../feeds.js';
import { jsonBody } from '../../platform/api/json-body.js';

const FeedInput = z
  .strictObject({
    name: FeedName,
    notes: z.boolean().default(false).describe("whether it includes the institute's notes"),
    language: Language.optional(),
    ...MATCH_FILTERS,
    changed: z
      .boolean()
      .optional()
      .describe('only calls that have changed since they were opened or decided on'),
  })
  .meta({ id: 'FeedInput' });
type FeedInput = z.infer<typeof FeedInput>;

const ListQuery = z.object(PAGING);

/** Returns the filters as in an inbox's query string. */
function queryOf(filters: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(filters).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given).toString();
}

/** Secret links to an institute's list. */
@ApiTags('sheets')
@ApiBearerAuth()
@Controller('v1/profiles/:id/feeds')
export class FeedsController {
  constructor(private readonly feeds: Feeds) {}

  @Needs('sheet.read', 'id')
  @Get()
  @ApiOperation({ summary: 'Links that Excel reads' })
  @ApiOkResponse({ standardSchema: pageOf(FeedView) })
  list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<FeedView>> {
    return this.feeds.list(id, query);
  }

  @Needs('sheet.write', 'id')
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Create a link that Excel reads' })
  @ApiBody(jsonBody(FeedInput))
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: MadeFeed })
  make(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: FeedInput }) { name, notes, language, ...filters }: FeedInput,
  ): Promise<MadeFeed> {
    return this.feeds.make(actor, id, {
      name,
      notes,
      language: language ?? actor.language ?? 'fr',
      query: queryOf(filters),
    });
  }

  @Needs('sheet.write', 'id')
  @InPerson()
  @Delete(':feed')
  @ApiOperation({ summary: 'Revoke a link that Excel reads' })
  @ApiOkResponse({ standardSchema: FeedView })
  revoke(@Param('id') id: string, @Param('feed', { schema: z.uuid() }) feed: string): Promise<FeedView> {
    return this.feeds.revoke(id, feed);
  }
}
