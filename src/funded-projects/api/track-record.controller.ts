import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { ProjectsOfCall } from '../projects-of-call.js';
import { callProjects, CallProjects } from './won-views.js';
import { PAGING } from '../../platform/api/paging.js';
import { TrackRecordView } from './track-record-views.js';
import { TrackRecords } from '../track-records.js';

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

const ListQuery = z.object(PAGING);

@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles/:id/track-record')
export class TrackRecordController {
  constructor(private readonly records: TrackRecords) {}

  /**
   * Returns the projects that the profile's `trackRecord` claims, latest first, their money, and how many
   * projects with the same numbers it does not claim.
   */
  @Needs('profile.read', 'id')
  @Get()
  @ApiOperation({ summary: 'The track record of an institute' })
  @ApiOkResponse({ standardSchema: TrackRecordView })
  list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
  ): Promise<TrackRecordView> {
    return this.records.forProfile(id, limit, cursor);
  }
}
