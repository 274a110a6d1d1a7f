import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { shownAddress, UNSUBSCRIBED } from '../domain/delivery/channel.js';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { ContactRepository } from '../../profiles/store/contact.repository.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { FollowRepository, RecipientRepository } from '../store/recipient.repository.js';
import { NotificationRepository } from '../store/notification.repository.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import type { Page } from '../../platform/api/paging.js';
import {
  ListQuery,
  ListView,
  NotificationView,
  type NotificationSummary,
  type Silent,
} from './notification-views.js';
import { SentMessages } from '../sent-messages.js';

const UNCONFIRMED = 'They have not confirmed their address yet: nothing else is sent there.';

/** Which messages were written to whom, and whether they were sent. */
@ApiTags('notifications')
@ApiBearerAuth()
@Needs('message.read')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(
    private readonly sent: SentMessages,
    private readonly messages: NotificationRepository,
    private readonly profiles: ProfileRepository,
    private readonly recipients: RecipientRepository,
    private readonly contacts: ContactRepository,
    private readonly follows: FollowRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Sent and waiting messages' })
  @ApiOkResponse({ standardSchema: ListView })
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<NotificationSummary> & { silent: Silent }> {
    return {
      ...(await this.sent.list(actor, query)),
      silent: await this.silent(profileScope(actor, query.profile)),
    };
  }

  private async silent(profileId?: string): Promise<Silent> {
    const asked = profileId ?? null;
    const [profiles, heard, unconfirmed, stopped, givenUp] = await Promise.all([
      this.profiles.findAll(),
      this.follows.heard(null),
      this.contacts.unconfirmed(asked),
      this.recipients.stopped(asked),
      this.messages.givenUp(asked),
    ]);
    const without = profiles.filter(
      ({ id, content }) => (asked === null || asked === id) && !content.contacts.length && !heard.has(id),
    );
    return [
      ...without.map((p) => ({
        profile: p.id,
        reason: `It has no contact, so nobody gets an e-mail. Add one with PUT /v1/profiles/${p.id}.`,
      })),
      ...unconfirmed.map(({ profileId: profile, address: contact }) => ({
        profile,
        contact,
        reason: UNCONFIRMED,
      })),
      ...stopped.map((r) => ({
        profile: r.profileId,
        contact: shownAddress(r),
        reason: `${r.stoppedWhy === UNSUBSCRIBED ? 'They stopped the messages' : `Nothing can be delivered there (${r.stoppedWhy}): stopped`} on ${dateForPeople(r.stoppedAt, 'en')}.`,
      })),
      ...givenUp.map((n) => ({
        profile: n.profileId,
        contact: shownAddress(n),
        reason: `The last message to them was given up: ${n.error}`,
      })),
    ];
  }

  @Get(':id')
  @ApiOperation({ summary: 'A message' })
  @ApiOkResponse({ standardSchema: NotificationView })
  findOne(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<NotificationView> {
    return this.sent.viewById(actor, id);
  }

  /** Sends another copy, with its own id and Message-ID. A message still to be sent is not copied: 409. */
  @Needs('message.write')
  @Post(':id/resend')
  @ApiOperation({ summary: 'Resend a message' })
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: NotificationView })
  resend(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<NotificationView> {
    return this.sent.resend(actor, id);
  }
}
