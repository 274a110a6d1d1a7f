import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { BadRequest, Conflict } from '../../../kernel/errors.js';
import { type Actor, may } from '../../../kernel/actor.js';
import { ChannelRegistry } from '../../channel-registry.js';
import { ChannelService, type ChannelOwner } from '../../addressing/channel-service.js';
import { MOST_CHANNELS, NewChannel } from '../../api/channel-views.js';
import { PreferenceDefaults } from '../../preferences/preference-defaults.js';
import { InPerson, JustSignedIn } from '../../../platform/access/presence.js';
import { AllInside, CurrentActor, Needs } from '../../../platform/access/rule.js';
import { readForm } from '../../../ui/form.js';
import { page } from '../../../ui/page.js';
import { NOTHING_TYPED } from '../../../ui/typed.js';
import { redirectWithFlash, View, type Viewer } from '../../../ui/viewer.js';
import { preferencesIn, wrong } from '../preferences/preferences-sent.js';
import { ChannelsPage, type ChannelsModel } from './channels-page.js';
import { DefaultsInput } from '../../api/preferences-views.js';

const Step = z.enum(['test', 'drop-old', 'remove']);
type Step = z.infer<typeof Step>;

const pathOf = (profile: string): string => `/institutes/${profile}/channels`;
const ownerOf = (id: string): ChannelOwner => ({ kind: 'profile', id });

/** An institute's chat and webhook addresses, and its defaults. */
@ApiExcludeController()
@AllInside()
@Controller('institutes/:profile/channels')
export class ChannelsPages {
  constructor(
    private readonly channelService: ChannelService,
    private readonly defaults: PreferenceDefaults,
    private readonly kinds: ChannelRegistry,
  ) {}

  @Needs('channel.read', 'profile')
  @Get()
  show(@View() v: Viewer, @Param('profile') profile: string): Promise<string> {
    return this.shown(v, profile, {});
  }

  @Needs('channel.write', 'profile')
  @JustSignedIn()
  @Post()
  async make(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(NewChannel, body, v.language, ({ channel, name, address, language }) => ({
      channel,
      name,
      address,
      language,
    }));
    const again = async (typed: Record<string, string>, errors: Record<string, string>): Promise<void> =>
      void response
        .status(422)
        .type('html')
        .send(await this.shown(v, profile, { add: { typed, errors } }));
    if (!sent.ok) return again(sent.typed, this.errors(v, Object.keys(sent.errors)));
    try {
      const made = await this.channelService.make(ownerOf(profile), sent.value);
      if (made.secret === null) return redirectWithFlash(response, pathOf(profile), 'flash.saved');
      response
        .status(200)
        .type('html')
        .send(await this.shown(v, profile, { made }));
    } catch (error) {
      if (error instanceof Conflict) return again(sent.typed, { '': v.t('channels.wrong.conflict') });
      if (!(error instanceof BadRequest)) throw error;
      return again(sent.typed, this.errors(v, ['address']));
    }
  }

  @Needs('channel.write', 'profile')
  @Post('defaults')
  async set(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(DefaultsInput, body, v.language, (fields) => ({
      preferences: preferencesIn(fields),
    }));
    if (!sent.ok)
      return void response
        .status(422)
        .type('html')
        .send(
          await this.shown(v, profile, {
            set: { typed: sent.typed, errors: wrong(v, Object.keys(sent.errors)) },
          }),
        );
    await this.defaults.set(profile, sent.value, actor);
    redirectWithFlash(response, pathOf(profile), 'flash.saved');
  }

  /** The new secret is shown only on the response page. */
  @Needs('channel.write', 'profile')
  @JustSignedIn()
  @Post(':channel/secret')
  async rotate(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('channel', { schema: z.uuid() }) channel: string,
    @Res() response: Response,
  ): Promise<void> {
    const made = await this.channelService.rotate(ownerOf(profile), channel);
    response
      .status(200)
      .type('html')
      .send(await this.shown(v, profile, { made }));
  }

  /** Runs a button's action. A test result is shown on the response page. */
  @Needs('channel.write', 'profile')
  @InPerson()
  @Post(':channel/:step')
  async step(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('channel', { schema: z.uuid() }) channel: string,
    @Param('step', { schema: Step }) step: Step,
    @Res() response: Response,
  ): Promise<void> {
    const owner = ownerOf(profile);
    if (step === 'remove' || step === 'drop-old') {
      await (step === 'remove'
        ? this.channelService.remove(owner, channel)
        : this.channelService.dropOld(owner, channel));
      return redirectWithFlash(response, pathOf(profile), 'flash.removed');
    }
    const tried = await this.channelService.test(owner, channel);
    response
      .status(200)
      .type('html')
      .send(await this.shown(v, profile, { tried }));
  }

  private errors(v: Viewer, fields: string[]): Record<string, string> {
    return Object.fromEntries(
      fields.map((field) => [
        field,
        v.t(field === 'name' ? 'channels.wrong.name' : 'channels.wrong.address'),
      ]),
    );
  }

  private async shown(v: Viewer, profile: string, extra: Partial<ChannelsModel>): Promise<string> {
    const { items: channels } = await this.channelService.list(ownerOf(profile), { limit: MOST_CHANNELS });
    const model: ChannelsModel = {
      path: pathOf(profile),
      offered: this.kinds.offered,
      nameOf: (id) => this.kinds.nameOf(id, v.language),
      channels,
      defaults: await this.defaults.forProfile(profile),
      writes: may(v.actor, 'channel.write'),
      made: null,
      tried: null,
      add: NOTHING_TYPED,
      set: NOTHING_TYPED,
      ...extra,
    };
    return page(
      v,
      { title: v.t('channels.title'), place: 'channels', styles: ['account/account'] },
      ChannelsPage({ v, ...model }),
    );
  }
}
