import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { FIRST_DECISIONS } from '../domain/first-decisions.js';
import { Inbox } from '../inbox.js';
import { FirstDecisions } from '../first-decisions.js';
import { FirstDecisionsPage } from './first-decisions-page.js';

const QUERY = { from: z.coerce.number().int().min(0).max(FIRST_DECISIONS).catch(0) };

/** Three minutes at the start: a new institute decides on the calls that tell most of it. */
@ApiExcludeController()
@Controller('institutes/:profile/first-decisions')
export class FirstDecisionsPages {
  constructor(
    private readonly first: FirstDecisions,
    private readonly inbox: Inbox,
  ) {}

  @Needs('decision.write', 'profile')
  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(QUERY) { from }: { from: number },
  ): Promise<string> {
    const { matched } = await this.inbox.head(profileId, true);
    const items = await this.first.list(actor, profileId, v.language);
    return page(
      v,
      {
        title: v.t('first-decisions.title'),
        place: 'inbox',
        styles: ['inbox'],
        scripts: ['first-decisions'],
      },
      FirstDecisionsPage({ v, profileId, items, matched, from }),
    );
  }
}
