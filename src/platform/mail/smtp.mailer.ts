import { createTransport, type NodemailerError, type SMTPTransportOptions } from 'nodemailer';
import { types } from 'node:util';
import { CarnotError, type RetryPolicy } from '../../kernel/errors.js';
import { isThisMachine } from '../config/this-machine.js';
import { oneLine, withoutLinks } from '../../kernel/one-line.js';
import { ADDRESS_GONE, type Blame, blameOf, statusOfReply } from '../../kernel/mail-refusal.js';
import { traced } from '../telemetry/traces.js';
import type { Clock, Mail, Mailer } from '../../kernel/ports.js';
import { messageOf, type Sender } from './message.js';

/**
 * The content of an SMTP address, and no more: a URL must not be able to switch on nodemailer options that
 * nobody intended.
 */
interface SmtpServerAddress {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  auth: { user: string; pass: string } | undefined;
}

const STEP_MS = 10_000;
/** Limits the total: a server that answers every step just in time must not block a worker for ever. */
const STEPS = 6;

const SUBMISSION = 587;
const SUBMISSIONS = 465;

/**
 * Parses `smtp://user:password@host:587` or `smtps://…:465`. E-mails and passwords are only ever sent
 * encrypted (RFC 8314, 4.3), except to this machine, or if `SMTP_TLS=off` or `?requireTLS=false` is set on
 * purpose: then TLS is used only if offered.
 */
export function smtpServerAddress(address: string, tls: 'required' | 'off' = 'required'): SmtpServerAddress {
  const url = parsed(address);
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const hasAuth = url.username !== '' || url.password !== '';
  const asked = url.searchParams.get('requireTLS');
  return {
    host,
    port: url.port ? Number(url.port) : secure ? SUBMISSIONS : SUBMISSION,
    secure,
    requireTLS: asked === null ? tls === 'required' && !secure && !isThisMachine(host) : asked === 'true',
    auth: hasAuth ? { user: decoded(url.username), pass: decoded(url.password) } : undefined,
  };
}

/**
 * Returns nodemailer's options: a new connection per e-mail, and ten seconds (`stepMs`) until it is greeted.
 * Then it waits as long as it may: servers scan an e-mail before they take it, and one that takes it after we
 * have hung up gets it again at each try (RFC 5321, 4.5.3.2.6).
 */
function transportOptions(server: SmtpServerAddress, stepMs: number): SMTPTransportOptions {
  return {
    ...server,
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: STEPS * stepMs,
    dnsTimeout: stepMs,
  };
}

function parsed(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url?.hostname || !['smtp:', 'smtps:'].includes(url.protocol)) {
    throw setup('the SMTP address is not of the form smtp[s]://[user:password@]host[:port]');
  }
  const unknown = [...url.searchParams.keys()].filter((key) => key !== 'requireTLS');
  if (unknown.length) throw setup('the SMTP address knows only the option requireTLS=true|false');
  return url;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw setup('the SMTP address holds a % that does not begin an encoded character: write %25');
  }
}

/** Omits the address itself: it contains the password. */
function setup(message: string): CarnotError {
  return new CarnotError('MailSetup', message, 'person');
}

type Verdict = [
  kind: 'MailDeferred' | 'MailRefused' | 'MailAuth' | 'MailSetup' | typeof ADDRESS_GONE,
  retryPolicy: RetryPolicy,
];

const DEFERRED: Verdict = ['MailDeferred', 'later'];
const REFUSED: Verdict = ['MailRefused', 'never'];
const AUTH: Verdict = ['MailAuth', 'person'];
const SETUP: Verdict = ['MailSetup', 'person'];
const BLAMED: Record<Blame, Verdict> = {
  address: [ADDRESS_GONE, 'never'],
  message: REFUSED,
  us: SETUP,
  nobody: DEFERRED,
};

/** Replies about the log-in, whatever command they answer (RFC 4954). */
const AUTH_REPLIES = [530, 534, 535, 538];
const LONGEST_MESSAGE = 300;

/**
 * Returns what went wrong and what to do about it. A temporary refusal or a failed connection is retried
 * later; a message that is too large or malformed never is, nor is any other sent to an address that does not
 * exist; the log-in, the sender's address, encryption and filters need a person, because every e-mail would
 * fail the same way.
 * The text has the server's words, but never the password, nor what `clean` removes.
 */
