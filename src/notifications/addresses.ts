import { Inject, Injectable } from '@nestjs/common';
import { decideMark, inboxMark, type LinkedVerdict } from './domain/content/mail-link.js';
import { settingsMark, settingsToken } from './domain/preferences/settings-link.js';
import type { Clock } from '../kernel/ports.js';
import type { RecipientEntity } from './store/recipient.entity.js';
import type { Environment } from '../platform/config/environment.js';
import { messageIdOf } from '../platform/mail/message-id.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';

/** Builds the URLs that messages link to. */
@Injectable()
export class Addresses {
  constructor(
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Our home page. */
  get home(): string {
    return this.at('/');
  }

  call(profileId: string | null, callId: string): string {
    return this.at(profileId === null ? `/calls/${callId}` : `/institutes/${profileId}/calls/${callId}`);
  }

  /** The institute's inbox, or the list of calls for the network's own people. */
  inbox(profileId: string | null): string {
    return this.at(profileId === null ? '/calls' : `/institutes/${profileId}/inbox`);
  }

  /** Where an institute judges a sample of calls that it was not notified of. */
  recallSample(profileId: string): string {
    return this.at(`/institutes/${profileId}/untold`);
  }

  /** The link to a recipient's notification settings: no sign-in needed, valid for a limited time. */
  settings(recipient: Pick<RecipientEntity, 'id' | 'linkKey'>): string {
    return this.at(`/notification-preferences/${settingsToken(recipient, this.clock.now())}`);
  }

  /** The same for a queued message: a placeholder that becomes a fresh link when the message is sent. */
  settingsWhenSent(messageId: string): string {
    return this.at(`/notification-preferences/${settingsMark(messageId)}`);
  }

  /** Where the reader of a queued message decides on one of its calls; also a placeholder. */
  decideWhenSent(messageId: string, verdict: LinkedVerdict, callId: string): string {
    return this.at(`/decide/${decideMark(messageId, verdict, callId)}`);
  }

  /** Their list, by way of a sign-in page that knows whom the message was sent to; also a placeholder. */
  inboxWhenSent(messageId: string): string {
    return this.at(`/sign-in/from-mail/${inboxMark(messageId)}`);
  }

  unsubscribe(token: string): string {
    return this.at(`/unsubscribe/${token}`);
  }

  /** The Message-ID for this name, without angle brackets. */
  messageId(name: string): string {
    return messageIdOf(name, this.env);
  }

  private at(path: string): string {
    return `${this.env.PUBLIC_URL}${path}`;
  }
}
