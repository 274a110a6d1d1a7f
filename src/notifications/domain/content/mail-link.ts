import { createHmac, timingSafeEqual } from 'node:crypto';
import { dayAfter } from '../../../kernel/lifetimes.js';
import { type PersonRole, roleHolds } from '../../../kernel/actor.js';

/** Returns the end of a link that starts now, as its token carries it: seconds in base 36. */
const endAfter = (days: number, now: Date): string =>
  Math.floor(dayAfter(now, days).getTime() / 1_000).toString(36);

/** Whether a link with this end has expired, whoever it belongs to. */
export const isExpired = (end: string, now: Date): boolean => parseInt(end, 36) * 1_000 <= now.getTime();

/** Returns the signature of a token by its reader's key, which no message contains. */
const signatureOf = (said: string, linkKey: string): string =>
  createHmac('sha256', linkKey).update(said).digest('base64url');

/** Whether that key signed it, compared in constant time. A key that cannot be read is empty: none did. */
const isSigned = (said: string, signature: string, linkKey: string): boolean =>
  linkKey !== '' && timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(said, linkKey)));

/** A digest may wait for a holiday to end; later, access to a mailbox or an archive decides nothing. */
export const MAIL_LINK_DAYS = 30;

/** The decisions that a mail offers, by the letter that stands for them in a link. */
const LETTERS = { relevant: 'r', not: 'n' } as const;
export type LinkedVerdict = keyof typeof LETTERS;
export const LINKED_VERDICTS = Object.keys(LETTERS) as LinkedVerdict[];

/** What a link of a message is for: one decision on some of its calls, by their places in it. */
export interface LinkUse {
  verdict: LinkedVerdict;
  items: number[];
}

/** Whether somebody decides for an institute: only their messages have such links, and only they use them. */
export const decidesFor = (
  { role, profileId }: { role: PersonRole; profileId: string | null },
  institute: string | null,
): boolean => institute !== null && profileId === institute && roleHolds(role, 'decision.write');

interface ReadMailLink {
  message: string;
  use: LinkUse;
  /** The part of the token that is signed. */
  said: string;
  until: string;
  mac: string;
}

const FORM =
  /^(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([rn]\d{1,3}(?:-\d{1,3})*)\.([0-9a-z]{1,9}))\.([\w-]{43})$/;

/** What is signed: the same key signs settings links, whose text cannot begin like this. */
const signedText = (said: string): string => `mail-link.${said}`;

const useOf = (text: string): LinkUse => ({
  verdict: text.startsWith(LETTERS.relevant) ? 'relevant' : 'not',
  items: text.slice(1).split('-').map(Number),
});

/** Returns a token for a link of a message that is sent now. No message contains its reader's `linkKey`. */
export function mailLinkToken(
  message: string,
  { verdict, items }: LinkUse,
  linkKey: string,
  now: Date,
): string {
  const said = `${message}.${LETTERS[verdict]}${items.join('-')}.${endAfter(MAIL_LINK_DAYS, now)}`;
  return `${said}.${signatureOf(signedText(said), linkKey)}`;
}

/** Parses a token; returns null if it is malformed. */
export function readMailLink(token: string): ReadMailLink | null {
  const [, said, message, use, until, mac] = FORM.exec(token) ?? [];
  return said && message && use && until && mac ? { message, use: useOf(use), said, until, mac } : null;
}

/** Whether that reader's key signed it. */
export const isOfReader = ({ said, mac }: ReadMailLink, linkKey: string): boolean =>
  isSigned(signedText(said), mac, linkKey);

/** Its placeholder in a queued message. Unknown before that is written, so no external text contains it. */
export const decideMark = (message: string, verdict: LinkedVerdict, callIds: readonly string[]): string =>
  `decide-${message}-${verdict}-${callIds.join('_')}`;

const MARKS = /decide-([0-9a-f-]{36})-(relevant|not)-([0-9a-f-]{36}(?:_[0-9a-f-]{36})*)/g;

/** Replaces the placeholders that a message was written with; `tokenOf` gets the decision and the calls. */
export const withMailLinks = (
  text: string,
  message: string,
  tokenOf: (verdict: LinkedVerdict, callIds: string[]) => string,
): string =>
  text.replace(MARKS, (mark, of: string, verdict: LinkedVerdict, callIds: string) =>
    of === message ? tokenOf(verdict, callIds.split('_')) : mark,
  );

/** A message may stay unread for a quarter; later, access to a mailbox or an archive opens nothing. */
export const SETTINGS_LINK_DAYS = 90;

/** The owner of a link, with the key that signs it, which no message contains. */
interface Owner {
  id: string;
  linkKey: string;
}
interface ReadSettingsToken {
  id: string;
  until: string;
  mac: string;
}

const SETTINGS_FORM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-z]{1,12})\.([\w-]{43})$/;

/** Returns a token for a settings link that starts now. */
export function settingsToken(owner: Owner, now: Date): string {
  const said = `${owner.id}.${endAfter(SETTINGS_LINK_DAYS, now)}`;
  return `${said}.${signatureOf(said, owner.linkKey)}`;
}

/** Its placeholder in a queued message. Unknown before that is written, so no external text contains it. */
export const settingsMark = (messageId: string): string => `settings-${messageId}`;

/** Parses a token; returns null if it is malformed. */
export function readSettingsToken(token: string): ReadSettingsToken | null {
  const [, id, until, mac] = SETTINGS_FORM.exec(token) ?? [];
  return id && until && mac ? { id, until, mac } : null;
}

/**
 * Checks a token's signature in constant time, then its expiry. If the owner's key cannot be read, no token
 * is valid.
 */
export function settingsTokenState(
  { until, mac }: ReadSettingsToken,
  owner: Owner,
  now: Date,
): 'good' | 'expired' | 'wrong' {
  if (!isSigned(`${owner.id}.${until}`, mac, owner.linkKey)) return 'wrong';
  return isExpired(until, now) ? 'expired' : 'good';
}