export function smtpError(
  thrown: unknown,
  server: SmtpServerAddress,
  clean = (text: string): string => text,
): CarnotError {
  if (thrown instanceof CarnotError) return thrown;
  // Not instanceof: under jest, errors of Node's own sockets come from another realm.
  const error: NodemailerError = types.isNativeError(thrown) ? thrown : new Error(String(thrown));
  const [kind, retryPolicy] = verdictOn(error);
  const said = withoutSecrets(clean(error.response ?? error.message), server).slice(0, LONGEST_MESSAGE);
  const step = error.command ? ` (${error.command.slice(0, 20)})` : '';
  const cause = { code: error.code, responseCode: error.responseCode, command: error.command };
  // Nodemailer's own error is not passed on: parts of the dialogue in it would end up in the logs.
  return new CarnotError(kind, `${server.host}:${server.port}${step}: ${said}`, retryPolicy, { cause });
}

function verdictOn({ code, originalCode, responseCode, response = '', command }: NodemailerError): Verdict {
  if (responseCode && responseCode >= 400 && responseCode < 500) return DEFERRED;
  if (responseCode && AUTH_REPLIES.includes(responseCode)) return AUTH;
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') return AUTH;
  if (code === 'ETLS' || code === 'ECONFIG' || isEncryption(originalCode)) return SETUP;
  if (responseCode && responseCode >= 500) return verdictOnReply(responseCode, response, command);
  // No reply, but the e-mail's own fault: an address nodemailer rejects, a message over the size limit.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return REFUSED;
  return DEFERRED;
}

/** Reply codes about a mailbox, or about a host that accepts no mail (RFC 5321, 4.2.3; RFC 7504). */
const MAILBOX_REPLIES = [521, 550, 551, 553, 556];

/** A recipient and a message are refused for the same reasons; any other command meets every e-mail. */
function verdictOnReply(code: number, reply: string, command = ''): Verdict {
  const status = statusOfReply(reply);
  const aboutMailbox = status !== null || MAILBOX_REPLIES.includes(code);
  const blame = blameOf(status, reply, command === 'RCPT TO' && aboutMailbox ? 'recipient' : 'message');
  return ['RCPT TO', 'DATA'].includes(command) || blame === 'message' ? BLAMED[blame] : SETUP;
}

/** Node's own codes, which nodemailer replaces: an untrusted certificate, or no TLS on that port. */
function isEncryption(code = ''): boolean {
  return /CERT|SIGNATURE|^ERR_(TLS|SSL)|^EPROTO$/.test(code);
}

function withoutSecrets(text: string, { auth }: SmtpServerAddress): string {
  if (!auth?.pass) return oneLine(text);
  const { user, pass } = auth;
  // Longest first: a shorter form must not remove part of a longer one, which would then not be found.
  const forms = [
    Buffer.from(`\u0000${user}\u0000${pass}`).toString('base64'),
    Buffer.from(pass).toString('base64'),
    encodeURIComponent(pass),
    pass,
  ];
  return oneLine(forms.reduce((rest, form) => rest.replaceAll(form, '***'), text));
}

interface SmtpOptions {
  /** `smtp[s]://[user:password@]host[:port]`. */
  url: string;
  /** Whether the connection must be encrypted; `required` by default. */
  tls?: 'required' | 'off';
  from: Sender;
  /** Provides the Date header; the machine's clock by default. */
  clock?: Clock;
  stepMs?: number;
}

export class SmtpMailer implements Mailer {
  readonly id = 'smtp';
  private readonly server: SmtpServerAddress;
  private readonly transport: ReturnType<typeof createTransport>;
  private readonly stepMs: number;

  constructor(private readonly options: SmtpOptions) {
    this.server = smtpServerAddress(options.url, options.tls);
    this.stepMs = options.stepMs ?? STEP_MS;
    this.transport = createTransport(transportOptions(this.server, this.stepMs));
  }

  /**
   * Resolves once the server has accepted the e-mail; `where` is its reply, often with its queue id. After an
   * error the e-mail may still have been sent (the reply was lost): a retry has the same Message-ID.
   */
  async send(mail: Mail): Promise<{ where: string }> {
    // A server may repeat what it was given, and its reply is stored and shown.
    const clean = (text: string): string =>
      withoutLinks(text, [mail.text, mail.html, mail.unsubscribeUrl ?? '']);
    const message = messageOf(mail, this.options.from, this.options.clock?.now() ?? new Date());
    try {
      const signal = AbortSignal.timeout(this.stepMs * STEPS);
      const { response } = await traced(
        { name: 'send mail', kind: 'CLIENT', attributes: { 'server.address': this.server.host } },
        async () => (await this.transport.sendMail({ ...message, signal })) as { response: string },
      );
      // Characters that the database cannot store must not make a sent e-mail look unsent: it would be sent
      // again and again.
      return { where: `${this.server.host}:${this.server.port} ${oneLine(clean(response))}` };
    } catch (error) {
      throw smtpError(error, this.server, clean);
    }
  }
}
