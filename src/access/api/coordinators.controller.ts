import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { Departed, departed, Ended, ListQuery, pageById } from '../answers.js';
import { Passkeys } from '../passkeys/passkeys.js';
import { PersonView } from './person-view.js';
import { NewNetworkPerson, Team } from '../team.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

type NewNetworkPerson = z.infer<typeof NewNetworkPerson>;

@ApiTags('people')
@ApiBearerAuth()
@Controller('v1/coordinators')
export class CoordinatorsController {
  constructor(
    private readonly team: Team,
    private readonly passkeys: Passkeys,
  ) {}

  @Needs('coordinator.read')
  @Get()
  @ApiOperation({ summary: 'The coordinators of the network' })
  @ApiOkResponse({ standardSchema: pageOf(PersonView) })
  async list(@Query({ schema: ListQuery }) query: ListQuery): Promise<Page<PersonView>> {
    return pageById(await this.team.list(null), query);
  }

  /** Invites a coordinator by e-mail; on a new installation, the admin token invites the first one. */
  @Needs('coordinator.write')
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Invite a coordinator' })
  @HttpCode(200)
  @ApiBody(jsonBody(NewNetworkPerson))
  @ApiOkResponse({ standardSchema: PersonView })
  invite(
    @CurrentActor() actor: Actor,
    @Body({ schema: NewNetworkPerson }) body: NewNetworkPerson,
  ): Promise<PersonView> {
    return this.team.invite(null, body, actor);
  }

  /**
   * Removes a coordinator. Their sessions, keys, links, feeds, calendars and subscriptions end at once, as do
   * the service keys they created.
   */
  @Needs('coordinator.write')
  @JustSignedIn()
  @Delete(':person')
  @ApiOperation({ summary: 'Remove a coordinator' })
  @ApiOkResponse({ standardSchema: Departed })
  async remove(
    @CurrentActor() actor: Actor,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Departed> {
    return departed(person, await this.team.remove(null, person, actor));
  }

  /** For people who lost their passkeys. They are signed out, get an e-mail and can create a new one. */
  @Needs('coordinator.write')
  @JustSignedIn()
  @Delete(':person/passkeys')
  @ApiOperation({ summary: 'Remove the passkeys of a coordinator' })
  @ApiOkResponse({ standardSchema: Ended })
  async removePasskeys(
    @CurrentActor() actor: Actor,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Ended> {
    await this.passkeys.removeOf(null, person, actor);
    return { id: person };
  }
}
