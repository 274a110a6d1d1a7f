import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { MilestoneTemplate } from '../domain/milestones.js';
import { Planning } from '../planning.js';
import {
  DeadlineInput,
  MilestonesInput,
  OpportunityView,
  TaskChange,
  TaskInput,
} from './opportunity-views.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { Tasks } from '../tasks.js';

const Id = z.uuid();
const TemplateView = z
  .object({ milestones: MilestoneTemplate.describe('each with its number of days before the closing date') })
  .meta({ id: 'MilestoneTemplate' });
type TemplateView = z.infer<typeof TemplateView>;

/** An institute's own milestones before a closing date. */
@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('v1/profiles/:id')
export class MilestonesController {
  constructor(private readonly planning: Planning) {}

  @Needs('pipeline.read', 'id')
  @Get('milestone-template')
  @ApiOperation({ summary: "An institute's milestone template, counted back from the closing date" })
  @ApiOkResponse({ standardSchema: TemplateView })
  async template(@Param('id') id: string): Promise<TemplateView> {
    return { milestones: await this.planning.template(id) };
  }

  /** Applies to opportunities planned from now on. */
  @Needs('pipeline.write', 'id')
  @Put('milestone-template')
  @ApiOperation({ summary: "Change an institute's milestone template" })
  @ApiBody(jsonBody(TemplateView))
  @ApiOkResponse({ standardSchema: TemplateView })
  async changeTemplate(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: TemplateView }) { milestones }: TemplateView,
  ): Promise<TemplateView> {
    return { milestones: await this.planning.changeTemplate(actor, id, milestones) };
  }

  /** Replaces all milestones: one that is left out is removed. */
  @Needs('pipeline.write', 'id')
  @Put('opportunities/:opportunity/milestones')
  @ApiOperation({ summary: 'Change the milestones of an opportunity' })
  @ApiBody(jsonBody(MilestonesInput))
  @ApiOkResponse({ standardSchema: OpportunityView })
  put(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Body({ schema: MilestonesInput }) input: MilestonesInput,
  ): Promise<OpportunityView> {
    return this.planning.put(actor, id, opportunity, input);
  }

  /** Accepts the new deadline of the call: milestones that are not done move with it. */
  @Needs('pipeline.write', 'id')
  @Put('opportunities/:opportunity/deadline')
  @ApiOperation({ summary: 'Move the milestones with the deadline of the call' })
  @ApiBody(jsonBody(DeadlineInput))
  @ApiOkResponse({ standardSchema: OpportunityView })
  deadline(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Body({ schema: DeadlineInput }) { deadline }: z.infer<typeof DeadlineInput>,
  ): Promise<OpportunityView> {
    return this.planning.acceptDeadline(actor, id, opportunity, deadline);
  }
}

/** The tasks of an opportunity, listed with it. */
@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('v1/profiles/:id/opportunities/:opportunity/tasks')
export class TasksController {
  constructor(private readonly tasks: Tasks) {}

  /** A task with a due day appears in the reminders and the calendar of the person responsible. */
  @Needs('pipeline.write', 'id')
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Add a task to an opportunity' })
  @ApiBody(jsonBody(TaskInput))
  @ApiOkResponse({ standardSchema: OpportunityView })
  add(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Body({ schema: TaskInput }) input: z.infer<typeof TaskInput>,
  ): Promise<OpportunityView> {
    return this.tasks.add(actor, id, opportunity, input);
  }

  /** Fields left out are unchanged. */
  @Needs('pipeline.write', 'id')
  @Patch(':task')
  @ApiOperation({ summary: 'Change a task, or mark it as done' })
  @ApiBody(jsonBody(TaskChange))
  @ApiOkResponse({ standardSchema: OpportunityView })
  put(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Param('task', { schema: Id }) task: string,
    @Body({ schema: TaskChange }) change: z.infer<typeof TaskChange>,
  ): Promise<OpportunityView> {
    return this.tasks.put(actor, id, opportunity, task, change);
  }

  @Needs('pipeline.write', 'id')
  @Delete(':task')
  @ApiOperation({ summary: 'Remove a task' })
  @ApiOkResponse({ standardSchema: OpportunityView })
  remove(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Param('task', { schema: Id }) task: string,
  ): Promise<OpportunityView> {
    return this.tasks.remove(actor, id, opportunity, task);
  }
}
