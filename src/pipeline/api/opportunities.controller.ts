import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { historyPage, type Page, pageOf, PAGING } from '../../platform/api/paging.js';
import { LEADS, ROLES } from '../domain/opportunity.js';
import { Stage, STAGES } from '../domain/stage.js';
import { Pipeline, type PipelinePage } from '../pipeline.js';
import { BeginInput, FactsInput, OpportunityView, StageInput, StepView } from './opportunity-views.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

const Id = z.uuid();

const ListQuery = z.object({
  ...PAGING,
  stage: Stage.optional(),
  q: z.string().trim().min(1).max(200).optional().describe('in title, identifier, lead, proposal number'),
  lead: z.enum(LEADS).optional(),
  role: z.enum(ROLES).optional(),
  person: z.uuid().optional().describe('who is responsible for a milestone or a task in it'),
});
const HistoryQuery = z.object(PAGING);
const Counts = z
  .object(Object.fromEntries(STAGES.map((s) => [s, z.number().int()])) as Record<Stage, z.ZodInt>)
  .describe('how many there are in each stage, with the other filters applied');

/** An institute's pipeline, visible to that institute only. */
@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('v1/profiles/:id/opportunities')
export class OpportunitiesController {
  constructor(private readonly pipeline: Pipeline) {}

  /** By closing date, the next ones first. */
  @Needs('pipeline.read', 'id')
  @Get()
  @ApiOperation({ summary: "An institute's opportunities" })
  @ApiOkResponse({ standardSchema: pageOf(OpportunityView).extend({ counts: Counts }) })
  list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) { stage, person, ...query }: z.infer<typeof ListQuery>,
  ): Promise<PipelinePage> {
    return this.pipeline.list(id, { ...query, stages: stage && [stage], personId: person });
  }

  /** Adds a call to the pipeline, to be studied. An existing opportunity is left unchanged. */
  @Needs('pipeline.write', 'id')
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Add a call to the pipeline' })
  @ApiBody(jsonBody(BeginInput))
  @ApiOkResponse({ standardSchema: OpportunityView })
  begin(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: BeginInput }) input: z.infer<typeof BeginInput>,
  ): Promise<OpportunityView> {
    return this.pipeline.begin(actor, id, input);
  }

  @Needs('pipeline.read', 'id')
  @Get(':opportunity')
  @ApiOperation({ summary: 'One opportunity' })
  @ApiOkResponse({ standardSchema: OpportunityView })
  findOne(
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
  ): Promise<OpportunityView> {
    return this.pipeline.get(id, opportunity);
  }

  /** Fields left out are unchanged. */
  @Needs('pipeline.write', 'id')
  @Patch(':opportunity')
  @ApiOperation({ summary: 'Change the details of a bid' })
  @ApiBody(jsonBody(FactsInput))
  @ApiOkResponse({ standardSchema: OpportunityView })
  describe(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Body({ schema: FactsInput }) facts: z.infer<typeof FactsInput>,
  ): Promise<OpportunityView> {
    return this.pipeline.describe(actor, id, opportunity, facts);
  }

  /** Moves it to one of the stages in `next`, with a reason. */
  @Needs('pipeline.write', 'id')
  @Put(':opportunity/stage')
  @ApiOperation({ summary: 'Move an opportunity to another stage' })
  @ApiBody(jsonBody(StageInput))
  @ApiOkResponse({ standardSchema: OpportunityView })
  move(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Body({ schema: StageInput }) input: StageInput,
  ): Promise<OpportunityView> {
    return this.pipeline.move(actor, id, opportunity, input);
  }

  /**
   * Undoes the last change not yet undone, of any kind; a second call undoes the one before. The history
   * keeps both.
   */
  @Needs('pipeline.write', 'id')
  @Post(':opportunity/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Undo the last change of an opportunity' })
  @ApiOkResponse({ standardSchema: OpportunityView })
  undo(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
  ): Promise<OpportunityView> {
    return this.pipeline.undo(actor, id, opportunity);
  }

  /** Who changed what, when and why; newest first. */
  @Needs('pipeline.read', 'id')
  @Get(':opportunity/history')
  @ApiOperation({ summary: 'The history of an opportunity' })
  @ApiOkResponse({ standardSchema: pageOf(StepView) })
  async history(
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Query({ schema: HistoryQuery }) { limit, cursor }: z.infer<typeof HistoryQuery>,
  ): Promise<Page<StepView>> {
    return historyPage(await this.pipeline.history(id, opportunity), limit, cursor);
  }
}
