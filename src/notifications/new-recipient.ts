import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newToken } from '../platform/access/secret.js';
import { type NewRecipient, type Recipient, FollowRepository } from './store/recipient.repository.js';
import type { Clock } from '../kernel/ports.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { Language } from '../kernel/language.js';
import type { NotificationItemEntity } from './store/notification.entity.js';
import { MessageRepository } from './store/notification.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { type RecipientContext, RecipientContexts } from './recipient-context.js';

/** Returns a new recipient, who receives messages from `now` on, with personal links. */
export const newRecipient = (
  who: Omit<NewRecipient, 'id' | 'token' | 'linkKey' | 'since' | 'lastDigestDueAt'>,
  now: Date,
): NewRecipient => ({
  id: randomUUID(),
  token: newToken(),
  linkKey: newToken(),
  since: now,
  lastDigestDueAt: now,
  ...who,
});

/** The same without storing it: a person who never received anything, or a hypothetical one. */
export const notStored = (fresh: NewRecipient): Recipient => ({
  preferences: {},
  secrets: [],
  locked: false,
  addressHash: null,
  tokenHash: null,
  tokenHashesBefore: [],
  plannedSeq: '0',
  pausedUntil: null,
  stoppedAt: null,
  stoppedWhy: null,
  ...fresh,
});

/** The token and key in links of a preview: real ones are the reader's credential. */
const NO_TOKEN = 'preview';

/**
 * The reader of a preview, and their waiting items. `isNew`: a first message is due, and the context covers
 * only what it is about.
 */
interface PreviewRecipient {
  context: RecipientContext;
  isNew: boolean;
  waiting: NotificationItemEntity[];
}

@Injectable()
export class PreviewRecipients {
  constructor(
    private readonly follows: FollowRepository,
    private readonly contexts: RecipientContexts,
    private readonly messages: MessageRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns an e-mail reader of the profile, preferably one with waiting items; null if none. In their
   * language unless one is given.
   */
  async forProfile({ id }: Profile, language: Language | null): Promise<PreviewRecipient | null> {
    const candidates = (
      await Promise.all(
        (await this.follows.followers({ kind: 'profile', target: id }))
          .sort()
          .map((r) => this.contexts.findById(r)),
      )
    ).filter((r) => r?.recipient.channel === 'email');
    const all = await Promise.all(candidates.map(async (context) => this.shown(context!, language)));
    return all.find((r) => r.waiting.length > 0) ?? all[0] ?? null;
  }

  /** Returns a hypothetical reader who starts to follow only this profile. */
  async newcomer(
    { id: profileId, language: spoken }: Profile,
    language: Language | null,
  ): Promise<RecipientContext> {
    const since = this.clock.now();
    const fresh = newRecipient(
      {
        channel: 'email',
        owner: '',
        address: 'reader@example.org',
        name: null,
        language: language ?? spoken,
        profileId,
      },
      since,
    );
    const recipient = { ...notStored(fresh), token: NO_TOKEN, linkKey: NO_TOKEN };
    return this.contexts.context(recipient, [
      {
        recipientId: recipient.id,
        kind: 'profile',
        target: profileId,
        origin: 'contact',
        since,
        baselineSeq: '0',
        welcomedAt: null,
        leftAt: null,
      },
    ]);
  }

  private async shown(context: RecipientContext, language: Language | null): Promise<PreviewRecipient> {
    const { id, language: own } = context.recipient;
    const recipient = { ...context.recipient, token: NO_TOKEN, linkKey: NO_TOKEN, language: language ?? own };
    const fresh = context.follows.filter((f) => f.welcomedAt === null);
    return {
      context: fresh.length ? await this.contexts.context(recipient, fresh) : { ...context, recipient },
      isNew: fresh.length > 0,
      waiting: await this.messages.waiting(id),
    };
  }
}
