import { type PersonRole, roleHolds } from '../../../kernel/actor.js';
import { endAfter, isSigned, signatureOf } from '../signed-link.js';

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

interface Read {
  message: string;
  use: LinkUse;
  /** The part of the token that is signed. */
  said: string;
  until: string;
  mac: string;
}

const FORM =
  /^(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([rn]\d{1,3}(?:-\d{1,3}){0,99})\.([0-9a-z]{1,9}))\.([\w-]{43})$/;

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
export function readMailLink(token: string): Read | null {
  const [, said, message, use, until, mac] = FORM.exec(token) ?? [];
  return said && message && use && until && mac ? { message, use: useOf(use), said, until, mac } : null;
}

/** Whether that reader's key signed it. */
export const isOfReader = ({ said, mac }: Read, linkKey: string): boolean =>
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
