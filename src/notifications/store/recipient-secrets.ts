import { settingsMark, settingsToken } from '../domain/preferences/settings-link.js';
import { sha256 } from '../../calls/domain/index.js';
import type { SecretBox } from '../../platform/secrets/secret-box.js';
import type { NotificationEntity } from './notification.entity.js';
import type { RecipientEntity } from './recipient.entity.js';

/**
 * A recipient whose secrets are open; `locked` where one of them was sealed with a key that is not ours: then
 * it stands empty.
 */
export type Recipient = RecipientEntity & { locked: boolean };

type Column = 'address' | 'secrets' | 'token' | 'linkKey';
/** What binds a secret to its row and column. */
const placeOf = (column: Column, id: string): string => `recipient.${column}/${id}`;

/**
 * The address of a mail is no secret: it is looked for in profiles and people. One on the web is, its path
 * and its query.
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

/** The columns of what is given of a recipient, sealed, with the hashes by which it is found. */
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
    // It needs no hash: the links that it signs name the recipient.
    ...(linkKey !== undefined && { linkKey: box.seal(linkKey, placeOf('linkKey', id)) }),
  };
}

type Linked = Pick<NotificationEntity, 'text' | 'html' | 'payload' | 'unsubscribeUrl'>;

/** A token, or the mark in its place: long enough that no word of a message is taken for it. */
const LINK = /^[\w-]{16,}$/;
const MARK = /^link-([0-9a-f-]{36})$/;

/** The end of the links that stop the messages, which alone is secret of them. */
const linkIn = ({ unsubscribeUrl }: Linked): string =>
  unsubscribeUrl.slice(unsubscribeUrl.lastIndexOf('/') + 1);

function put<T extends Linked>(message: T, before: string, link: string): T {
  const anew = (text: string): string => text.replaceAll(before, () => link);
  const { text, html, payload, unsubscribeUrl } = message;
  return {
    ...message,
    text: anew(text),
    html: html && anew(html),
    payload: payload && anew(payload),
    unsubscribeUrl: anew(unsubscribeUrl),
  };
}

/**
 * A message with a mark where its reader's link stands. Nobody outside knows the mark before the message is
 * written, so that no text of others holds it.
 */
export function withMark(message: NotificationEntity): NotificationEntity {
  const link = linkIn(message);
  return LINK.test(link) ? put(message, link, `link-${message.id}`) : message;
}

/** A message with its reader's links, as it leaves: that to their choices is good from now on. */
export function withLinks(
  message: NotificationEntity,
  reader: Pick<Recipient, 'id' | 'token' | 'linkKey'>,
  now: Date,
): NotificationEntity {
  const [mark, of] = MARK.exec(linkIn(message)) ?? [];
  // A copy that is sent again holds the marks of the first.
  return mark && of
    ? put(put(message, mark, reader.token), settingsMark(of), settingsToken(reader, now))
    : message;
}
