import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { newToken } from '../../platform/access/secret.js';
import { SEALED, SecretBox } from '../../platform/secrets/secret-box.js';
import { TransactionalMailEntity } from '../../outbox/store/transactional-mail.entity.js';
import { RecipientEntity } from './recipient.entity.js';
import { openMail, sealedMail } from '../../outbox/store/transactional-mail.repository.js';
import { openRecipient, sealedRecipient } from './recipient-secrets.js';

/**
 * The result of sealing secrets: how many rows were resealed, and the names of channels whose secrets none of
 * our keys opens.
 */
export interface Renewed {
  sealed: number;
  locked: string[];
}

/** All stored secrets together: sealed after an update, and resealed after a key change. */
@Injectable()
export class StoredSecrets implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  /** Once the program runs, no secret is stored in plain text. */
  async onModuleInit(): Promise<void> {
    const { locked } = await acrossInstitutes('the secrets of channels are sealed', () => this.seal());
    if (locked.length)
      new Logger('Secrets').error(
        `These channels were stored with another SECRET_KEY, so nothing is sent there: ${locked.join(', ')}. ` +
          'Fix: Set SECRET_KEY (or SECRET_KEY_BEFORE) to the earlier key; if it is lost, enter their addresses and secrets again in Channels.',
      );
  }

  /** Seals secrets still stored in plain text. What another key has sealed stays unchanged. */
  seal(): Promise<Renewed> {
    return this.renew(SEALED);
  }

  /** Reseals everything sealed by an earlier key with the current one. */
  rotate(): Promise<Renewed> {
    return this.renew(this.box.present);
  }

  /**
   * Works row by row, each under its lock: others may write meanwhile, and an interrupted run continues next
   * time.
   */
  private async renew(good: string): Promise<Renewed> {
    const renewed: Renewed = { sealed: 0, locked: [] };
    const isGood = (column: string): string => `starts_with(${column}, $1)`;
    const recipients: { id: string }[] = await this.database.query(
      `SELECT id FROM recipient WHERE NOT ${isGood('token')} OR NOT ${isGood('link_key')} OR (owner <> '' AND NOT ${isGood('address')}) OR EXISTS (SELECT FROM unnest(secrets) s WHERE NOT ${isGood('s')})
          OR NOT starts_with(token, $2) OR NOT starts_with(link_key, $2) OR (owner <> '' AND NOT starts_with(address, $2)) ORDER BY id`,
      [good, this.box.present],
    );
    for (const { id } of recipients) await this.recipient(id, good, renewed);
    const mails: { id: string }[] = await this.database.query(
      `SELECT id FROM transactional_mail WHERE (text <> '' AND NOT ${isGood('text')}) OR (html <> '' AND NOT ${isGood('html')}) OR NOT ${isGood('unsubscribe_url')} ORDER BY id`,
      [good],
    );
    for (const { id } of mails) await this.transactionalMail(id, renewed);
    return renewed;
  }

  private async recipient(id: string, good: string, renewed: Renewed): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await tx.findOne(RecipientEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!row) return;
      const { token, linkKey, address, secrets } = openRecipient(this.box, row);
      const lost = {
        address: row.owner !== '' && address === '',
        secrets: secrets.length < row.secrets.length,
      };
      if (lost.address || lost.secrets) renewed.locked.push(row.name ?? row.id);
      const anew = {
        ...(!lost.address && row.owner !== '' && !row.address.startsWith(good) && { address }),
        ...(!lost.secrets && row.secrets.some((secret) => !secret.startsWith(good)) && { secrets }),
        ...(token === '' ? { token: newToken() } : !row.token.startsWith(good) && { token }),
        // Links it has signed become invalid: the next message brings another.
        ...(linkKey === '' ? { linkKey: newToken() } : !row.linkKey.startsWith(good) && { linkKey }),
      };
      if (!Object.keys(anew).length) return;
      // Links in e-mails sent earlier are still known by hash; new e-mails need a token that can be written
      // out.
      const before =
        token === '' && row.tokenHash !== null
          ? { tokenHashesBefore: [...row.tokenHashesBefore, row.tokenHash] }
          : {};
      await tx.update(RecipientEntity, { id }, { ...sealedRecipient(this.box, row, anew), ...before });
      renewed.sealed += 1;
    });
  }

  private async transactionalMail(id: string, renewed: Renewed): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await tx.findOne(TransactionalMailEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      const open = row && openMail(this.box, row);
      if (!open) return;
      await tx.update(TransactionalMailEntity, { id }, sealedMail(this.box, open));
      renewed.sealed += 1;
    });
  }
}
