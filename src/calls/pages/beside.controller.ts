import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CallDossier } from '../api/call-dossier.js';
import { Inbox } from '../../decisions/inbox.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page, part } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Beside } from './beside.js';

const Id = z.uuid();

/** The preview panel of a call in the list of all calls; without scripts, users follow the row's link. */
@ApiExcludeController()
@Needs('call.read')
@Controller('calls/:call/beside')
export class BesidePages {
  constructor(
    private readonly dossier: CallDossier,
    private readonly inbox: Inbox,
  ) {}

  @Get()
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('call', { schema: Id }) id: string,
  ): Promise<string> {
    const { profileId } = actor;
    const [call, item] = await Promise.all([
      this.dossier.brief(id, v.language),
      profileId === null ? null : this.inbox.findItem(actor, profileId, id, v.language),
    ]);
    const beside = Beside({ v, call, item });
    return v.part ? part(beside) : page(v, { title: call.title }, beside);
  }
}
