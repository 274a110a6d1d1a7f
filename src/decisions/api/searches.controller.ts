import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Conflict } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { MOST_SEARCHES, SavedSearches, SearchInput, SearchView } from '../saved-searches.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

const ListQuery = z.object({ ...PAGING, page: z.enum(['inbox', 'calls']).optional() });
const Removed = z.object({ id: z.uuid() });
const Id = z.uuid();

/** A person's saved searches. A service's key has none (403). */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1/profiles/:id/searches')
export class SearchesController {
  constructor(private readonly searches: SavedSearches) {}

  @Needs('decision.read', 'id')
  @Get()
  @ApiOperation({ summary: 'Saved searches' })
  @ApiOkResponse({ standardSchema: pageOf(SearchView) })
  list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<SearchView>> {
    return this.searches.list(actor, id, query);
  }

  /** Saves a search, replacing one of the same name on the same page. */
  @Needs('decision.write', 'id')
  @Post()
  @ApiOperation({ summary: 'Save a search' })
  @HttpCode(200)
  @ApiBody(jsonBody(SearchInput))
  @ApiOkResponse({ standardSchema: SearchView })
  async keep(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: SearchInput }) input: SearchInput,
  ): Promise<SearchView> {
    const kept = await this.searches.keep(actor, id, input);
    if (!kept) throw new Conflict('most-saved-searches', { most: MOST_SEARCHES });
    return kept;
  }

  @Needs('decision.write', 'id')
  @Delete(':search')
  @ApiOperation({ summary: 'Remove a saved search' })
  @ApiOkResponse({ standardSchema: Removed })
  remove(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('search', { schema: Id }) search: string,
  ): Promise<z.infer<typeof Removed>> {
    return this.searches.remove(actor, id, search);
  }

  /** From now on the search neither shows nor announces the call. */
  @Needs('decision.write', 'id')
  @Put(':search/dropped/:call')
  @ApiOperation({ summary: 'Leave a call out of a saved search' })
  @ApiOkResponse({ standardSchema: SearchView })
  drop(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('search', { schema: Id }) search: string,
    @Param('call', { schema: Id }) call: string,
  ): Promise<SearchView> {
    return this.searches.drop(actor, id, search, call);
  }

  @Needs('decision.write', 'id')
  @Delete(':search/dropped/:call')
  @ApiOperation({ summary: 'Take a call back into a saved search' })
  @ApiOkResponse({ standardSchema: SearchView })
  takeBack(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('search', { schema: Id }) search: string,
    @Param('call', { schema: Id }) call: string,
  ): Promise<SearchView> {
    return this.searches.takeBack(actor, id, search, call);
  }
}
