import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { SignInLinkEntity } from './sign-in.entity.js';

type NewLink = Pick<SignInLinkEntity, 'tokenHash' | 'personId' | 'createdAt' | 'expiresAt' | 'next'>;

@Injectable()
export class SignInLinkRepository {
  constructor(private readonly database: DataSource) {}

  /** Runs `work` in one transaction, so that a link and its e-mail are stored together or not at all. */
  together<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  async add(link: NewLink, tx: EntityManager = this.database.manager): Promise<void> {
    await tx.insert(SignInLinkEntity, { ...link, usedAt: null });
  }

  /** Returns a link that would still sign in, without changing anything. */
  async usable(tokenHash: string, now: Date): Promise<SignInLinkEntity | null> {
    const link = await this.database.getRepository(SignInLinkEntity).findOneBy({ tokenHash });
    return link && link.usedAt === null && link.expiresAt > now ? link : null;
  }

  /** Takes a link, once only; null if it is used, expired or unknown. */
  async use(tokenHash: string, now: Date): Promise<SignInLinkEntity | null> {
    const rows: [{ token_hash: string }[], number] = await this.database.query(
      'UPDATE sign_in_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING token_hash',
      [tokenHash, now],
    );
    return rows[1] ? this.database.getRepository(SignInLinkEntity).findOneBy({ tokenHash }) : null;
  }

  async forget(before: Date): Promise<void> {
    await this.database.query('DELETE FROM sign_in_link WHERE expires_at < $1', [before]);
  }
}

/** A person's subscriptions, which end when they leave; implemented by the notifications. */
export abstract class MessagesOfPerson {
  /** Ends a person's subscriptions in `tx`; returns how many there were. */
  abstract leave(tx: EntityManager, personId: string, now: Date): Promise<number>;

  /** Returns the names of an institute's active channels, which continue whoever leaves. */
  abstract channelsOf(profileId: string): Promise<string[]>;
}
