import { Inject, Injectable } from '@nestjs/common';
import { pageFromMail } from '../access/domain/landing.js';
import { decideMark, type LinkedVerdict, settingsMark, settingsToken } from './domain/content/mail-link.js';
import type { Clock } from '../kernel/ports.js';
import type { RecipientContext } from './recipient-context.js';
import type { RecipientEntity } from './store/notification.entity.js';
import type { Environment } from '../platform/config/environment.js';
import { messageIdOf } from '../platform/mail/message.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';

/** Whose message it is: a page of ours leads people with an account to a sign-in that knows them. */
type Reader = Pick<RecipientContext, 'recipient' | 'account' | 'ofNetwork'>;

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

  call(reader: Reader, callId: string): string {
    const { profileId } = reader.recipient;
    return this.page(
      reader,
      profileId === null ? `/calls/${callId}` : `/institutes/${profileId}/calls/${callId}`,
    );
  }

  bid(reader: Reader, profileId: string, id: string): string {
    return this.page(reader, `/institutes/${profileId}/pipeline/${id}`);
  }

  /** The institute's inbox, or the list of calls for the network's own people. */
  inbox(reader: Reader): string {
    const { profileId } = reader.recipient;
    const isList = reader.ofNetwork || profileId === null;
    return this.page(reader, isList ? '/calls' : `/institutes/${profileId}/inbox`);
  }

  /** Where an institute judges a sample of calls that it was not notified of. */
  recallSample(reader: Reader, profileId: string): string {
    return this.page(reader, `/institutes/${profileId}/untold`);
  }

  /** The link to a recipient's notification settings: no sign-in needed, valid for a limited time. */
  settings(recipient: Pick<RecipientEntity, 'id' | 'linkKey'>): string {
    return this.at(`/notification-preferences/${settingsToken(recipient, this.clock.now())}`);
  }

  /** The same for a queued message: a placeholder that becomes a fresh link when the message is sent. */
  settingsWhenSent(messageId: string): string {
    return this.at(`/notification-preferences/${settingsMark(messageId)}`);
  }

  /** Where the reader of a queued message decides on some of its calls; also a placeholder. */
  decideWhenSent(messageId: string, verdict: LinkedVerdict, callIds: readonly string[]): string {
    return this.at(`/decide/${decideMark(messageId, verdict, callIds)}`);
  }

  unsubscribe(token: string): string {
    return this.at(`/unsubscribe/${token}`);
  }

  /** The Message-ID for this name, without angle brackets. */
  messageId(name: string): string {
    return messageIdOf(name, this.env);
  }

  private page({ account }: Reader, path: string): string {
    return account ? pageFromMail(this.env, account, path) : this.at(path);
  }

  private at(path: string): string {
    return `${this.env.PUBLIC_URL}${path}`;
  }
}
