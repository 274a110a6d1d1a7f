import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { Departed, departed, Ended, ListQuery, pageById } from '../answers.js';
import { Passkeys } from '../passkeys/passkeys.js';
import { PersonView } from './person-view.js';
import { NewColleague, RoleChange, Team } from '../team.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

type RoleChange = z.infer<typeof RoleChange>;
type NewColleague = z.infer<typeof NewColleague>;

@ApiTags('people')
@ApiBearerAuth()
@Controller('v1/profiles/:id/people')
export class PeopleController {
  constructor(
    private readonly team: Team,
    private readonly passkeys: Passkeys,
  ) {}

  @Needs('team.read', 'id')
  @Get()
  @ApiOperation({ summary: 'The people of an institute' })
  @ApiOkResponse({ standardSchema: pageOf(PersonView) })
  async list(
    @Param('id') profileId: string,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<PersonView>> {
    return pageById(await this.team.list(profileId), query);
  }

  /** Invites a colleague by e-mail. Existing people get another e-mail and stay unchanged. */
  @Needs('team.write', 'id')
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Invite someone to an institute' })
  @HttpCode(200)
  @ApiBody(jsonBody(NewColleague))
  @ApiOkResponse({ standardSchema: PersonView })
  invite(
    @CurrentActor() actor: Actor,
    @Param('id') profileId: string,
    @Body({ schema: NewColleague }) body: NewColleague,
  ): Promise<PersonView> {
    return this.team.invite(profileId, body, actor);
  }

  @Needs('team.write', 'id')
  @JustSignedIn()
  @Patch(':person')
  @ApiOperation({ summary: "Change someone's role" })
  @ApiBody(jsonBody(RoleChange))
  @ApiOkResponse({ standardSchema: PersonView })
  assign(
    @CurrentActor() actor: Actor,
    @Param('id') profileId: string,
    @Param('person', { schema: z.uuid() }) person: string,
    @Body({ schema: RoleChange }) { role }: RoleChange,
  ): Promise<PersonView> {
    return this.team.assign(profileId, person, role, actor);
  }

  /**
   * Removes a person. Their sessions, keys, links, feeds, calendars and subscriptions end at once, as do the
   * service keys they created. An officer removed by the network has a week to keep their place; until then
   * nothing ends. The network cannot remove the last one (409).
   */
  @Needs('team.write', 'id')
  @JustSignedIn()
  @Delete(':person')
  @ApiOperation({ summary: 'Remove someone from an institute' })
  @ApiOkResponse({ standardSchema: Departed })
  async remove(
    @CurrentActor() actor: Actor,
    @Param('id') profileId: string,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Departed> {
    return departed(person, await this.team.remove(profileId, person, actor));
  }

  /** For people who lost their passkeys. They are signed out, get an e-mail and can create a new one. */
  @Needs('team.write', 'id')
  @JustSignedIn()
  @Delete(':person/passkeys')
  @ApiOperation({ summary: 'Remove the passkeys of someone at an institute' })
  @ApiOkResponse({ standardSchema: Ended })
  async removePasskeys(
    @CurrentActor() actor: Actor,
    @Param('id') profileId: string,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Ended> {
    await this.passkeys.removeOf(profileId, person, actor);
    return { id: person };
  }
}
