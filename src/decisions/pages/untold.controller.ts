import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, InsideInstitute } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Untold } from '../untold.js';
import { UntoldPage } from './untold-page.js';

/** Calls that the institute was not told of, to be asked whether it should have been. */
@ApiExcludeController()
@Controller('institutes/:profile/untold')
export class UntoldPages {
  constructor(private readonly untold: Untold) {}

  @InsideInstitute('profile', 'read')
  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
  ): Promise<string> {
    const [{ items }, recall] = await Promise.all([
      this.untold.list(actor, profileId, v.language),
      this.untold.recall(profileId),
    ]);
    return page(
      v,
      { title: v.t('untold.title'), place: 'inbox', styles: ['inbox'] },
      UntoldPage({ v, profileId, items, recall, decides: actor.writes }),
    );
  }
}
