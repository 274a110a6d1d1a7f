import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, InPerson, Needs } from '../../platform/access/rule.js';
import { Contacts, Named } from '../contacts/contacts.js';
import { profileView, ProfileView } from './profile-views.js';
import { Profiles } from '../profiles.js';
import { jsonBody } from '../../platform/api/json-body.js';

const BODY = jsonBody(Named);

/** The state of a profile's contacts. The response is the profile. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles/:id/contacts')
export class ContactsController {
  constructor(
    private readonly contacts: Contacts,
    private readonly profiles: Profiles,
  ) {}

  /** Resends the confirmation request to a contact. */
  @Needs('profile.write', 'id')
  @Post('resend')
  @ApiOperation({ summary: 'Resend the confirmation request to a contact' })
  @HttpCode(200)
  @ApiBody(BODY)
  @ApiOkResponse({ standardSchema: ProfileView })
  async resend(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: Named }) { email }: Named,
  ): Promise<ProfileView> {
    await this.contacts.resend(id, email, actor);
    return this.view(id);
  }

  /** Drops the network's request: an officer declines it, or the network withdraws it. */
  @Needs('profile.write', 'id')
  @InPerson()
  @Delete('change')
  @ApiOperation({ summary: 'Decline a change of contacts requested by the network' })
  @ApiOkResponse({ standardSchema: ProfileView })
  async decline(@Param('id') id: string): Promise<ProfileView> {
    await this.contacts.decline(id);
    return this.view(id);
  }

  private async view(id: string): Promise<ProfileView> {
    return profileView(await this.profiles.get(id));
  }
}
