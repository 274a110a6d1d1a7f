import { createHmac, timingSafeEqual } from 'node:crypto';
import { dayAfter } from '../../../kernel/lifetimes.js';

/** A message may stay unread for a quarter; later, access to a mailbox or an archive opens nothing. */
export const SETTINGS_LINK_DAYS = 90;

/** The owner of a link, with the key that signs it, which no message contains. */
interface Owner {
  id: string;
  linkKey: string;
}
interface Read {
  id: string;
  until: string;
  mac: string;
}

const FORM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-z]{1,12})\.([\w-]{43})$/;

const macOf = ({ id, linkKey }: Owner, until: string): string =>
  createHmac('sha256', linkKey).update(`${id}.${until}`).digest('base64url');

/** Returns a token for a settings link that starts now. */
export function settingsToken(owner: Owner, now: Date): string {
  const until = Math.floor(dayAfter(now, SETTINGS_LINK_DAYS).getTime() / 1_000).toString(36);
  return `${owner.id}.${until}.${macOf(owner, until)}`;
}

/** Its placeholder in a queued message. Unknown before that is written, so no external text contains it. */
export const settingsMark = (messageId: string): string => `settings-${messageId}`;

/** Parses a token; returns null if it is malformed. */
export function readSettingsToken(token: string): Read | null {
  const [, id, until, mac] = FORM.exec(token) ?? [];
  return id && until && mac ? { id, until, mac } : null;
}

/** Whether a link has expired, whoever it belongs to. */
export const isOver = ({ until }: Pick<Read, 'until'>, now: Date): boolean =>
  parseInt(until, 36) * 1_000 <= now.getTime();

/**
 * Checks a token's signature in constant time, then its expiry. If the owner's key cannot be read, no token
 * is valid.
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
