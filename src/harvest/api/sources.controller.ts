import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/ports.js';
import { Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import {
  ListViews,
  reconciliationView,
  ReconciliationView,
  RunView,
  SourceView,
  SourceViews,
} from './source-views.js';
import { SourceReadings } from '../source-readings.js';
import { Sources } from '../source-registry.js';

/** The sources, their state, and the age of their data. */
@ApiTags('sources')
@ApiBearerAuth()
@Needs('source.read')
@Controller('v1/sources')
export class SourcesController {
  constructor(
    private readonly sources: Sources,
    private readonly views: SourceViews,
    private readonly readings: SourceReadings,
    private readonly lists: ListViews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The sources and their state' })
  @ApiOkResponse({ standardSchema: pageOf(SourceView) })
  async list(
    @Query({ schema: z.object(PAGING) }) query: { limit: number; cursor?: string },
  ): Promise<Page<SourceView>> {
    const after = placeOf(query.cursor, InCursor.text) ?? '';
    const ids = this.sources.all
      .map((s) => s.id)
      .filter((id) => id > after)
      .slice(0, ahead(query.limit));
    return page(
      await this.views.forSources(ids),
      query.limit,
      this.sources.all.length,
      (v) => v,
      (v) => v.id,
    );
  }

  /** Returns the current disagreements between the source's own list and its pages. */
  @Get(':id/reconciliation')
  @ApiOperation({ summary: "A source's own list compared with what was read" })
  @ApiOkResponse({ standardSchema: ReconciliationView })
  async reconciliation(@Param('id') id: string): Promise<ReconciliationView> {
    const seen = await this.lists.forSource(id, this.clock.now());
    if (!seen) throw new NotFound('no-topic-list', { id });
    return reconciliationView(seen.items);
  }

  /** Reads the source now. If a run is already under way, returns that one. */
  @Needs('source.write')
  @Post(':id/runs')
  @ApiOperation({ summary: 'Read a source now' })
  @HttpCode(202)
  @ApiResponse({ status: 202, standardSchema: RunView })
  begin(@Param('id') id: string): Promise<RunView> {
    return this.readings.readNow(id);
  }
}
