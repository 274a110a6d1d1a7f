import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { startSmtpSink, type SmtpSink } from '../support/notifications/smtp-sink.js';
import { beforeRelease } from '../support/release.js';
import { startStandIn, type StandIn } from '../support/stand-in.js';
import { System } from '../support/system.js';

const VISIT = resolve(__dirname, '../containers/visit.mjs');
const PORTAL = resolve(__dirname, '../containers/portal.mjs');

/** Two of Mailpit's addresses: the text of the newest e-mail to somebody, and the deletion of all. */
function mailpit(sink: SmtpSink) {
  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://mailpit');
    if (request.method === 'DELETE' && pathname === '/api/v1/messages') sink.mails.length = 0;
    const to = searchParams.get('query')?.replace(/^to:/, '');
    const mail = sink.mails.findLast(({ envelopeTo }) => envelopeTo.includes(to!));
    if (pathname === '/view/latest.txt' && !mail) response.writeHead(404);
    response.end(mail?.text);
  }).listen(0, '127.0.0.1');
}

beforeRelease('the visits of .ci/containers on npm start')('the visit of .ci/containers', () => {
  let portal: StandIn;
  let sink: SmtpSink;
  let mails: ReturnType<typeof mailpit>;
  let system: System;
  beforeAll(async () => {
    portal = await startStandIn(PORTAL);
    sink = await startSmtpSink();
    mails = mailpit(sink);
    await once(mails, 'listening');
    system = new System({
      FUNDING_TENDERS_URL: portal.origin,
      SMTP_URL: `${sink.url}?requireTLS=false`,
      MAIL_FROM: 'carnot-europe@localhost',
    });
    await system.start();
  });
  afterAll(async () => {
    await system.remove();
    await portal.stop();
    await sink.close();
    mails.close();
  });
  const visit = (...args: string[]) =>
    promisify(execFile)(process.execPath, [VISIT, ...args], {
      env: {
        CARNOT_URL: system.url,
        MAILPIT_URL: `http://127.0.0.1:${(mails.address() as AddressInfo).port}`,
        ADMIN_TOKEN: system.token,
      },
    });

  it('signs in with the token, then by e-mail, finds the calls again, and fails where some are missing', async () => {
    const calls = (await visit()).stdout.trim();
    expect(Number(calls)).toBeGreaterThan(300);
    expect((await visit(calls)).stdout.trim()).toBe(calls);
    await expect(visit(String(Number(calls) + 1))).rejects.toThrow(/calls were expected/);
  });
});
