import { createServer, type AddressInfo } from 'node:net';
import { job } from '../../src/domain/jobs.js';
import { STALE_MS } from '../../src/domain/notification/tries.js';
import { DeliverStage } from '../../src/features/notifications/deliver.stage.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { ANNE, BEN, digestDate, digesting, harvested, outbox, PROFILE, settled, withContacts, type Told } from '../support/contacts.js';
import { Harvesting, queueOf } from '../support/harvest.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';
import { until } from '../support/until.js';

const BEST = '90000024TOPICSen';
let sink: SmtpSink;
let h: Harvesting;
const smtp = (url: string) => ({ SMTP_URL: url, MAIL_FROM: 'Carnot Europe <calls@carnot.test>' });
beforeAll(async () => {
  sink = await startSmtpSink();
  h = await Harvesting.start({ copies: 1, adjust: digesting(), variables: smtp(sink.url) });
  await h.ended();
  await h.matched();
}, 60_000);
afterAll(async () => {
  await h?.stop();
  await sink?.close();
});

const told = async (email: string): Promise<number> => (await h.query('SELECT count(*)::int AS n FROM told WHERE email = $1', [email]))[0].n;
const newest = async (): Promise<Told> => (await outbox(h)).at(-1)!;
const inState = (state: string) => until(`the newest mail to be ${state}`, async () => ((await newest())?.state === state ? newest() : null));
const idle = () => until('the queue to be empty', async () => (await queueOf(h, 'tell').getJobCountByTypes('waiting', 'active', 'delayed')) === 0);
const again = (id: string) => h.query("UPDATE notification SET next_try_at = now() - interval '1 second' WHERE id = $1", [id]);
/** A mail of the outbox as if it had just been written, and of which no queue knows. */
const unsent = async (id: string, more = "state = 'pending', claimed_at = NULL"): Promise<void> => {
  await idle();
  await h.query(`UPDATE notification SET sent_at = NULL, sent_where = NULL, next_try_at = NULL, ${more} WHERE id = $1`, [id]);
};

