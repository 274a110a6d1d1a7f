import { createHmac, timingSafeEqual } from 'node:crypto';
import { dayAfter } from '../../../access/domain/index.js';

/**
 * A message may lie unread for a quarter; a mailbox or an archive that is read by another later opens
 * nothing.
 */
export const SETTINGS_LINK_DAYS = 90;

/** Whose link it is, and with what it is signed: a key that leaves in no message. */
interface Owner {
  id: string;
  linkKey: string;
}
interface Read {
  id: string;
  until: string;
  mac: string;
}

const FORM = /^([0-9a-f-]{36})\.([0-9a-z]{1,12})\.([\w-]{43})$/;

const macOf = ({ id, linkKey }: Owner, until: string): string =>
  createHmac('sha256', linkKey).update(`${id}.${until}`).digest('base64url');

/** What stands in a link to "my messages" that is written now. */
export function settingsToken(owner: Owner, now: Date): string {
  const until = Math.floor(dayAfter(now, SETTINGS_LINK_DAYS).getTime() / 1_000).toString(36);
  return `${owner.id}.${until}.${macOf(owner, until)}`;
}

/**
 * What stands in its place in a message that waits to leave. Nobody knows it before the message is written,
 * so that no text of others holds it.
 */
export const settingsMark = (messageId: string): string => `settings-${messageId}`;

/** The parts of such a token; null where it is none. */
export function readSettingsToken(token: string): Read | null {
  const [, id, until, mac] = FORM.exec(token) ?? [];
  return id && until && mac ? { id, until, mac } : null;
}

/** Whether the time of a link is over, whoever's it is. */
export const isOver = ({ until }: Pick<Read, 'until'>, now: Date): boolean =>
  parseInt(until, 36) * 1_000 <= now.getTime();

/**
 * Whether a token is the owner's, which nobody's is whose key cannot be read: in a time that does not tell
 * how much of it is right, and whether its time is over.
 */
export function settingsTokenState(
  { until, mac }: Read,
  owner: Owner,
  now: Date,
): 'good' | 'expired' | 'wrong' {
  if (owner.linkKey === '' || !timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(owner, until))))
    return 'wrong';
  return isOver({ until }, now) ? 'expired' : 'good';
}
