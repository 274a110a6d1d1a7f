import type { SMTPTransportOptions } from 'nodemailer';
import { CarnotError } from '../../kernel/errors.js';
import { isThisMachine } from '../config/this-machine.js';

/**
 * What an SMTP address says, and no more: a URL must not be able to switch on options of nodemailer that
 * nobody meant.
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
 * Reads `smtp://user:password@host:587` or `smtps://…:465`. Mails and passwords are only ever sent encrypted
 * (RFC 8314, 4.3), except to this machine, or where somebody wrote `SMTP_TLS=off` or `?requireTLS=false` on
 * purpose: then only where TLS is offered.
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

/** What nodemailer is told for it: a fresh connection for each mail, and ten seconds for every step. */
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

/** The address itself is not told: it holds the password. */
function setup(message: string): CarnotError {
  return new CarnotError('MailSetup', message, 'person');
}
