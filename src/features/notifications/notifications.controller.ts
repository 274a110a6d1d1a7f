import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { shownAddress, UNSUBSCRIBED } from '../../domain/notification/channel.js';
import { dateForPeople } from '../../domain/notification/deadline.js';
import type { NotificationEntity } from '../../persistence/entities/notification.entity.js';
import { NotificationRepository } from '../../persistence/repositories/notification.repository.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import { RecipientRepository } from '../../persistence/repositories/recipient.repository.js';
import type { Actor } from '../../domain/access/actor.js';
import { CurrentActor, SignedIn } from '../../platform/access/rule.js';
import { profileScope, rowFor } from '../../platform/access/scope.js';
import { ahead, page, PAGING, pageOf, placeOf, type Page } from '../../platform/api/paging.js';

const STATES = ['pending', 'sending', 'sent', 'failed'] as const;
const NotificationSummary = z
  .object({
    id: z.uuid(), kind: z.enum(['first', 'digest', 'urgent']),
    profile: z.object({ id: z.string() }).nullable().describe('the institute of its recipient; null for the network\'s own people'),
    to: z.object({ recipient: z.uuid(), channel: z.string(), name: z.string().nullable(), address: z.string() }), subject: z.string(), messageId: z.string(),
    state: z.enum(STATES), attempts: z.number().int(), error: z.string().nullable(), nextTryAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(), sentAt: z.iso.datetime().nullable(),
    sentWhere: z.string().nullable().describe('what the other side answered, or the file under DATA_DIR/outbox'),
    calls: z.array(z.object({ id: z.uuid(), matchId: z.uuid().nullable(), score: z.number().nullable(), title: z.string() })),
    more: z.number().int().describe('how many calls had no room: they wait for the next, or stay in the inbox after a first one'),
  })
  .meta({ id: 'NotificationSummary' });
type NotificationSummary = z.infer<typeof NotificationSummary>;
const NotificationView = NotificationSummary.extend({
  text: z.string(), html: z.string().nullable(), payload: z.string().nullable().describe('what was posted, byte for byte'),
  tries: z.array(z.object({ at: z.iso.datetime(), ok: z.boolean(), answer: z.string() })).describe('the last ones, oldest first'),
}).meta({ id: 'Notification' });
type NotificationView = z.infer<typeof NotificationView>;

/** Profiles that nobody is written to about, and contacts who stopped the mails. */
const Silent = z.array(z.object({ profile: z.string().nullable(), contact: z.string().optional(), reason: z.string() }));
type Silent = z.infer<typeof Silent>;
const ListView = pageOf(NotificationSummary).extend({ silent: Silent.describe('profiles without mail and contacts without mail, and why') });
const ListQuery = z.object({ ...PAGING, profile: z.string().max(100).optional(), state: z.enum(STATES).optional(), recipient: z.uuid().optional(), channel: z.string().max(50).optional() });
const Place = z.object({ createdAt: z.coerce.date(), id: z.uuid() });

const summary = (n: NotificationEntity): NotificationSummary => ({
  id: n.id, kind: n.kind, profile: n.profileId === null ? null : { id: n.profileId }, to: { recipient: n.recipientId, channel: n.channel, name: n.name, address: shownAddress(n) }, subject: n.subject, messageId: n.messageId,
  state: n.state, attempts: n.attempts, error: n.error, nextTryAt: n.nextTryAt?.toISOString() ?? null,
  createdAt: n.createdAt.toISOString(), sentAt: n.sentAt?.toISOString() ?? null, sentWhere: n.sentWhere,
  calls: n.items.map((i) => ({ id: i.callId, matchId: i.matchId, score: i.score, title: i.title })), more: n.more,
});

/** What was written to whom, and whether it left. */
@ApiTags('notifications')
@ApiBearerAuth()
@SignedIn()
@Controller('v1/notifications')
export class NotificationsController {
  constructor(
    private readonly outbox: NotificationRepository,
    private readonly profiles: ProfileRepository,
    private readonly recipients: RecipientRepository,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: ListView })
  async list(@CurrentActor() actor: Actor, @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>): Promise<Page<NotificationSummary> & { silent: Silent }> {
    const { limit, cursor, profile: asked, ...rest } = query;
    const profile = profileScope(actor, asked);
    const filter = { ...rest, ...(profile !== undefined && { profile }) };
    const { items, total } = await this.outbox.list(filter, ahead(limit), placeOf(cursor, Place));
    return { ...page(items, limit, total, summary, (n) => ({ createdAt: n.createdAt, id: n.id })), silent: await this.silent(profile) };
  }

  private async silent(profileId?: string): Promise<Silent> {
    const without = (await this.profiles.all()).filter((p) => !p.content.contacts.length && (!profileId || profileId === p.id));
    const stopped = await this.recipients.stopped(profileId ?? null);
    const givenUp = await this.outbox.givenUp(profileId ?? null);
    return [
      ...without.map((p) => ({ profile: p.id, reason: `It has no contact, so nobody gets a mail. Add one with PUT /v1/profiles/${p.id}.` })),
      ...stopped.map((r) => ({ profile: r.profileId, contact: shownAddress(r), reason: `${r.stoppedWhy === UNSUBSCRIBED ? 'They stopped the messages' : `Nothing can be delivered there (${r.stoppedWhy}): stopped`} on ${dateForPeople(r.stoppedAt, 'en')}.` })),
      ...givenUp.map((n) => ({ profile: n.profileId, contact: shownAddress(n), reason: `The last message to them was given up: ${n.error}` })),
    ];
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: NotificationView })
  async one(@CurrentActor() actor: Actor, @Param('id', { schema: z.uuid() }) id: string): Promise<NotificationView> {
    const found = rowFor(actor, await this.outbox.find(id), `notification ${id}`);
    return { ...summary(found), text: found.text, html: found.html, payload: found.payload, tries: found.tries };
  }
}
