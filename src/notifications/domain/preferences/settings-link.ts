import { endAfter, isExpired, isSigned, signatureOf } from '../signed-link.js';

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

/** Returns a token for a settings link that starts now. */
export function settingsToken(owner: Owner, now: Date): string {
  const said = `${owner.id}.${endAfter(SETTINGS_LINK_DAYS, now)}`;
  return `${said}.${signatureOf(said, owner.linkKey)}`;
}

/** Its placeholder in a queued message. Unknown before that is written, so no external text contains it. */
export const settingsMark = (messageId: string): string => `settings-${messageId}`;

/** Parses a token; returns null if it is malformed. */
export function readSettingsToken(token: string): Read | null {
  const [, id, until, mac] = FORM.exec(token) ?? [];
  return id && until && mac ? { id, until, mac } : null;
}

/**
 * Checks a token's signature in constant time, then its expiry. If the owner's key cannot be read, no token
 * is valid.
 */
export function settingsTokenState(
  { until, mac }: Read,
  owner: Owner,
  now: Date,
): 'good' | 'expired' | 'wrong' {
  if (!isSigned(`${owner.id}.${until}`, mac, owner.linkKey)) return 'wrong';
  return isExpired(until, now) ? 'expired' : 'good';
}
