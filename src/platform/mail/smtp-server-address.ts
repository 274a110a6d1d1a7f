import type { SMTPTransportOptions } from 'nodemailer';
import { CarnotError } from '../../kernel/errors.js';
import { isThisMachine } from '../config/this-machine.js';

/**
 * The content of an SMTP address, and no more: a URL must not be able to switch on nodemailer options that
 * nobody intended.
 */
export interface SmtpServerAddress {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  auth: { user: string; pass: string } | undefined;
}

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

/** Returns nodemailer's options: a new connection per e-mail, and ten seconds (`stepMs`) per step. */
export function transportOptions(server: SmtpServerAddress, stepMs: number): SMTPTransportOptions {
  return {
    ...server,
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
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
