import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { mailLinkToken, settingsMark, settingsToken, withMailLinks } from '../domain/content/mail-link.js';
import { sha256 } from '../../kernel/hash.js';
import { SEALED, SecretBox } from '../../platform/secrets/secret-box.js';
import { type NotificationEntity, RecipientEntity } from './notification.entity.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { newToken } from '../../platform/access/secret.js';
import {
  openMail,
  sealedMail,
  TransactionalMailEntity,
} from '../../outbox/store/transactional-mail.repository.js';

/** A recipient with decrypted secrets; `locked` if one needs a key that we do not have: it is empty then. */
export type Recipient = RecipientEntity & { locked: boolean };

type Column = 'address' | 'secrets' | 'token' | 'linkKey';
/** Binds a secret to its row and column. */
const placeOf = (column: Column, id: string): string => `recipient.${column}/${id}`;

/**
 * An e-mail address is no secret: it is looked up among profiles and people. A web address is, in its path
 * and query.
 */
const isSecret = ({ owner }: Pick<RecipientEntity, 'owner'>): boolean => owner !== '';

export function openRecipient(box: SecretBox, row: RecipientEntity): Recipient {
  const address = isSecret(row) ? box.open(row.address, placeOf('address', row.id)) : row.address;
  const secrets = row.secrets.map((secret) => box.open(secret, placeOf('secrets', row.id)));
  const token = box.open(row.token, placeOf('token', row.id));
  const linkKey = box.open(row.linkKey, placeOf('linkKey', row.id));
  const locked = [address, token, linkKey, ...secrets].includes(null);
  return {
    ...row,
    address: address ?? '',
    secrets: secrets.filter((secret) => secret !== null),
    token: token ?? '',
    linkKey: linkKey ?? '',
    locked,
  };
}

type Secrets = Partial<Pick<RecipientEntity, Column>>;

/** Returns the given columns of a recipient, sealed, with the hashes for looking them up. */
export function sealedRecipient(
  box: SecretBox,
  { id, owner }: Pick<RecipientEntity, 'id' | 'owner'>,
  { address, secrets, token, linkKey }: Secrets,
): Secrets & Partial<Pick<RecipientEntity, 'addressHash' | 'tokenHash'>> {
  return {
    ...(address !== undefined &&
      (isSecret({ owner })
        ? { address: box.seal(address, placeOf('address', id)), addressHash: sha256(address) }
        : { address })),
    ...(secrets && { secrets: secrets.map((secret) => box.seal(secret, placeOf('secrets', id))) }),
    ...(token !== undefined && { token: box.seal(token, placeOf('token', id)), tokenHash: sha256(token) }),
    // No hash: the links that it signs name the recipient.
    ...(linkKey !== undefined && { linkKey: box.seal(linkKey, placeOf('linkKey', id)) }),
  };
}

type Linked = Pick<NotificationEntity, 'text' | 'html' | 'payload' | 'unsubscribeUrl'>;

/** Changes every text of a message that contains links. */
const changed = <T extends Linked>(message: T, anew: (text: string) => string): T => ({
  ...message,
  text: anew(message.text),
  html: message.html && anew(message.html),
  payload: message.payload && anew(message.payload),
  unsubscribeUrl: anew(message.unsubscribeUrl),
});

/** A token or its placeholder: too long to be confused with a word of a message. */
const LINK = /^[\w-]{16,}$/;
const MARK = /^link-([0-9a-f-]{36})$/;

/** The end of the unsubscribe link, its only secret part. */
const linkIn = ({ unsubscribeUrl }: Linked): string =>
  unsubscribeUrl.slice(unsubscribeUrl.lastIndexOf('/') + 1);

const put = <T extends Linked>(message: T, before: string, link: string): T =>
  changed(message, (text) => text.replaceAll(before, () => link));

/**
 * Replaces the reader's link with a placeholder. It is unknown until the message is written, so no external
 * text can contain it.
 */
export function withMark(message: NotificationEntity): NotificationEntity {
  const link = linkIn(message);
  return LINK.test(link) ? put(message, link, `link-${message.id}`) : message;
}

/** Inserts the reader's links as the message is sent: those that expire are valid from now on. */
export function withLinks(
  message: NotificationEntity,
  reader: Pick<Recipient, 'id' | 'token' | 'linkKey'>,
  now: Date,
): NotificationEntity {
  const [mark, of] = MARK.exec(linkIn(message)) ?? [];
  // A copy sent again has the placeholders of the original, and links of its own.
  if (!mark || !of) return message;
  const own = put(put(message, mark, reader.token), settingsMark(of), settingsToken(reader, now));
  const itemOf = (callId: string): number => message.items.findIndex((item) => item.callId === callId);
  return changed(own, (text) =>
    withMailLinks(text, of, (verdict, callIds) =>
      mailLinkToken(message.id, { verdict, items: callIds.map(itemOf) }, reader.linkKey, now),
    ),
  );
}

/**
 * The result of sealing secrets: how many rows were resealed, and the names of channels whose secrets none of
 * our keys opens.
 */
interface Renewed {
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
