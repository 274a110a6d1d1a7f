import { Conflict } from '../../../kernel/errors.js';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.js';
import { Contacts, Named } from '../../contacts/contacts.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../../platform/access/rule.js';
import { type Answer, redirectTo } from '../../../ui/answer.js';

/** When the request that its reader saw was made. */
const Seen = z.strictObject({ asked: z.iso.datetime() });

const profileOf = (id: string): string => `/institutes/${id}/profile`;

/** Actions on a profile's contacts, other than editing them. */
@ApiExcludeController()
@Controller('institutes/:profile/contacts')
export class ContactsPages {
  constructor(private readonly contacts: Contacts) {}

  @Needs('profile.write', 'profile')
  @Post('resend')
  async resend(
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Body({ schema: Named }) { email }: Named,
  ): Promise<Answer> {
    await this.contacts.resend(id, email, actor);
    return redirectTo(profileOf(id), 'flash.asked-again');
  }

  @Needs('contact.admit', 'profile')
  @JustSignedIn()
  @Post('admit')
  async admit(
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Body({ schema: Named }) { email }: Named,
  ): Promise<Answer> {
    await this.contacts.admit(id, email, actor);
    return redirectTo(profileOf(id), 'flash.saved');
  }

  @Needs('contact.admit', 'profile')
  @JustSignedIn()
  @Post('accept')
  async accept(
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Body({ schema: Seen }) { asked }: z.infer<typeof Seen>,
  ): Promise<Answer> {
    const { outcome } = await this.contacts.accept(id, new Date(asked), actor);
    if (outcome === 'stale') throw new Conflict('profile-saved-since');
    return redirectTo(profileOf(id), 'flash.saved');
  }

  @Needs('profile.write', 'profile')
  @InPerson()
  @Post('decline')
  async decline(@Param('profile') id: string): Promise<Answer> {
    await this.contacts.decline(id);
    return redirectTo(profileOf(id), 'flash.saved');
  }
}
