import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { ListQuery, pageById } from '../answers.js';
import { InstituteView, InstituteOverview } from './institute-overview.js';
import { InstituteInvitation, NewInstitute } from '../new-institute.js';
import { PersonView } from './person-view.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

/** The network's institutes, and invitations for new ones. */
@ApiTags('institutes')
@ApiBearerAuth()
@Controller('v1')
export class InstitutesController {
  constructor(
    private readonly institutes: InstituteOverview,
    private readonly newInstitute: NewInstitute,
  ) {}

  @Needs('institute.read')
  @Get('institutes')
  @ApiOperation({ summary: 'The institutes of the network' })
  @ApiOkResponse({ standardSchema: pageOf(InstituteView) })
  async list(@Query({ schema: ListQuery }) query: ListQuery): Promise<Page<InstituteView>> {
    return pageById(await this.institutes.overview(), query);
  }

  /** Adds an institute with a draft profile and invites its first officer by e-mail. */
  @Needs('institute.write')
  @JustSignedIn()
  @Post('profiles')
  @ApiOperation({ summary: 'Create an institute and invite its first officer' })
  @HttpCode(200)
  @ApiBody(jsonBody(InstituteInvitation))
  @ApiOkResponse({ standardSchema: PersonView })
  invite(
    @CurrentActor() actor: Actor,
    @Body({ schema: InstituteInvitation }) body: InstituteInvitation,
  ): Promise<PersonView> {
    return this.newInstitute.invite(body, actor);
  }
}
