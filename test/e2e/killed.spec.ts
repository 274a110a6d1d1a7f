import { TestPortal } from '../support/harvest/portal.js';
import { startSmtpSink, type SmtpSink } from '../support/notifications/smtp-sink.js';
import { System } from '../support/system.js';
import { until } from '../support/until.js';
import { times } from '../support/release.js';

const CALLS = 360;
const KILLS = times('kills in a harvest', 2, 20);

describe('a worker that is killed in the middle of a harvest', () => {
  let portal: TestPortal;
  let sink: SmtpSink;
  let system: System;

  beforeAll(async () => {
    [portal, sink] = [await TestPortal.start(new Date(), { faults: { slowMs: 80 } }), await startSmtpSink()];
    system = new System({
      FUNDING_TENDERS_URL: portal.url,
      SMTP_URL: sink.url,
      MAIL_FROM: 'calls@example.org',
    });
    await system.start();
    for (const id of ['3bcar', 'leti'])
      await system.addContact(id, { name: id, email: `${id}@example.org`, language: 'fr' });
  });
  afterAll(async () => {
    await system.remove();
    await sink.close();
    await portal.close();
  });

  it(`loses nothing and tells nothing twice, ${KILLS} times over`, async () => {
    for (let i = 0; i < KILLS; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 900));
      const killed = system.worker;
      await killed.end('SIGKILL');
      await system.again(killed);
    }
    await until(
      'the harvest to be done',
      async () =>
        (await system.get('/v1/sources')).items.find((s: any) => s.id === 'funding-tenders').state ===
        'healthy',
    );
    expect((await system.get('/v1/calls?limit=1')).total).toBe(CALLS);
    await until('both mails', async () => sink.mails.length >= 2);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    // One accepted at the very moment of a kill may be sent again under the same id: deduplicated, there are
    // two.
    expect(new Set(sink.mails.map((m) => m.messageId)).size).toBe(2);
    expect(sink.mails.flatMap((m) => m.envelopeTo).sort()).toEqual(
      expect.arrayContaining(['3bcar@example.org', 'leti@example.org']),
    );
  });
});
