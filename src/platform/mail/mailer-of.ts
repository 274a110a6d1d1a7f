import { join } from 'node:path';
import type { Sender } from './message.js';
import type { Clock, Mailer } from '../../kernel/ports.js';
import type { Environment } from '../config/environment.js';
import { EmlMailer } from './eml.mailer.js';
import { SmtpMailer, smtpServerAddress } from './smtp.mailer.js';

/** Parses `Name <address>` or an address alone, already validated by the environment's schema. */
export function senderOf(text: string): Sender {
  const whole = text.trim();
  const address = /<([^<>]+)>$/.exec(whole)?.[1];
  if (address === undefined) return { name: null, address: whole };
  const name = whole.slice(0, whole.lastIndexOf('<')).trim();
  // A quoted name escapes quotes and backslashes with a backslash (RFC 5322, 3.2.4).
  const plain = /^".*"$/s.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
  return { name: plain || null, address };
}

/** Where e-mails go: to a mail server, or where nobody gets them, to a mail catcher or into files. */
export type MailPlace = 'server' | 'catcher' | 'files';

export function mailPlaceOf({
  SMTP_URL: url,
  MAIL_CATCHER: catcher,
}: Pick<Environment, 'SMTP_URL' | 'MAIL_CATCHER'>): MailPlace {
  if (!url) return 'files';
  const { host, port } = smtpServerAddress(url);
  const name = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return name.toLowerCase() === catcher ? 'catcher' : 'server';
}

type MailSettings = Pick<Environment, 'SMTP_URL' | 'SMTP_TLS' | 'MAIL_FROM' | 'DATA_DIR'>;

/** Returns the mailer set in the environment: its mail server, or else files. */
export function mailerOf(
  { SMTP_URL: url, SMTP_TLS: tls, MAIL_FROM, DATA_DIR }: MailSettings,
  clock: Clock,
): Mailer {
  const from = senderOf(MAIL_FROM);
  return url
    ? new SmtpMailer({ url, tls, from, clock })
    : new EmlMailer({ folder: join(DATA_DIR, 'outbox'), from, clock });
}
