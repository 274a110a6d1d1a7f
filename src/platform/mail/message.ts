import type { SendMailOptions } from 'nodemailer';
import { CarnotError } from '../../kernel/errors.js';
import type { Mail } from '../../kernel/ports.js';

/**
 * Returns the Message-ID of one of our e-mails, without angle brackets: the same however often it is sent,
 * with our public host name.
 */
export const messageIdOf = (name: string, { PUBLIC_URL }: { PUBLIC_URL: string }): string =>
  `${name}@${new URL(PUBLIC_URL).hostname}`;

/** The sender of our e-mails. */
export type Sender = Mail['to'];

/** An address valid in a header and in the envelope: no white space, no quoting, no list, exactly one @. */
const ADDRESS = /^[^\s\p{C}<>()[\]\\,;:"@]+@[^\s\p{C}<>()[\]\\,;:"@]+$/u;
const MESSAGE_ID = /^[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f\x41-\x7e]+$/;
const LONGEST_MESSAGE_ID = 200;

/**
 * The only place where an e-mail becomes a message, so that files show exactly what is sent. Its content
 * cannot add headers: line breaks are removed from names and subjects, and an invalid address or id refuses
 * the whole e-mail.
 */
export function messageOf(mail: Mail, from: Sender, date: Date): SendMailOptions {
  return {
    from: mailbox({ ...from, name: mail.fromName ?? from.name }),
    to: mailbox(mail.to),
    ...(mail.replyTo !== null && { replyTo: mailbox({ name: null, address: mail.replyTo }) }),
    subject: headerText(mail.subject),
    messageId: `<${checkedMessageId(mail.messageId)}>`,
    ...threadOf(mail.threads ?? []),
    date,
    text: mail.text,
    html: mail.html,
    headers: {
      ...(mail.unsubscribeUrl !== null && unsubscribeHeaders(mail.unsubscribeUrl)),
      // Suppresses out-of-office replies (RFC 3834), which nobody would read.
      ...(mail.replyTo === null && { 'Auto-Submitted': 'auto-generated' }),
    },
    xMailer: false,
    // External text must never make nodemailer read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** RFC 5322, 3.6.4: the reply is to the newest message of the thread. */
function threadOf(ids: string[]): Pick<SendMailOptions, 'references' | 'inReplyTo'> {
  const checked = ids.map((id) => `<${checkedMessageId(id)}>`);
  return checked.length ? { references: checked, inReplyTo: checked.at(-1)! } : {};
}

function mailbox({ name, address }: Sender): { name: string; address: string } {
  if (!ADDRESS.test(address)) throw refused('an address is not valid');
  return { name: headerText(name ?? ''), address };
}

function headerText(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function checkedMessageId(id: string): string {
  if (id.length > LONGEST_MESSAGE_ID || !MESSAGE_ID.test(id)) throw refused('the message id is not one');
  return id;
}

function unsubscribeHeaders(address: string): Record<string, { prepared: true; value: string }> {
  return {
    // Already prepared: folding or encoding would break the address.
    'List-Unsubscribe': { prepared: true, value: `<${unsubscribeAddress(address)}>` },
    'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
  };
}

function unsubscribeAddress(address: string): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw refused('the address to unsubscribe is not an http(s) address');
  }
  return new URL(address).href;
}

/** Omits the value: it may be someone's address, and logs are read by many. */
function refused(what: string): CarnotError {
  return new CarnotError('MailRefused', `e-mail not sent: ${what}`, 'never');
}
