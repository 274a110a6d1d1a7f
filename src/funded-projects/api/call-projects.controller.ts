import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { ProjectsOfCall } from '../projects-of-call.js';
import { CallProjects, callProjects } from './won-views.js';

/** Who won before under the topics that a call continues. */
@ApiTags('calls')
@ApiBearerAuth()
@Needs('call.read')
@Controller('v1/calls')
export class CallProjectsController {
  constructor(private readonly projects: ProjectsOfCall) {}

  /** For a caller of an institute, what organisations did with that institute is preferred. */
  @Get(':id/projects')
  @ApiOperation({ summary: 'Who won before: projects of earlier editions and near topics, and whom to call' })
  @ApiOkResponse({ standardSchema: CallProjects })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<CallProjects> {
    return callProjects(await this.projects.forCall(id, actor.profileId === null ? [] : [actor.profileId]));
  }
}
