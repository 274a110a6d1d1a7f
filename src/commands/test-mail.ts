import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { CarnotError } from '../kernel/errors.js';
import type { Mail } from '../kernel/ports.js';
import { testMail as renderTestMail } from '../outbox/domain/mail-page.js';
import { SystemClock } from '../platform/clock.js';
import { refuse } from '../platform/config/config-error.js';
import { type Environment, readEnvironment } from '../platform/config/environment.js';
import { mailerOf, mailPlaceOf } from '../platform/mail/mailer-of.js';
import { messageIdOf } from '../platform/mail/message.js';
import { complain, say } from '../platform/say.js';

const USAGE = 'npm run cli -- test-mail ADDRESS';

/** Fixes by kind of error. */
const FIXES: Record<string, string> = {
  MailAuth: 'Correct user and password in SMTP_URL; characters like # / : @ % in them are percent-encoded.',
  MailSetup:
    'Correct SMTP_URL (smtp:// with port 587, smtps:// with 465) and MAIL_FROM: the server must offer encryption, know the sender and relay e-mails. If a filter refuses it, see what it says, and the SPF, DKIM and DMARC records of the domain in MAIL_FROM.',
  MailDeferred:
    'Check that host and port in SMTP_URL are right and reachable from this machine, and what the server says. Such an e-mail is retried for three days.',
  MailRefused: 'The server refuses this e-mail from anyone: see what it says about content and size.',
  AddressGone: 'Correct the address: it does not exist.',
};

function mailTo(address: string, env: Environment): Mail {
  return {
    ...renderTestMail(env.PUBLIC_URL),
    messageId: messageIdOf(`test.${randomUUID()}`, env),
    to: { name: null, address },
    replyTo: null,
    unsubscribeUrl: null,
  };
}

/** `test-mail`: sends an e-mail at once with the configured mailer and prints the answer. */
export async function testMail(args: string[]): Promise<void> {
  const address = z.email().safeParse(args[0]);
  refuse(address.success && args.length === 1 ? [] : [`test-mail takes one mail address. Fix: ${USAGE}`]);
  const env = readEnvironment(process.env, 'start');
  try {
    const { where } = await mailerOf(env, new SystemClock(env.CLOCK)).send(mailTo(address.data!, env));
    say(
      {
        server: `The e-mail was accepted: ${where}`,
        catcher: `The mail catcher keeps the e-mail, and nobody gets it: ${where}`,
        files: `SMTP_URL is not set, so the e-mail was written to a file: ${join(env.DATA_DIR, 'outbox', where)}`,
      }[mailPlaceOf(env)],
    );
  } catch (error) {
    if (!(error instanceof CarnotError)) throw error;
    complain(
      `The e-mail was not sent (${error.kind}): ${error.message}\nFix: ${FIXES[error.kind] ?? 'See the answer above.'}`,
    );
    process.exitCode = 1;
  }
}
