import { Inject, Injectable } from '@nestjs/common';
import { Conflict, NotFound } from '../kernel/errors.js';
import { type Actor, isOf, ofNetwork, seesAllInside, senderOf } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import type { NotificationEntity } from './store/notification.entity.js';
import { DeliveryRepository } from './store/delivery.repository.js';
import { NotificationRepository } from './store/notification.repository.js';
import { RateLimit } from '../platform/access/rate-limit.js';
import { profileScope, rowFor } from '../platform/access/scope.js';
import { ahead, page, placeOf, type Page } from '../platform/api/paging.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK } from '../platform/tokens.js';
import {
  fromOutside,
  notificationView,
  Place,
  withoutContent,
  summary,
  type ListQuery,
  type NotificationSummary,
  type NotificationView,
} from './api/notification-views.js';
import { DELIVER } from './deliver.job.js';

/**
 * An institute's messages are its own; the network's people see each other's. People whom the network let in
 * after others see those to themselves: what reaches others depends on decisions of before.
 */
const maySee = (
  actor: Actor,
  { profileId, channel, address }: Pick<NotificationEntity, 'profileId' | 'channel' | 'address'>,
): boolean =>
  profileId === null
    ? ofNetwork(actor)
    : seesAllInside(actor, profileId) ||
      (isOf(actor, profileId) && channel === 'email' && address === actor.email);

/** The messages to people and channels and their state, for those who may see them; can resend them. */
@Injectable()
export class SentMessages {
  constructor(
    private readonly messages: NotificationRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly queues: Queues,
    private readonly limits: RateLimit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page, newest first: of the caller's institute; for the network, of all or the given one. */
  async list(
    actor: Actor,
    { limit, cursor, profile: asked, ...rest }: ListQuery,
  ): Promise<Page<NotificationSummary>> {
    const profile = profileScope(actor, asked);
    const { items, total } = await this.messages.list(
      { ...rest, ...(profile !== undefined && { profile }) },
      ahead(limit),
      placeOf(cursor, Place),
    );
    return page(
      items,
      limit,
      total,
      (n) => (maySee(actor, n) ? summary(n) : fromOutside(summary(n))),
      (n) => ({ createdAt: n.createdAt, id: n.id }),
    );
  }

  /** Throws NotFound if the message does not exist or belongs to another institute. */
  async viewById(actor: Actor, id: string): Promise<NotificationView> {
    return this.view(actor, await this.findById(actor, id));
  }

  /**
   * Sends another copy with its own id. Throws Conflict if the message has not been sent yet, and
   * TooOften.
   */
  async resend(actor: Actor, id: string): Promise<NotificationView> {
    const { profileId, recipientId, state } = await this.findById(actor, id);
    if (['pending', 'sending'].includes(state)) throw new Conflict('not-sent-yet');
    const ofInstitute =
      profileId === null ? [] : [{ what: 'copies of an institute' as const, who: profileId }];
    await this.limits.takeAll([
      { what: 'copies by one person', who: senderOf(actor) },
      { what: 'copies to an address', who: recipientId },
      ...ofInstitute,
    ]);
    const copy = await this.deliveries.resend(id, actor, this.clock.now());
    if (!copy) throw new Conflict('not-sent-yet');
    // It is stored: if the queue is down, the next tick finds it, and nobody needs to ask again.
    await this.queues.hurry([job(DELIVER, { channel: copy.channel, notificationId: copy.id })]);
    return this.view(actor, copy);
  }

  /**
   * Whom an institute asked, and the answers, stay inside it: for everyone else such a message has no
   * content, even if its recipient is a contact of both.
   */
  private async view(actor: Actor, message: NotificationEntity): Promise<NotificationView> {
    const view = notificationView(message);
    if (!maySee(actor, message)) return fromOutside(withoutContent(view));
    const asked = await this.messages.answersOf(message);
    return asked.every((profile) => profile !== null && isOf(actor, profile)) ? view : withoutContent(view);
  }

  private async findById(actor: Actor, id: string): Promise<NotificationEntity> {
    return rowFor(actor, await this.messages.findById(id), new NotFound('no-notification', { id }));
  }
}
