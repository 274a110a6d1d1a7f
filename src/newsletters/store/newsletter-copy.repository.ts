import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UNSUBSCRIBED } from '../../notifications/domain/delivery/channel.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
  WHY_LEFT_OUT,
} from '../../outbox/store/transactional-mail.repository.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import type { LeftOut } from '../domain/reader.js';
import { type Edited, NewsletterEntity } from './newsletter.repository.js';
import { NewsletterCopyEntity, NewsletterReaderEntity } from './newsletter-reader.repository.js';

/** Whom a newsletter reached, and whom it did not. */
export interface Reached {
  had: number;
  waiting: number;
  failed: number;
  leftOut: Partial<Record<LeftOut, number>>;
}

/** A reader behind a link, and what they read. */
export interface Leaving {
  reader: NewsletterReaderEntity;
  newsletter: Pick<NewsletterEntity, 'language'>;
  institute: string;
}

/** So many are written at once: e-mails that somebody waits for are sent in between. */
const AT_ONCE = 20;

/** The copies of newsletters that were sent: one for each reader. */
@Injectable()
export class NewsletterCopyRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  /**
   * Notes that this version of a newsletter is sent, as it is, to those who are on its list now. Sent twice,
   * it is sent once. `count` gets the number of those who are written to; where it throws, nothing is stored.
   */
  async send(
    { profileId, id, version }: Pick<NewsletterEntity, 'profileId' | 'id' | 'version'>,
    { html, text }: { html: string; text: string },
    edited: Edited,
    count: (copies: number) => Promise<void>,
  ): Promise<'sent' | 'already' | 'changed' | 'nobody'> {
    return this.database
      .transaction(async (tx) => {
        const newsletter = await tx.findOneOrFail(NewsletterEntity, {
          where: { profileId, id },
          lock: { mode: 'pessimistic_write' },
        });
        if (newsletter.version !== version) return 'changed';
        if (newsletter.issuedAt) return newsletter.sentAt ? 'already' : 'changed';
        const copies: { leftOut: LeftOut | null }[] = await tx.query(
          `INSERT INTO newsletter_copy (id, profile_id, newsletter_id, reader_id, created_at, left_out)
         SELECT gen_random_uuid(), r.profile_id, $2, r.id, $4, ${WHY_LEFT_OUT} FROM newsletter_reader r
          WHERE r.profile_id = $1 AND lower(r.list) = lower($3) AND r.removed_at IS NULL RETURNING left_out AS "leftOut"`,
          [profileId, id, newsletter.list, edited.updatedAt],
        );
        const written = copies.filter(({ leftOut }) => leftOut === null).length;
        if (written === 0) throw new Nobody();
        await count(written);
        const sent = { issuedAt: edited.updatedAt, sentAt: edited.updatedAt, sentHtml: html, sentText: text };
        await tx.update(NewsletterEntity, { id }, { ...sent, ...edited });
        return 'sent' as const;
      })
      .catch((error: unknown) => {
        if (error instanceof Nobody) return 'nobody';
        throw error;
      });
  }

  /** Returns the newsletters of which copies have still to be written. */
  async unfinished(): Promise<{ profileId: string; newsletterId: string }[]> {
    return this.database.query(
      `SELECT DISTINCT profile_id AS "profileId", newsletter_id AS "newsletterId" FROM newsletter_copy WHERE mail_id IS NULL AND left_out IS NULL`,
    );
  }

  /** Returns some copies of a newsletter that have still to be written. */
  async unwritten(newsletterId: string): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      'SELECT id FROM newsletter_copy WHERE newsletter_id = $1 AND mail_id IS NULL AND left_out IS NULL ORDER BY id LIMIT $2',
      [newsletterId, AT_ONCE],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Writes a copy, once, however many try: `mail` makes the e-mail to its reader. Who may no longer be
   * written to is left out. Returns the id of the e-mail; null if there is none to be sent.
   */
  async write(
    copyId: string,
    tokenHash: string,
    mail: (reader: NewsletterReaderEntity) => NewTransactionalMail,
  ): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const copy = await tx.findOne(NewsletterCopyEntity, {
        where: { id: copyId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!copy || copy.mailId !== null || copy.leftOut !== null) return null;
      const reader = await tx.findOneByOrFail(NewsletterReaderEntity, { id: copy.readerId });
      const [{ why }]: [{ why: LeftOut | null }] = await tx.query(
        `SELECT ${WHY_LEFT_OUT} AS why FROM newsletter_reader r WHERE r.id = $1`,
        [reader.id],
      );
      const leftOut = why ?? ((await isRefused(tx, reader.address)) ? 'stopped' : null);
      if (leftOut) {
        await tx.update(NewsletterCopyEntity, { id: copyId }, { leftOut });
        return null;
      }
      const written = mail(reader);
      await this.mails.write(written, tx);
      await tx.update(NewsletterCopyEntity, { id: copyId }, { mailId: written.id, tokenHash });
      return written.id;
    });
  }

  async reached(newsletterId: string): Promise<Reached> {
    const rows: { leftOut: LeftOut | null; state: string | null; copies: number }[] =
      await this.database.query(
        `SELECT c.left_out AS "leftOut", m.state, count(*)::int AS copies FROM newsletter_copy c LEFT JOIN transactional_mail m ON m.id = c.mail_id
          WHERE c.newsletter_id = $1 GROUP BY 1, 2`,
        [newsletterId],
      );
    const reached: Reached = { had: 0, waiting: 0, failed: 0, leftOut: {} };
    for (const { leftOut, state, copies } of rows)
      if (leftOut) reached.leftOut[leftOut] = (reached.leftOut[leftOut] ?? 0) + copies;
      else if (state === 'sent') reached.had += copies;
      else if (state === 'failed') reached.failed += copies;
      else reached.waiting += copies;
    return reached;
  }

  /** Returns who has the link with this hash, also once they have left; null if nobody has. */
  async byToken(tokenHash: string): Promise<Leaving | null> {
    const copy = await this.database.getRepository(NewsletterCopyEntity).findOneBy({ tokenHash });
    if (!copy) return null;
    const reader = await this.database
      .getRepository(NewsletterReaderEntity)
      .findOneByOrFail({ id: copy.readerId });
    const [{ language, institute }]: [{ language: NewsletterEntity['language']; institute: string }] =
      await this.database.query(
        `SELECT n.language, p.content->>'name' AS institute FROM newsletter n JOIN profile p ON p.id = n.profile_id WHERE n.id = $1`,
        [copy.newsletterId],
      );
    return { reader, newsletter: { language }, institute };
  }

  /** Notes that a reader leaves their list; the first time counts. */
  async leave(readerId: string, now: Date): Promise<void> {
    await this.database.query('UPDATE newsletter_reader SET left_at = $2 WHERE id = $1 AND left_at IS NULL', [
      readerId,
      now,
    ]);
  }

  /** Notes that a reader wants to be on the list again that they left. */
  async comeBack(readerId: string): Promise<void> {
    await this.database.query(`UPDATE newsletter_reader SET left_at = NULL WHERE id = $1 AND address <> ''`, [
      readerId,
    ]);
  }
}

/** Whether a mail server said that an address does not exist, whoever wrote there. */
async function isRefused(tx: EntityManager, address: string): Promise<boolean> {
  const rows: unknown[] = await acrossInstitutes('no newsletter goes to an address that does not exist', () =>
    tx.query(
      `SELECT FROM recipient WHERE channel = 'email' AND owner = '' AND address = $1 AND stopped_at IS NOT NULL AND stopped_why <> $2`,
      [address, UNSUBSCRIBED],
    ),
  );
  return rows.length > 0;
}

/** Undoes the transaction in which a newsletter was sent to nobody. */
class Nobody extends Error {}
