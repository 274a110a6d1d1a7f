import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { CarnotError } from '../domain/errors.js';
import type { Mail } from '../domain/ports.js';
import { SystemClock } from '../platform/clock.js';
import { refuse } from '../platform/config/config-error.js';
import { readEnvironment, type Environment } from '../platform/config/environment.js';
import { mailerOf } from '../platform/mail/mailer-of.js';
import { messageIdOf } from '../platform/mail/message-id.js';

const USAGE = 'npm run cli -- test-mail ADDRESS';
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** What to do, by the kind of the error. */
const MENDS: Record<string, string> = {
  MailAuth: 'Correct user and password in SMTP_URL; characters like # / : @ % in them are percent-encoded.',
  MailSetup: 'Correct SMTP_URL (smtp:// with port 587, smtps:// with 465) and MAIL_FROM: the server must offer encryption, know the sender and pass on mails to others.',
  MailDeferred: 'Look whether host and port in SMTP_URL are right and reached from this machine. Such a mail is tried again over three days.',
  MailRefused: 'The server takes this mail from nobody: look at what it says of sender, content and size.',
  AddressGone: 'Correct the address: there is nobody.',
};

function mailTo(address: string, env: Environment): Mail {
  const lines = [
    `Ceci est un message d’essai de carnot-europe (${env.PUBLIC_URL}). S’il est arrivé, les autres arrivent aussi.`,
    `This is a test message of carnot-europe (${env.PUBLIC_URL}). If it has arrived, the others do too.`,
  ];
  return {
    messageId: messageIdOf(`test.${randomUUID()}`, env), to: { name: null, address }, replyTo: null, subject: 'carnot-europe : message d’essai / test message',
    text: `${lines.join('\n\n')}\n`, html: `<!DOCTYPE html><html><body>${lines.map((line) => `<p>${line.replaceAll('&', '&amp;')}</p>`).join('')}</body></html>`, unsubscribeUrl: null,
  };
}

/** `test-mail`: sends a mail by the mailer that is configured, at once, and says what was answered. */
export async function testMail(args: string[]): Promise<void> {
  const address = z.email().safeParse(args[0]);
  refuse(address.success && args.length === 1 ? [] : [`test-mail takes one mail address. Mend: ${USAGE}`]);
  const env = readEnvironment(process.env, 'start');
  try {
    const { where } = await mailerOf(env, new SystemClock(env.CLOCK)).send(mailTo(address.data!, env));
    say(env.SMTP_URL ? `The mail was taken: ${where}` : `There is no SMTP_URL, so the mail was written as a file: ${join(env.DATA_DIR, 'outbox', where)}`);
  } catch (error) {
    if (!(error instanceof CarnotError)) throw error;
    process.stderr.write(`The mail did not leave (${error.kind}): ${error.message}\nMend: ${MENDS[error.kind] ?? 'Look at what was answered.'}\n`);
    process.exitCode = 1;
  }
}
