import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { jsonBody } from '../../platform/api/json-body.js';
import { Tasks } from '../tasks.js';
import { OpportunityView, TaskChange, TaskInput } from './opportunity-views.js';

const Id = z.uuid();

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
