import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/ports.js';
import type { Recipient } from '../store/recipient.repository.js';
import { RateLimit } from '../../platform/access/rate-limit.js';
import { ahead, behindCursor, InCursor, page, type Page } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import type { ListQuery } from '../api/preferences-views.js';
import { ChannelRegistry } from '../channel-registry.js';
import { RecipientContexts } from '../recipient-context.js';
import { ChannelAddresses, ownerName } from './channel-addresses.js';
import { ChannelTests } from './test-messages.js';
import {
  channelView,
  type ChannelChange,
  type ChannelOwner,
  type ChannelView,
  type MadeChannel,
  type NewChannel,
  type Tried,
} from '../api/channel-views.js';

export type { ChannelOwner };

/** The addresses of an institute or a group as shown, without secrets. Callers check the permissions. */
@Injectable()
export class ChannelService {
  constructor(
    private readonly addresses: ChannelAddresses,
    private readonly tests: ChannelTests,
    private readonly channels: ChannelRegistry,
    private readonly contexts: RecipientContexts,
    private readonly limits: RateLimit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of channels, oldest first. */
  async list(owner: ChannelOwner, { limit, cursor }: ListQuery): Promise<Page<ChannelView>> {
    const all = await this.addresses.list(owner);
    const rest = behindCursor(all, cursor, InCursor.id, ({ id }) => id).slice(0, ahead(limit));
    const views = await Promise.all(rest.map((r) => this.view(r)));
    return page(
      views,
      limit,
      all.length,
      (view) => view,
      ({ id }) => id,
    );
  }

  async viewById(owner: ChannelOwner, id: string): Promise<ChannelView> {
    return this.view(await this.addresses.findById(owner, id));
  }

  /** The secret appears only in this response. */
  async make(owner: ChannelOwner, channel: NewChannel): Promise<MadeChannel> {
    const made = await this.addresses.make(owner, channel);
    return { ...(await this.view(made)), secret: made.secrets[0] ?? null };
  }

  async change(owner: ChannelOwner, id: string, change: ChannelChange): Promise<ChannelView> {
    return this.view(await this.addresses.change(owner, id, change));
  }

  async remove(owner: ChannelOwner, id: string): Promise<ChannelView> {
    return this.view(await this.addresses.remove(owner, id));
  }

  /** The new secret appears only in this response. */
  async rotate(owner: ChannelOwner, id: string): Promise<MadeChannel> {
    const { recipient, secret } = await this.addresses.rotate(owner, id);
    return { ...(await this.view(recipient)), secret };
  }

  async dropOld(owner: ChannelOwner, id: string): Promise<ChannelView> {
    return this.view(await this.addresses.dropOld(owner, id));
  }

  /** Throws TooOften if an owner tests its addresses too often. */
  async test(owner: ChannelOwner, id: string): Promise<Tried> {
    await this.limits.take('tests of channels', ownerName(owner));
    return this.tests.send(await this.addresses.findById(owner, id));
  }

  private async view(recipient: Recipient): Promise<ChannelView> {
    return channelView(
      recipient,
      this.channels.findById(recipient.channel)?.signs ?? false,
      await this.contexts.preferences(recipient),
      this.clock.now(),
    );
  }
}
