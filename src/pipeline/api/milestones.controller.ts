import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { MilestoneTemplate } from '../domain/milestones.js';
import { Planning } from '../planning.js';
import { DeadlineInput, MilestonesInput, OpportunityView } from './opportunity-views.js';
import { jsonBody } from '../../platform/api/json-body.js';

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
