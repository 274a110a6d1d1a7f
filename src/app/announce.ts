import type { INestApplication } from '@nestjs/common';
import { join } from 'node:path';
import { FirstStart } from '../access/first-start.js';
import { AdminToken } from '../access/admin-token.js';
import type { Environment } from '../platform/config/environment.js';
import { mailPlaceOf } from '../platform/mail/mailer-of.js';
import { sayIn } from '../platform/logging/logger.js';

/**
 * Returns the URL for this machine: HOST may be a wildcard, and PORT 0 is known only once the server listens.
 */
async function addressOf(app: INestApplication, env: Environment): Promise<string> {
  const { port, hostname } = new URL(await app.getUrl());
  const host = env.HOST === '0.0.0.0' || env.HOST === '::' ? 'localhost' : hostname;
  return `http://${host}:${port}`;
}

/** Tells the operator the address, the token (this once), where data and mails are, and any warnings. */
export async function announce(
  app: INestApplication,
  env: Environment & { warnings: string[] },
  data?: { folder: string; note: string | null },
): Promise<void> {
  const address = await addressOf(app, env);
  const made = await app.get(AdminToken).makeAtFirstStart();
  const say = sayIn(env.LOG_FORMAT);
  const tell = (name: string, value: string): void =>
    say(env.LOG_FORMAT === 'text' ? `  ${name.padEnd(13)}${value}` : `${name}: ${value}`);
  say('');
  say(`carnot-europe is ready after ${Math.round(process.uptime() * 10) / 10} s.`);
  const how = (await app.get(FirstStart).isDue())
    ? 'with the admin token, the first time'
    : 'with your e-mail address or a passkey';
  tell('Sign in', `${address}/sign-in   (${how})`);
  tell('API', `${address}/docs`);
  if (made) tell('Admin token', `${made}   (shown only once: keep it)`);
  else tell('Admin token', env.ADMIN_TOKEN ? 'the one in ADMIN_TOKEN' : 'the one shown at the first start');
  if (data) tell('Data', data.folder);
  if (data?.note) tell('Note', data.note);
  tell(
    'E-mail',
    {
      server: 'sent through the server in SMTP_URL',
      catcher: 'kept by the mail catcher: nobody gets any until SMTP_URL names a mail server',
      files: `written as files to ${join(env.DATA_DIR, 'outbox')}`,
    }[mailPlaceOf(env)],
  );
  for (const warning of env.warnings) tell('Warning', warning);
  say('');
}
