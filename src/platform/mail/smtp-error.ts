import { types } from 'node:util';
import type { NodemailerError } from 'nodemailer';
import { CarnotError, type RetryPolicy } from '../../kernel/errors.js';
import { ADDRESS_GONE, blamesAddress, blamesUs, statusOfReply } from '../../notifications/domain/index.js';
import type { SmtpServerAddress } from './smtp-server-address.js';

type Verdict = [
  kind: 'MailDeferred' | 'MailRefused' | 'MailAuth' | 'MailSetup' | typeof ADDRESS_GONE,
  retryPolicy: RetryPolicy,
];

const DEFERRED: Verdict = ['MailDeferred', 'later'];
const REFUSED: Verdict = ['MailRefused', 'never'];
const GONE: Verdict = [ADDRESS_GONE, 'never'];
const AUTH: Verdict = ['MailAuth', 'person'];
const SETUP: Verdict = ['MailSetup', 'person'];

/** Replies that speak of who logs in, whatever command they answer (RFC 4954). */
const AUTH_REPLIES = [530, 534, 535, 538];
const LONGEST_MESSAGE = 300;

/**
 * What went wrong, and what to do about it. A server's "not now" and a connection that failed are tried
 * later; a message that is refused for good never again, nor any other to an address at which there is
 * nobody; the log-in, the sender's address and encryption need a person, because every mail would meet the
 * same. The text holds the server's words, never the password, nor what `clean` takes out.
 */
export function smtpError(
  thrown: unknown,
  server: SmtpServerAddress,
  clean = (text: string): string => text,
): CarnotError {
  if (thrown instanceof CarnotError) return thrown;
  // Not instanceof: within jest the errors of Node's own sockets are of another realm's Error.
  const error: NodemailerError = types.isNativeError(thrown) ? thrown : new Error(String(thrown));
  const [kind, retryPolicy] = verdictOn(error);
  const said = withoutSecrets(clean(error.response ?? error.message), server).slice(0, LONGEST_MESSAGE);
  const step = error.command ? ` (${error.command.slice(0, 20)})` : '';
  const cause = { code: error.code, responseCode: error.responseCode, command: error.command };
  // Nodemailer's own error is not passed on: what it may hold of the dialogue would end in the logs.
  return new CarnotError(kind, `${server.host}:${server.port}${step}: ${said}`, retryPolicy, { cause });
}

function verdictOn({ code, originalCode, responseCode, response = '', command }: NodemailerError): Verdict {
  if (responseCode && responseCode >= 400 && responseCode < 500) return DEFERRED;
  if (responseCode && AUTH_REPLIES.includes(responseCode)) return AUTH;
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') return AUTH;
  if (code === 'ETLS' || code === 'ECONFIG' || isEncryption(originalCode)) return SETUP;
  if (responseCode && responseCode >= 500)
    return command === 'RCPT TO'
      ? verdictOnRecipient(responseCode, response)
      : command === 'DATA'
        ? REFUSED
        : SETUP;
  // No reply, yet a fault of the mail itself: an address that nodemailer does not take, a message over the
  // size limit.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return REFUSED;
  return DEFERRED;
}

/**
 * The reply codes that are of a mailbox, and those of a host that takes no mail (RFC 5321, 4.2.3; RFC 7504).
 */
const MAILBOX_REPLIES = [521, 550, 551, 553, 556];

function verdictOnRecipient(code: number, reply: string): Verdict {
  const status = statusOfReply(reply);
  if (blamesUs(status, reply)) return SETUP;
  return (status !== null || MAILBOX_REPLIES.includes(code)) && blamesAddress(status, reply) ? GONE : REFUSED;
}

/**
 * Node's own codes, over which nodemailer puts its own: a certificate not to be trusted, or no TLS on that
 * port.
 */
function isEncryption(code = ''): boolean {
  return /CERT|SIGNATURE|^ERR_(TLS|SSL)|^EPROTO$/.test(code);
}

function withoutSecrets(text: string, { auth }: SmtpServerAddress): string {
  if (!auth?.pass) return oneLine(text);
  const { user, pass } = auth;
  // The longest first: a form must not lose a part to a shorter one and so no longer be found.
  const forms = [
    Buffer.from(`\u0000${user}\u0000${pass}`).toString('base64'),
    Buffer.from(pass).toString('base64'),
    encodeURIComponent(pass),
    pass,
  ];
  return oneLine(forms.reduce((rest, form) => rest.replaceAll(form, '***'), text));
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
