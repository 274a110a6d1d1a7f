import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { MATCH_FILTERS } from '../export-query.js';
import { Feeds, FeedView, MadeFeed } from '../feeds.js';
import { INBOX_STATES } from '../../decisions/domain/inbox-filters.js';
import { FEED_CONTENTS } from '../store/feed.repository.js';
import { AddressName } from '../../access/secret-address.js';
import { given } from '../../kernel/collections.js';
import { issueAt } from '../../kernel/issues.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

const FeedInput = z
  .strictObject({
    name: AddressName,
    content: z
      .enum(FEED_CONTENTS)
      .default('matches')
      .describe("the institute's matches, what a saved search finds, or changes of calls that fit it"),
    search: z.uuid().optional().describe('one of your saved searches, if the content is a search'),
    notes: z.boolean().optional().describe("of matches: whether tables include the institute's notes"),
    language: Language.optional(),
    ...MATCH_FILTERS,
    state: z.enum(INBOX_STATES).optional(),
    changed: z
      .boolean()
      .optional()
      .describe('only calls that have changed since they were opened or decided on'),
  })
  .superRefine(({ name: _, language: _in, content, search, ...ofMatches }, rule) => {
    if ((search !== undefined) !== (content === 'search')) rule.addIssue(issueAt(['search'], 'feed-search'));
    if (content === 'matches') return;
    for (const field of Object.keys(given(ofMatches))) rule.addIssue(issueAt([field], 'feed-of-matches'));
  })
  .meta({ id: 'FeedInput' });
type FeedInput = z.infer<typeof FeedInput>;

const ListQuery = z.object(PAGING);

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
  @ApiOperation({ summary: 'Links that Excel and feed readers read' })
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
  @ApiOperation({ summary: 'Create a link that Excel and feed readers read' })
  @ApiBody(jsonBody(FeedInput))
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: MadeFeed })
  make(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: FeedInput })
    { name, content, search, notes = false, language, state = 'all', ...filters }: FeedInput,
  ): Promise<MadeFeed> {
    return this.feeds.make(actor, id, {
      name,
      content,
      searchId: search ?? null,
      notes,
      language,
      query: queryOf({ state, ...filters }),
    });
  }

  @Needs('sheet.write', 'id')
  @InPerson()
  @Delete(':feed')
  @ApiOperation({ summary: 'Revoke a link that Excel and feed readers read' })
  @ApiOkResponse({ standardSchema: FeedView })
  revoke(@Param('id') id: string, @Param('feed', { schema: z.uuid() }) feed: string): Promise<FeedView> {
    return this.feeds.revoke(id, feed);
  }
}
