import type { INestApplication } from '@nestjs/common';
import { join } from 'node:path';
import { FirstStart } from '../access/first-start.js';
import { AdminToken } from '../access/admin-token.js';
import type { Environment } from '../platform/config/environment.js';
import { say } from '../platform/say.js';

const row = (name: string, value: string): string => `  ${name.padEnd(13)}${value}`;

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
  say('');
  say(`carnot-europe is ready after ${Math.round(process.uptime() * 10) / 10} s.`);
  const how = (await app.get(FirstStart).isDue())
    ? 'with the admin token, the first time'
    : 'with your e-mail address or a passkey';
  say(row('Sign in', `${address}/sign-in   (${how})`));
  say(row('API', `${address}/docs`));
  if (made) say(row('Admin token', `${made}   (shown only once: keep it)`));
  else
    say(row('Admin token', env.ADMIN_TOKEN ? 'the one in ADMIN_TOKEN' : 'the one shown at the first start'));
  if (data) say(row('Data', data.folder));
  if (data?.note) say(row('', data.note));
  say(
    row(
      'E-mail',
      env.SMTP_URL
        ? 'sent through the server in SMTP_URL'
        : `written as files to ${join(env.DATA_DIR, 'outbox')}`,
    ),
  );
  for (const warning of env.warnings) say(row('Warning', warning));
  say('');
}
