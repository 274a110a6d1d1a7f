import { mailLinkToken, withMailLinks } from '../domain/content/mail-link.js';
import { settingsMark, settingsToken } from '../domain/preferences/settings-link.js';
import { sha256 } from '../../kernel/hash.js';
import type { SecretBox } from '../../platform/secrets/secret-box.js';
import type { NotificationEntity } from './notification.entity.js';
import type { RecipientEntity } from './recipient.entity.js';

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
