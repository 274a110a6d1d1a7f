import { Inject, Injectable } from '@nestjs/common';
import { issuesOf, wrong } from '../../kernel/issues.js';
import { CarnotError, NotFound, Invalid } from '../../kernel/errors.js';
import type { Channel } from '../domain/delivery/channel.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import type { Gate } from '../../platform/http/gate.js';
import { DELIVERY_FETCHER, SETTINGS } from '../../platform/tokens.js';
import { ChannelRegistry } from '../channel-registry.js';
import type { ChannelOwner } from '../api/channel-views.js';

/** Checks that a new address has to pass: owner, channel, format and outgoing gate. */
@Injectable()
export class AddressCheck {
  constructor(
    private readonly channels: ChannelRegistry,
    private readonly profiles: ProfileRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(DELIVERY_FETCHER) private readonly gate: Pick<Gate, 'check'>,
  ) {}

  /** Throws NotFound if the owner does not exist. */
  async owner({ kind, id }: ChannelOwner): Promise<void> {
    const there =
      kind === 'profile'
        ? (await this.profiles.findById(id)) !== null
        : this.settings.groups.some((g) => g.id === id);
    if (!there) throw new NotFound(`no-${kind}`, { id });
  }

  /** Returns a channel for shared addresses. E-mail is not one: people choose for themselves. */
  channel(id: string): Channel {
    const { offered } = this.channels;
    const channel = offered.find((c) => c.id === id);
    if (!channel) {
      const ids = offered.map((c) => c.id).join(', ');
      throw new Invalid([wrong(['channel'], 'choice', { values: ids })]);
    }
    return channel;
  }

  /** Returns the normalised address. Throws BadRequest if it is invalid or not allowed. */
  address(channel: Channel, typed: string): string {
    const read = channel.address.safeParse(typed);
    if (!read.success)
      throw new Invalid(issuesOf(read.error.issues, typed).map((i) => ({ ...i, path: ['address'] })));
    try {
      this.gate.check(new URL(read.data));
      return read.data;
    } catch (error) {
      if (!(error instanceof CarnotError)) throw error;
      throw new Invalid([wrong(['address'], 'address-not-allowed')]);
    }
  }
}
