import { CarnotError } from './errors.js';
/**
 * Whom a permanent refusal blames, and so what is done about it: `address` does not exist, and nothing
 * further is sent there; `message` is too large or malformed, and no other try of it can succeed; `us`: every
 * message meets it until someone intervenes; `nobody`: anything else, which may pass. The last two are
 * retried over days.
 */
export type Blame = 'address' | 'us' | 'message' | 'nobody';

/** A recipient is refused before the message was read; afterwards a server judges mostly what it has read. */
export type Stage = 'recipient' | 'message';

/*
 * Enhanced status codes as RFC 3463 and the registry of RFC 5248 define them, and as servers really use them
 * (looked up on 30 November 2026). Answers at the end of DATA, where filters, DMARC and size limits refuse:
 *
 * 550 5.7.1, 5.7.26, 552 5.7.0        us       Gmail (support.google.com/a/answer/3726730)
 * 552 5.2.3, 5.3.4                    message  Gmail, Exchange Online; Postfix's cleanup (cleanup_strerror.c)
 * 550 5.7.509, 5.7.606, 5.7.708       us       Exchange Online (learn.microsoft.com, "non-delivery reports")
 * 550 5.4.1, 5.1.10, 5.4.310          address  Exchange Online, the same page
 * 554 5.2.0 STOREDRV.Deliver          nobody   Exchange Online: mailbox full, busy or damaged
 * 554 5.7.1, 5.7.0                    us       rspamd ("Spam message rejected"), amavis
 * 550 5.7.1                           us       Postfix's cleanup ("message content rejected")
 * 554 5.4.0                           nobody   Postfix's cleanup ("too many hops")
 * 550 without a code                  us       Exim ("Administrative prohibition")
 * 552 without a code, about the size  message  Exim ("Message size exceeds maximum permitted")
 * 552 5.2.0, 550 5.1.0, 5.1.1         us       forpsi.com: spam, SPF, block lists under codes of a mailbox
 * 550 5.6.0                           message  SparkPost's Momentum: headers or lines that are not allowed
 * 554 without a code                  nobody   RFC 5321, 4.2.3: "Transaction failed"
 *
 * To a recipient: 552 5.1.1           nobody   Orange, OFR_417: "Boite du destinataire pleine"
 * 550 without a code                  nobody   cPanel: "has exceeded the max emails per hour"
 */

/** Words of permanent refusals that concern us, not the address: a relay, a block list, a policy. */
const OF_US =
  /relay|block|black-?list|spam|polic|reputation|denied|prohibit|virus|malware|\bspf\b|dkim|dmarc/i;
/** Those that outweigh a code of the mailbox; "access denied" is how Exchange refuses an unknown one. */
const OF_US_FOR_SURE = /block(?:ed|-?list)|black-?list|spam|\bsender\b|\bspf\b|dkim|dmarc/i;
/** A full mailbox is somebody's, and a limit on what we send passes, whatever code a server has for it. */
const OF_LIMITS = /quota|\bfull\b|\bpleine?\b|storage|limit|exceeded|too many/i;
const OF_SIZE = /\bsize\b|too (?:big|large|long)/i;
/** Servers repeat the address, which may hold such words: energy-storage@… */
const ADDRESS = /\S{1,64}@[\w.-]+/g;

/** Details by subject: an address or host that does not exist, and a mailbox that is disabled. */
const OF_ADDRESS: Record<number, number[]> = { 1: [0, 1, 2, 3, 6, 10], 2: [1], 4: [1, 4, 310] };
/** The sender's address. */
const OF_SENDER = [7, 8];

/** Returns what follows the class in an enhanced status code; null if there is no code. */
function subjectAndDetail(status: string | null): [number, number] | null {
  const [, subject, detail] = /^5\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? '') ?? [];
  return subject === undefined ? null : [Number(subject), Number(detail)];
}

/** `status` is like 5.1.1; if it is missing or general, the words decide. */
export function blameOf(status: string | null, answer: string, stage: Stage): Blame {
  const words = answer.replace(ADDRESS, '');
  const [subject, detail] = subjectAndDetail(status) ?? [0, 0];
  if (subject === 7 || (subject === 1 && OF_SENDER.includes(detail))) return 'us';
  if (subject === 6 || (subject === 3 && detail === 4) || (subject === 2 && detail === 3)) return 'message';
  if ((subject === 0 ? OF_US : OF_US_FOR_SURE).test(words)) return 'us';
  if (subject === 0 && OF_SIZE.test(words)) return 'message';
  if (OF_LIMITS.test(words)) return 'nobody';
  if (subject === 0) return stage === 'recipient' ? 'address' : 'nobody';
  const isOfAddress = OF_ADDRESS[subject]?.includes(detail) && !(stage === 'message' && detail === 0);
  return isOfAddress ? 'address' : 'nobody';
}

/** Returns the enhanced status code of an SMTP reply, as in `550 5.1.1 no such user`; null if none. */
export const statusOfReply = (reply: string): string | null =>
  /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})(?= |$)/.exec(reply)?.[1] ?? null;

/** The error kind for an address where nothing can be delivered any more. */
export const ADDRESS_GONE = 'AddressGone';

/** The error for a dead address: `words` are those of the server that said so. */
export const addressGone = (words: string): CarnotError => new CarnotError(ADDRESS_GONE, words, 'never');

export const isAddressGone = (error: unknown): boolean =>
  error instanceof CarnotError && error.kind === ADDRESS_GONE;
