import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Actor, may } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { RecallSamples } from '../recall-samples.js';
import { RecallSamplePage } from './recall-sample-page.js';

/** Calls that were not sent to the institute, which is asked whether they should have been. */
@ApiExcludeController()
@Controller('institutes/:profile/untold')
export class RecallSamplePages {
  constructor(private readonly samples: RecallSamples) {}

  @Needs('decision.read', 'profile')
  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
  ): Promise<string> {
    const [{ items }, recall] = await Promise.all([
      this.samples.list(actor, profileId, v.language),
      this.samples.recall(profileId),
    ]);
    return page(
      v,
      { title: v.t('recall-sample.title'), wide: true, place: 'inbox', styles: ['inbox'] },
      RecallSamplePage({ v, profileId, items, recall, decides: may(actor, 'decision.write') }),
    );
  }
}
