import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SOURCE_STATES, type SourceEntity } from '../../persistence/entities/source.entity.js';
import type { HarvestRunEntity } from '../../persistence/entities/harvest-run.entity.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { SourceRepository } from '../../persistence/repositories/source.repository.js';
import { ahead, page, PAGING, pageOf, placeOf, type Page } from '../../platform/api/paging.js';
import { Queues } from '../../platform/queue/queues.js';
import { HarvestDue } from './harvest-due.js';
import type { Source } from './source-registry.js';
import { Sources } from './sources.js';

const RunView = z
  .object({
    id: z.uuid(),
    state: z.enum(['reading', 'judging', 'believed', 'not-believed', 'failed']),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    counts: z.object({ calls: z.number(), new: z.number(), changed: z.number(), missing: z.number() }).nullable(),
  })
  .meta({ id: 'HarvestRun' });
type RunView = z.infer<typeof RunView>;

const SourceView = z
  .object({
    id: z.string(), name: z.string(), homepage: z.string(),
    state: z.enum(SOURCE_STATES).describe('how its last run went; `new` before the first'),
    reason: z.string().nullable(),
    lastGoodRunAt: z.iso.datetime().nullable().describe('as of when its calls are known'),
    lastRunAt: z.iso.datetime().nullable(),
    nextRunAt: z.iso.datetime().nullable(),
    calls: z.number().int(),
    missing: z.number().int().describe('calls that the last good run did not show any more'),
    run: RunView.nullable().describe('the newest run'),
  })
  .meta({ id: 'Source' });
type SourceView = z.infer<typeof SourceView>;

const runView = (run: HarvestRunEntity): RunView => ({
  id: run.id, state: run.state, startedAt: run.startedAt.toISOString(), endedAt: run.endedAt?.toISOString() ?? null, reason: run.reason, counts: run.counts,
});

/** The sources that are read, how they do, and how old what is known of them is. */
@ApiTags('sources')
@ApiBearerAuth()
@Controller('v1/sources')
export class SourcesController {
  constructor(
    private readonly sources: Sources,
    private readonly states: SourceRepository,
    private readonly runs: RunRepository,
    private readonly harvest: HarvestDue,
    private readonly queues: Queues,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(SourceView) })
  async list(@Query({ schema: z.object(PAGING) }) query: { limit: number; cursor?: string }): Promise<Page<SourceView>> {
    const after = placeOf(query.cursor, z.string()) ?? '';
    const [states, counts] = [new Map((await this.states.all()).map((s) => [s.id, s])), await this.states.counts()];
    const ids = this.sources.all.map((s) => s.id).filter((id) => id > after).slice(0, ahead(query.limit));
    const views = await Promise.all(ids.map((id) => this.view(this.sources.get(id), states.get(id), counts.get(id))));
    return page(views, query.limit, this.sources.all.length, (v) => v, (v) => v.id);
  }

  /** Reads the source now. Where a run is under way already, that one is answered. */
  @Post(':id/runs')
  @HttpCode(202)
  @ApiResponse({ status: 202, standardSchema: RunView })
  async begin(@Param('id') id: string): Promise<RunView> {
    const { run, jobs } = await this.harvest.begin(this.sources.get(id).id);
    await this.queues.hurry(jobs);
    return runView(run);
  }

  private async view(source: Source, state: SourceEntity | undefined, counts = { calls: 0, missing: 0 }): Promise<SourceView> {
    const run = await this.runs.latest(source.id);
    return {
      id: source.id, name: source.name, homepage: source.homepage, state: state?.state ?? 'new', reason: state?.reason ?? null,
      lastGoodRunAt: state?.lastGoodRunAt?.toISOString() ?? null, lastRunAt: state?.lastRunAt?.toISOString() ?? null,
      nextRunAt: state?.dueAt?.toISOString() ?? null, ...counts, run: run && runView(run),
    };
  }
}
