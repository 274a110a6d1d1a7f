import { join } from 'node:path';
import type { Clock, Mailer } from '../../kernel/ports.js';
import type { Environment } from '../config/environment.js';
import { EmlMailer } from './eml.mailer.js';
import { senderOf } from './sender.js';
import { SmtpMailer } from './smtp.mailer.js';

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
