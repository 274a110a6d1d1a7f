import { TestPortal } from '../support/harvest/portal.js';
import { startSmtpSink, type SmtpSink } from '../support/notifications/smtp-sink.js';
import { System } from '../support/system.js';
import { until } from '../support/until.js';

const CALLS = 360;

describe('a first run', () => {
  let portal: TestPortal;
  let sink: SmtpSink;
  let system: System;

  beforeAll(async () => {
    [portal, sink] = [await TestPortal.start(new Date()), await startSmtpSink()];
    system = new System({
      FUNDING_TENDERS_URL: portal.url,
      SMTP_URL: sink.url,
      MAIL_FROM: 'Carnot Europe <calls@example.org>',
    });
    await system.start();
  });
  afterAll(async () => {
    await system.remove();
    await sink.close();
    await portal.close();
  });

  it('stores every call once', async () => {
    const sources = await until('the source to be healthy', async () => {
      const { items } = await system.get('/v1/sources');
      return items[0].state === 'healthy' && items;
    });
    expect(sources[0]).toMatchObject({ id: 'funding-tenders', calls: CALLS, missing: 0, reason: null });
    expect((await system.get('/v1/calls?limit=1')).total).toBe(CALLS);
  });

  it('matches every institute, each differently', async () => {
    const { items: profiles } = await system.get('/v1/profiles?limit=100');
    const best = await until('all to be matched', async () => {
      const lists = await Promise.all(
        profiles.map((p: { id: string }) => system.get(`/v1/matches?profile=${p.id}&limit=10`)),
      );
      return (
        lists.every((l) => l.total > 0) &&
        lists.map((l) => l.items.map((m: { call: { id: string } }) => m.call.id).join())
      );
    });
    expect(new Set(best).size).toBe(profiles.length);
  });

  it('writes to the contacts of three institutes, once each, and to nobody else', async () => {
    const contacts = [
      ['3bcar', 'fr'],
      ['leti', 'en'],
      ['pasteur', 'fr'],
    ] as const;
    for (const [id, language] of contacts)
      await system.addContact(id, { name: `Officer of ${id}`, email: `${id}@example.org`, language });
    // The e-mail arrives before the program can have recorded that it was accepted.
    const { silent } = await until('three messages to be noted as sent', async () => {
      const list = await system.get('/v1/notifications');
      return list.items.filter((n: { state: string }) => n.state === 'sent').length >= 3 && list;
    });
    const subjectTo = (address: string) => sink.mails.find((m) => m.envelopeTo[0] === address)!.subject;
    expect(sink.mails.flatMap((m) => m.envelopeTo).sort()).toEqual([
      '3bcar@example.org',
      'leti@example.org',
      'pasteur@example.org',
    ]);
    expect((await system.get('/v1/notifications')).items).toHaveLength(3);
    expect(silent).toHaveLength(39);
    expect(subjectTo('3bcar@example.org')).toMatch(/et \d+\sautres appels pour le Carnot/);
    expect(subjectTo('leti@example.org')).toMatch(/and \d+\smore calls for/);
  });

  it('ends within ten seconds of SIGTERM, and goes on where it stopped', async () => {
    for (const { status, ms } of await system.stop()) {
      expect(status).toBe(0);
      expect(ms).toBeLessThan(10_000);
    }
    const asked = portal.requests();
    await system.start();
    expect((await system.get('/v1/calls?limit=1')).total).toBe(CALLS);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(portal.requests()).toBe(asked); // Not due again.
    expect(sink.mails).toHaveLength(3);
  });
});
