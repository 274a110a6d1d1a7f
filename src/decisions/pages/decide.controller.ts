import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, may } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Inbox } from '../inbox.js';
import { DecidePage } from './decide-page.js';

const QUERY = { verdict: z.enum(['relevant', 'not']).default('relevant') };

/** The target of the buttons in an e-mail: a page with a button, which decides. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call/decide')
export class DecidePages {
  constructor(private readonly inbox: Inbox) {}

  @Needs('decision.read', 'profile')
  @Get()
  async ask(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('call', { schema: z.uuid() }) call: string,
    @PageQuery(QUERY) { verdict }: { verdict: 'relevant' | 'not' },
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | void> {
    const item = await this.inbox.findItem(actor, profileId, call, v.language);
    // Read-only users are shown the call; so are others if it no longer fits.
    if (!item || !may(actor, 'decision.write'))
      return response.redirect(303, `/institutes/${profileId}/calls/${call}`);
    return page(
      v,
      { title: v.t(`decide.title.${verdict}`), place: 'inbox', styles: ['inbox'] },
      DecidePage({ v, item, profileId, verdict }),
    );
  }
}
