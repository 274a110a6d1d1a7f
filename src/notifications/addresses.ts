import { Inject, Injectable } from '@nestjs/common';
import { settingsMark, settingsToken } from './domain/preferences/settings-link.js';
import type { Clock } from '../kernel/ports.js';
import type { RecipientEntity } from './store/recipient.entity.js';
import type { Environment } from '../platform/config/environment.js';
import { messageIdOf } from '../platform/mail/message-id.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';

/** Where people find in the browser what a message speaks of. */
@Injectable()
export class Addresses {
  constructor(
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Our first page. */
  get home(): string {
    return this.at('/');
  }

  call(profileId: string | null, callId: string): string {
    return this.at(profileId === null ? `/calls/${callId}` : `/institutes/${profileId}/calls/${callId}`);
  }

  /** The institute's inbox; of the network's own people the list of calls. */
  inbox(profileId: string | null): string {
    return this.at(profileId === null ? '/calls' : `/institutes/${profileId}/inbox`);
  }

  /** Where an institute is asked about calls that it was not told of. */
  recallSample(profileId: string): string {
    return this.at(`/institutes/${profileId}/untold`);
  }

  /** Where a recipient chooses what they are told, without signing in, for as long as such a link is good. */
  settings(recipient: Pick<RecipientEntity, 'id' | 'linkKey'>): string {
    return this.at(`/notification-preferences/${settingsToken(recipient, this.clock.now())}`);
  }

  /**
   * The same in a message that waits to leave: the link is written when it does, and is good from then on.
   */
  settingsWhenSent(messageId: string): string {
    return this.at(`/notification-preferences/${settingsMark(messageId)}`);
  }

  unsubscribe(token: string): string {
    return this.at(`/unsubscribe/${token}`);
  }

  /** The Message-ID of what bears this name, without angle brackets. */
  messageId(name: string): string {
    return messageIdOf(name, this.env);
  }

  private at(path: string): string {
    return `${this.env.PUBLIC_URL}${path}`;
  }
}
