import { BadRequest } from '../../../kernel/errors.js';
import { AcrossInstitutes, CurrentActor, Oneself } from '../../../platform/access/rule.js';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.js';
import { ownPath } from '../../../access/domain/landing.js';
import { Groups } from '../../../network/groups.js';
import { FOLLOW_KINDS, type FollowKind } from '../../domain/content/message.js';
import { MyPreferences } from '../../my-preferences.js';
import type { PreferencesView } from '../../api/preferences-views.js';
import { NOTHING_TYPED, readForm, type Typed } from '../../../ui/form.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import type { FollowShown } from './follow-button.js';
import { PreferencesScreen, Step } from './preferences-screen.js';
import { namedIn } from '../../../kernel/language.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

const PATH = '/account/notification-preferences';
const FollowSent = z.object({ following: z.enum(['yes', 'no']), back: z.string().max(2_000).optional() });

/** The same page for people who are signed in, and the "Follow" buttons of all pages. */
@ApiExcludeController()
@Oneself()
@AcrossInstitutes('people choose what reaches their own address')
@Controller('account')
export class MyPreferencesPages {
  constructor(
    private readonly mine: MyPreferences,
    private readonly screen: PreferencesScreen,
    private readonly groups: Groups,
  ) {}

  @Get('notification-preferences')
  show(@View() v: Viewer, @CurrentActor() actor: Actor): Promise<string> {
    return this.shown(v, actor, NOTHING_TYPED);
  }

  @Post('notification-preferences')
  async save(@View() v: Viewer, @CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    const wrong = await this.screen.saved(v, await this.mine.recipient(actor), body, (input) =>
      this.mine.choose(actor, input),
    );
    if (wrong === null) return redirectTo(PATH, 'flash.saved');
    return pageWith(422, await this.shown(v, actor, wrong));
  }

  @Post('notification-preferences/:step')
  async step(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('step', { schema: Step }) step: Step,
    @Body() body: unknown,
  ): Promise<Answer> {
    return redirectTo(PATH, await this.screen.step(v, await this.mine.recipient(actor), step, body));
  }

  @Post('follows/:kind/:target')
  async follow(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('kind', { schema: z.enum(FOLLOW_KINDS) }) kind: FollowKind,
    @Param('target') target: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(FollowSent, body, v.language);
    if (!sent.ok) throw new BadRequest('form-incomplete');
    const { following, back } = sent.value;
    await (following === 'yes'
      ? this.mine.follow(actor, { kind, target })
      : this.mine.leave(actor, { kind, target }));
    return redirectTo(ownPath(back) ?? PATH, following === 'yes' ? 'flash.followed' : 'flash.left');
  }

  private async shown(v: Viewer, actor: Actor, sent: Typed): Promise<string> {
    return this.screen.shown(v, await this.mine.recipient(actor), PATH, sent, {
      offers: (overview) => this.offers(v, overview),
      pipeline: await this.mine.pipelineMails(actor),
    });
  }

  /** Offers what has no button elsewhere or is looked for here: one's institute, or the network's groups. */
  private offers({ actor, language }: Viewer, { follows }: PreferencesView): FollowShown[] {
    const { profileId, profileName } = actor!;
    const all =
      profileId === null
        ? this.groups.all.map((g) => ({
            kind: 'group' as const,
            target: g.id,
            name: namedIn(g.name, language),
          }))
        : [{ kind: 'profile' as const, target: profileId, name: profileName ?? profileId }];
    return all
      .filter((o) => !follows.some((f) => f.kind === o.kind && f.target === o.target))
      .map((o) => ({ ...o, following: false, back: PATH }));
  }
}
