import { NotFound } from '../../../kernel/errors.js';
import { Controller, Get, Header, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { may, type Actor } from '../../../kernel/actor.js';
import { Institutes } from '../../../access/institutes.js';
import { ChannelRegistry } from '../../channel-registry.js';
import { SentMessages } from '../../sent-messages.js';
import { STATES, type NotificationView } from '../../api/notification-views.js';
import { TooOften } from '../../../platform/access/rate-limit.js';
import { CurrentActor, Needs } from '../../../platform/access/rule.js';
import { PageQuery } from '../../../ui/form.js';
import type { PageOptions } from '../../../ui/layout.js';
import { page } from '../../../ui/page.js';
import { comeBack } from '../../../ui/too-often.js';
import { redirectWithFlash, View, type Viewer } from '../../../ui/viewer.js';
import { MessagePage, OutboxPage, subjectOf, type State } from './outbox-page.js';

const ROWS = 25;
const QUERY = { state: z.enum(STATES).optional(), cursor: z.string().max(1_000).optional() };
interface Query {
  state: State | undefined;
  cursor: string | undefined;
}
const pathOf = (profile: string): string => `/institutes/${profile}/messages`;

/** Messages sent to an institute's people and channels, and their state. */
@ApiExcludeController()
@Controller('institutes/:profile/messages')
export class OutboxPages {
  constructor(
    private readonly sent: SentMessages,
    private readonly institutes: Institutes,
    private readonly channels: ChannelRegistry,
  ) {}

  @Needs('message.read', 'profile')
  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @PageQuery(QUERY) { state, cursor }: Query,
  ): Promise<string> {
    const options = await this.options(v, profile, v.t('outbox.title'));
    const found = await this.sent.list(actor, {
      profile,
      limit: ROWS,
      ...(state && { state }),
      ...(cursor !== undefined && { cursor }),
    });
    return page(
      v,
      options,
      OutboxPage({
        v,
        profileId: profile,
        path: pathOf(profile),
        found,
        state,
        first: cursor === undefined,
        channelName: (id) => this.channels.nameOf(id, v.language),
      }),
    );
  }

  @Needs('message.read', 'profile')
  @Get(':message')
  show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('message', { schema: z.uuid() }) id: string,
  ): Promise<string> {
    return this.shown(v, actor, profile, id, null);
  }

  /** Returns an e-mail for the frame of its page: it has its own styles, and anything else is blocked. */
  @Needs('message.read', 'profile')
  @Get(':message/mail')
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox",
  )
  @Header('Content-Type', 'text/html; charset=utf-8')
  async mail(
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('message', { schema: z.uuid() }) id: string,
  ): Promise<string> {
    const { html } = await this.findMessage(actor, profile, id);
    if (html === null) throw new NotFound('not-an-email', { id });
    return html;
  }

  @Needs('message.write', 'profile')
  @Post(':message/resend')
  async resend(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('message', { schema: z.uuid() }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.findMessage(actor, profile, id);
    try {
      const copy = await this.sent.resend(actor, id);
      redirectWithFlash(response, `${pathOf(profile)}/${copy.id}`, 'flash.sent');
    } catch (error) {
      if (!(error instanceof TooOften)) throw error;
      response
        .status(429)
        .type('html')
        .send(await this.shown(v, actor, profile, id, comeBack(v, response, error)));
    }
  }

  private async shown(
    v: Viewer,
    actor: Actor,
    profile: string,
    id: string,
    refused: string | null,
  ): Promise<string> {
    const message = await this.findMessage(actor, profile, id);
    return page(
      v,
      await this.options(v, profile, subjectOf(v, message)),
      MessagePage({
        v,
        path: pathOf(profile),
        message,
        sends: may(actor, 'message.write', profile),
        refused,
        channelName: (of) => this.channels.nameOf(of, v.language),
      }),
    );
  }

  /** Throws NotFound if the message is not the institute's. */
  private async findMessage(actor: Actor, profile: string, id: string): Promise<NotificationView> {
    const message = await this.sent.viewById(actor, id);
    if (message.profile?.id !== profile) throw new NotFound('no-notification', { id });
    return message;
  }

  private async options(v: Viewer, profile: string, title: string): Promise<PageOptions> {
    const institute = await this.institutes.head(profile);
    return {
      title,
      place: 'messages',
      styles: ['account/account', 'outbox'],
      ...(v.actor?.profileId !== profile && { institute }),
    };
  }
}