describe('a mail by SMTP', () => {
  it('that is refused for now waits, and its calls are not told', async () => {
    sink.refuse({ code: 451, text: 'greylisted' });
    await withContacts(h, PROFILE, [ANNE]);
    const mail = await until('a try', async () => ((await newest())?.error ? newest() : null));
    expect(mail).toMatchObject({ state: 'pending', attempts: 1, error: expect.stringContaining('greylisted') });
    expect(Date.parse(mail.nextTryAt!)).toBeGreaterThan(Date.now() + 50_000);
    expect(await told(ANNE.email)).toBe(0);
  });

  it('is not tried before its time, whoever asks', async () => {
    const { id } = await newest();
    await h.tick();
    await h.test.app.get(Queues).add([job('deliver', { notificationId: id })]);
    await idle();
    expect(await newest()).toMatchObject({ state: 'pending', attempts: 1 });
    expect(sink.attempts()).toBe(1);
  });

  it('leaves later, as the same message, and then its calls are told', async () => {
    const { id, messageId } = await newest();
    sink.refuse(null);
    await again(id);
    await h.tick();
    const mail = await inState('sent');
    expect(mail).toMatchObject({ id, messageId, attempts: 2, error: null, sentWhere: expect.stringContaining('250') });
    expect(await told(ANNE.email)).toBe(mail.calls.length);
    expect(mail.calls.length).toBeGreaterThan(0);
  });

  it('is a whole message: sender, recipient, both bodies, and how to stop', async () => {
    expect(sink.mails).toHaveLength(1);
    const [mail] = sink.mails;
    const { messageId, subject } = await newest();
    expect(mail).toMatchObject({ messageId: `<${messageId}>`, subject, envelopeTo: [ANNE.email] });
    expect(mail!.from!.value).toEqual([{ name: 'Carnot Europe', address: 'calls@carnot.test' }]);
    expect(mail!.text).toContain('Hello Anne,');
    expect(mail!.html).toContain('Hello Anne,');
    expect(mail!.headers.get('list')).toMatchObject({ unsubscribe: { url: expect.stringContaining('http://calls.test/unsubscribe/') }, 'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' } });
    expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('that is refused for good is given up with the reason; its calls come in the next digest', async () => {
    h.portal.addLike(BEST, 'new-1');
    await harvested(h);
    sink.refuse({ code: 550, text: 'no such mailbox' });
    const before = await told(ANNE.email);
    await digestDate(h, '2026-05-11T05:00:00Z');
    const refused = await inState('failed');
    expect(refused).toMatchObject({ kind: 'digest', attempts: 1, nextTryAt: null, error: expect.stringContaining('no such mailbox') });
    expect(await told(ANNE.email)).toBe(before);
    await h.tick();
    await idle();
    expect(await newest()).toMatchObject({ id: refused.id, state: 'failed', attempts: 1 });

    sink.refuse(null);
    await digestDate(h, '2026-05-18T05:00:00Z');
    const next = (await settled(h, 3)).at(-1)!;
    expect(next.calls.map((c) => c.title)).toEqual(refused.calls.map((c) => c.title));
    expect(next.calls.map((c) => c.title)).toContainEqual(expect.stringContaining('new-1'));
  });

  it('of which the queue never heard is sent by the next tick', async () => {
    const { id } = await newest();
    await unsent(id);
    await h.tick();
    await inState('sent');
  });

  it('whose sender died is sent once that is sure, and not before', async () => {
    const { id, attempts } = await newest();
    const before = sink.mails.length;
    await unsent(id, `state = 'sending', claimed_at = now() - interval '${STALE_MS / 1_000 - 10} seconds'`);
    await h.tick();
    await idle();
    expect(await newest()).toMatchObject({ state: 'sending', attempts });
    await h.query(`UPDATE notification SET claimed_at = now() - interval '${STALE_MS / 1_000 + 1} seconds' WHERE id = $1`, [id]);
    await h.tick();
    expect(await inState('sent')).toMatchObject({ attempts: attempts + 1 });
    expect(sink.mails).toHaveLength(before + 1);
  });

  it('that two workers take at once leaves once', async () => {
    const second = await Harvesting.start({ beside: h, working: false, adjust: digesting(), variables: smtp(sink.url) });
    try {
      const { id } = await newest();
      const before = sink.mails.length;
      await unsent(id);
      const stages = [h, second].map((x) => x.test.app.get(DeliverStage, { strict: false }));
      await Promise.all([...stages, ...stages].map((s) => s.run({ notificationId: id })));
      expect(sink.mails).toHaveLength(before + 1);
      expect(await newest()).toMatchObject({ state: 'sent' });
    } finally {
      await second.stop();
    }
  });

  it('waits where no server listens', async () => {
    const reserved = createServer();
    await new Promise<void>((resolve) => reserved.listen(0, '127.0.0.1', resolve));
    const { port } = reserved.address() as AddressInfo;
    await new Promise((resolve) => reserved.close(resolve));
    const second = await Harvesting.start({ beside: h, working: false, adjust: digesting(), variables: smtp(`smtp://127.0.0.1:${port}`) });
    try {
      const { id } = await newest();
      await unsent(id);
      await second.test.app.get(DeliverStage, { strict: false }).run({ notificationId: id });
      expect(await newest()).toMatchObject({ state: 'pending', error: expect.stringContaining('ECONNREFUSED') });
    } finally {
      await second.stop();
    }
    await again((await newest()).id);
    await h.tick();
    await inState('sent');
  });

  it('that waits when its reader stops, or is no contact any more, does not leave', async () => {
    sink.refuse({ code: 451, text: 'greylisted' });
    await withContacts(h, PROFILE, [ANNE, BEN]);
    const mail = await until('a try', async () => ((await newest()).error ? newest() : null));
    expect(mail.to.email).toBe(BEN.email);
    sink.refuse(null);
    const before = sink.mails.length;
    const [{ token }] = await h.query('SELECT token FROM recipient WHERE email = $1', [BEN.email]);
    await h.call(`/unsubscribe/${token}`, { method: 'POST', token: null });
    await again(mail.id);
    await h.tick();
    expect(await inState('failed')).toMatchObject({ id: mail.id, error: 'they stopped the mails, or are no contact any more' });
    expect(sink.mails).toHaveLength(before);
    expect(await told(BEN.email)).toBe(0);
  });
});
