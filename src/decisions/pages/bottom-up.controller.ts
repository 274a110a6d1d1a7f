import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { BottomUp, type OpenCall } from '../bottom-up.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { BottomUpView } from './bottom-up-page.js';

/** Finding them takes one scan of all calls, however many are read. */
const AT_ONCE = 1_000;

/** The calls open to any subject, as a calendar. */
@ApiExcludeController()
@Controller('bottom-up')
export class BottomUpPages {
  constructor(private readonly open: BottomUp) {}

  @Needs('call.read')
  @Get()
  async show(@CurrentActor() actor: Actor, @View() v: Viewer): Promise<string> {
    const calls: OpenCall[] = [];
    // There are a few dozen a year: the calendar shows all of them.
    for (let cursor: string | undefined; ;) {
      const { items, next } = await this.open.list({ limit: AT_ONCE, cursor });
      calls.push(...items);
      if (next === null) break;
      cursor = next;
    }
    return page(
      v,
      { title: v.t('open.title'), wide: true, place: 'calls', styles: ['calls', 'inbox'] },
      BottomUpView({ v, calls, profileId: actor.profileId }),
    );
  }
}
