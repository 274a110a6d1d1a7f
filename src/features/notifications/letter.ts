import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { changeSentences } from '../../domain/notification/change-sentences.js';
import { renderDigest, type DigestItem, type SourceAge } from '../../domain/notification/digest.js';
import type { Clock } from '../../domain/ports.js';
import type { Contact, Language } from '../../domain/profile/profile.js';
import type { NotificationEntity } from '../../persistence/entities/notification.entity.js';
import type { ProfileEntity } from '../../persistence/entities/profile.entity.js';
import type { RecipientEntity } from '../../persistence/entities/recipient.entity.js';
import { SourceRepository } from '../../persistence/repositories/source.repository.js';
import type { Environment } from '../../platform/config/environment.js';
import { messageIdOf } from '../../platform/mail/message-id.js';
import { CLOCK, ENVIRONMENT, SOURCE_NAMES } from '../../platform/tokens.js';
import type { News } from '../../persistence/repositories/news.repository.js';

export interface Letter {
  kind: 'first' | 'digest';
  /** With profile and contact it makes the letter one: the date of the digest, or `first`. */
  occasion: string;
  profile: ProfileEntity;
  contact: Contact;
  recipient: RecipientEntity;
  news: News[];
  /** Calls that are still to open, shortly named. */
  coming: News[];
  more: number;
}

/** A token for the link that stops the mails: as long as a password that nobody guesses, since it is the only credential. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** Writes mails: a snapshot that does not change under the reader. */
@Injectable()
export class LetterWriter {
  constructor(
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SOURCE_NAMES) private readonly sourceNames: ReadonlyMap<string, string>,
    private readonly sources: SourceRepository,
  ) {}

  async write(letter: Letter): Promise<NotificationEntity> {
    const { profile, recipient } = letter;
    const contact = { ...letter.contact, language: letter.contact.language ?? profile.content.language };
    const id = randomUUID();
    const unsubscribeUrl = `${this.env.PUBLIC_URL}/unsubscribe/${recipient.token}`;
    const rendered = renderDigest({
      kind: letter.kind, contact, profile: { id: profile.id, name: profile.content.name },
      items: letter.news.map((n) => this.item(n, contact.language)),
      coming: letter.coming.map((n) => this.item(n, contact.language)), more: letter.more, sources: await this.ages(), inboxUrl: `${this.env.PUBLIC_URL}/institutes/${profile.id}/inbox`, unsubscribeUrl,
      sample: letter.news.some(({ call }) => call.content.title.startsWith('[SAMPLE]')), now: this.clock.now(),
    });
    return {
      id, key: `${profile.id}/${recipient.email}/${letter.occasion}`, kind: letter.kind, profileId: profile.id, email: recipient.email,
      contactName: contact.name, ...rendered, unsubscribeUrl, messageId: messageIdOf(id, this.env),
      items: letter.news.map(({ match, call }) => ({ callId: call.id, seq: call.seq, matchId: match.id, score: match.score, title: call.content.title })),
      more: letter.more, state: 'pending', attempts: 0, error: null, createdAt: this.clock.now(),
      claimedAt: null, nextTryAt: null, sentAt: null, sentWhere: null,
    };
  }

  private item({ call, match, changes, stood }: News, language: Language): DigestItem {
    return {
      callId: call.id, call: call.content, match: match.result, changes: changeSentences(changes, language, call.content), stood,
    };
  }

  private async ages(): Promise<SourceAge[]> {
    const known = (await this.sources.all()).filter((s) => this.sourceNames.has(s.id));
    return known.map((s) => ({ name: this.sourceNames.get(s.id)!, lastGoodRunAt: s.lastGoodRunAt, state: s.state }));
  }
}
