import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { CallEvents } from '../call-events.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { ChangesPage } from './changes-page.js';
import { ADDRESS, askedBy, type ChangesAddress } from './changes-query.js';

const PAGE_SIZE = 30;

/** Call events, newest first. */
@ApiExcludeController()
@Needs('call.read')
@Controller('changes')
export class ChangesPages {
  constructor(private readonly events: CallEvents) {}

  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @PageQuery(ADDRESS) address: ChangesAddress,
  ): Promise<string> {
    const found = await this.events.page(askedBy(actor, address), {
      limit: PAGE_SIZE,
      cursor: address.cursor,
    });
    return page(
      v,
      { title: v.t('calls.changes'), place: 'calls', styles: ['calls'], wide: true },
      ChangesPage({ v, address, found }),
    );
  }
}
