import { Inject, Injectable } from '@nestjs/common';
import { PersonRepository } from '../access/store/person.repository.js';
import type { PersonEntity } from '../access/store/person.entity.js';
import type { Clock } from '../kernel/ports.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { CLOCK } from '../platform/tokens.js';
import {
  decidesFor,
  isOfReader,
  type LinkedVerdict,
  type LinkUse,
  readMailLink,
  isExpired,
} from './domain/content/mail-link.js';
import type { NotificationEntity } from './store/notification.entity.js';
import { NotificationRepository } from './store/notification.repository.js';
import { RecipientRepository, type Recipient } from './store/recipient.repository.js';

/** A decision that a mail's link is for: of whom, on which calls, for which institute. */
export interface DecisionLink {
  person: PersonEntity;
  profileId: string;
  callIds: string[];
  verdict: LinkedVerdict;
  message: string;
}

interface Opened {
  message: NotificationEntity;
  recipient: Recipient;
  use: LinkUse;
  expired: boolean;
}

/** The links of mails that need no sign-in: each is for the reader of one message, whose key signed it. */
@Injectable()
export class MailLinks {
  constructor(
    private readonly messages: NotificationRepository,
    private readonly recipients: RecipientRepository,
    private readonly people: PersonRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns the decision that a link is for. 'expired' after its time; 'ended' if the message was sent again,
   * or its reader no longer decides there; null if it is none of ours, or its reader has left.
   */
  async decision(token: string): Promise<DecisionLink | 'expired' | 'ended' | null> {
    return acrossInstitutes('the link in a mail says whose decision it is', async () => {
      const opened = await this.open(token);
      if (!opened) return null;
      const { message, recipient, use, expired } = opened;
      if (expired) return 'expired';
      const { profileId } = message;
      const callIds = use.items.flatMap((at) => message.items[at]?.callId ?? []);
      const complete = callIds.length === use.items.length;
      const person = await this.people.byEmail(recipient.address);
      const decides = person?.removedAt === null && decidesFor(person, profileId);
      if (!complete || !decides || profileId === null || (await this.messages.wasSentAgain(message)))
        return 'ended';
      return { person, profileId, callIds, verdict: use.verdict, message: message.id };
    });
  }

  /** Returns whom a link of any age was sent to; null if it is none of ours, or they have left. */
  async reader(token: string): Promise<PersonEntity | null> {
    return acrossInstitutes('the link in a mail says who wants to sign in', async () => {
      const opened = await this.open(token);
      const person = opened && (await this.people.byEmail(opened.recipient.address));
      return person?.removedAt === null ? person : null;
    });
  }

  private async open(token: string): Promise<Opened | null> {
    const read = readMailLink(token);
    const message = read && (await this.messages.findById(read.message));
    const recipient = message && (await this.recipients.findById(message.recipientId));
    if (!recipient || !isOfReader(read, recipient.linkKey)) return null;
    return { message, recipient, use: read.use, expired: isExpired(read.until, this.clock.now()) };
  }
}
