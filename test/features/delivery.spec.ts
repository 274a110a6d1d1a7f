import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { defineChannel, type Channel } from '../../src/domain/notification/channel.js';
import { signingSecret } from '../../src/domain/notification/signing-secret.js';
import { STALE_MS } from '../../src/domain/notification/tries.js';
import { loadChannels } from '../../src/features/notifications/channel-registry.js';
import type { NotificationEntity } from '../../src/persistence/entities/notification.entity.js';
import { Outbox, Sender } from '../support/outbox.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const SECOND = 1_000;
let sink: SmtpSink;
let receiver: WebhookReceiver;
let box: Outbox;
const logged: string[] = [];
beforeAll(async () => {
  Logger.overrideLogger({ log: (m: string) => logged.push(m), warn: (m: string) => logged.push(m), error: (m: string) => logged.push(m) });
  [sink, receiver] = [await startSmtpSink(), await startWebhookReceiver()];
  box = await Outbox.start({ smtpUrl: sink.url, origins: [receiver.origin] });
}, 60_000);
afterAll(async () => {
  await box?.stop();
  await sink?.close();
  await receiver?.close();
});
beforeEach(async () => {
  sink.refuse(null);
  sink.misbehave(null);
  receiver.behave({ status: 204 });
  sink.mails.length = receiver.taken.length = receiver.asked.length = logged.length = 0;
  await box.query('DELETE FROM notification');
});

const hook = () => box.recipient({ channel: 'webhook', owner: 'profile/3bcar', address: `${receiver.address}&n=${randomBytes(4).toString('hex')}` });
const mailsOf = (messages: NotificationEntity[]): (string | undefined)[] => messages.map((m) => `<${m.messageId}>`).sort();
const msUntil = (at: Date | null): number => at!.getTime() - Date.now();
/** As if its sender had been killed so long ago. */
const killed = (id: string, ms: number) => box.query(`UPDATE notification SET state = 'sending', claimed_at = now() - $2 * interval '1 millisecond', attempts = attempts + 1 WHERE id = $1`, [id, ms]);

describe('a message that leaves', () => {
  it('is what stands in the outbox, and its row says where it went', async () => {
    const anne = await box.recipient({ name: 'Anne' });
    const mail = await box.message(anne, { threads: ['call.1@carnot.test'] });
    await box.sender.deliver();
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]).toMatchObject({ messageId: `<${mail.messageId}>`, subject: mail.subject, html: mail.html, envelopeTo: [anne.address], inReplyTo: '<call.1@carnot.test>' });
    const row = await box.read(mail.id);
    expect(row).toMatchObject({ state: 'sent', attempts: 1, error: null, nextTryAt: null, sentWhere: expect.stringContaining('250') });
    expect(row.tries).toEqual([{ at: row.sentAt!.toISOString(), ok: true, answer: row.sentWhere }]);
    await box.sender.deliver();
    expect(sink.mails).toHaveLength(1);
  });

  it('by a webhook is signed with the secrets that its recipient has now', async () => {
    const to = await hook();
    const fresh = signingSecret(randomBytes(32));
    const message = await box.message(to);
    await box.query('UPDATE recipient SET secrets = $2 WHERE id = $1', [to.id, [fresh, ...to.secrets]]);
    await box.sender.deliver();
    const [{ body, headers }] = receiver.taken as [(typeof receiver.taken)[0]];
    expect(body).toBe(message.payload);
    for (const secret of [fresh, ...to.secrets]) expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(message.payload!));
    expect(await box.read(message.id)).toMatchObject({ state: 'sent', sentWhere: expect.stringMatching(/^127\.0\.0\.1:\d+: status 204$/) });
  });

  it.each([
    ['who stopped', { stoppedAt: new Date(), stoppedWhy: 'unsubscribed' }, 'stopped'],
    ['who paused for good', { pausedUntil: new Date('9999-01-01T00:00:00Z') }, 'paused for good'],
  ])('is not sent to somebody %s', async (_who, over, why) => {
    const mail = await box.message(await box.recipient(over));
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'failed', error: expect.stringContaining(why), nextTryAt: null });
    expect(sink.mails).toEqual([]);
  });

  it('is not sent to somebody who left, or follows nothing any more', async () => {
    const [gone, idle] = [await box.recipient(), await box.recipient()];
    const mails = [await box.message(gone), await box.message(idle)];
    await box.query('DELETE FROM recipient WHERE id = $1', [gone.id]);
    await box.query('UPDATE follow SET left_at = now() WHERE recipient_id = $1', [idle.id]);
    await box.sender.deliver();
    expect(await Promise.all(mails.map(async (m) => (await box.read(m.id)).error))).toEqual(['the recipient is not there any more', 'the recipient follows nothing any more']);
    expect(sink.mails).toEqual([]);
  });

  it('waits for the end of a pause, which is no try', async () => {
    const pausedUntil = new Date(Date.now() + 3 * 86_400_000);
    const ben = await box.recipient({ pausedUntil });
    const mail = await box.message(ben);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'pending', attempts: 0, nextTryAt: pausedUntil, tries: [] });
    await box.query('UPDATE recipient SET paused_until = NULL WHERE id = $1', [ben.id]);
    await box.hasten(mail.id);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'sent', attempts: 1 });
  });
});

describe('a message that is refused', () => {
  it('for now is tried again with growing waits, scattered, and the last twenty tries are kept', async () => {
    sink.refuse({ code: 451, text: 'greylisted' });
    const mail = await box.message(await box.recipient());
    const waits: number[] = [];
    for (let n = 0; n < 22; n += 1) {
      await box.hasten(mail.id);
      await box.sender.deliver();
      waits.push(msUntil((await box.read(mail.id)).nextTryAt));
    }
    [60, 120, 240].forEach((seconds, i) => expect(Math.abs(waits[i]! - seconds * SECOND)).toBeLessThan(0.2 * seconds * SECOND + 2 * SECOND));
    expect(new Set(waits.slice(-8).map((ms) => Math.round(ms / SECOND))).size).toBeGreaterThan(4);
    const row = await box.read(mail.id);
    expect(row).toMatchObject({ state: 'pending', attempts: 22, error: expect.stringContaining('greylisted') });
    expect(row.tries).toHaveLength(20);
    expect(row.tries.every((t) => !t.ok && t.answer.includes('451'))).toBe(true);
    expect(row.tries.map((t) => t.at)).toEqual(row.tries.map((t) => t.at).sort());
  });

  it('is not tried before its time, whoever asks', async () => {
    sink.refuse({ code: 451, text: 'greylisted' });
    const mail = await box.message(await box.recipient());
    await box.sender.deliver();
    const before = sink.attempts();
    await box.sender.deliver();
    await box.sender.stage.run({ channel: 'email', notificationId: mail.id });
    expect(sink.attempts()).toBe(before);
  });

  it('is given up after the last try, and nothing else is stopped', async () => {
    receiver.behave({ status: 500 });
    const to = await hook();
    const last = (await loadChannels()).find((c) => c.id === 'webhook')!.waits.length;
    const message = await box.message(to, { attempts: last });
    await box.sender.deliver();
    expect(await box.read(message.id)).toMatchObject({ state: 'failed', attempts: last + 1, nextTryAt: null, error: expect.stringContaining('status 500') });
    expect((await box.reader(to.id)).stoppedAt).toBeNull();
  });

  it('waits as long as the other side asks for', async () => {
    receiver.behave({ status: 429, headers: { 'retry-after': '1800' } });
    const message = await box.message(await hook());
    await box.sender.deliver();
    expect(Math.abs(msUntil((await box.read(message.id)).nextTryAt) - 1_800 * SECOND)).toBeLessThan(20 * SECOND);
  });

  it('for what it says is given up alone', async () => {
    sink.misbehave({ code: 554, text: 'too much of it' });
    const anne = await box.recipient();
    const mail = await box.message(anne);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'failed', attempts: 1, error: expect.stringContaining('too much of it') });
    expect((await box.reader(anne.id)).stoppedAt).toBeNull();
    sink.misbehave(null);
    const next = await box.message(anne);
    await box.sender.deliver();
    expect(await box.read(next.id)).toMatchObject({ state: 'sent' });
  });

  it.each([
    ['a mailbox that is not there', () => sink.refuse({ code: 550, text: '5.1.1 no such mailbox' }), () => box.recipient(), 'no such mailbox'],
    ['a webhook that says 410', () => receiver.behave({ status: 410 }), hook, 'status 410'],
  ])('by %s stops the address in the same breath, and the rest for it is not tried', async (_what, refuse, to, words) => {
    refuse();
    const recipient = await to();
    const [first, second] = [await box.message(recipient), await box.message(recipient)];
    await box.sender.deliver([first.id]);
    const { stoppedAt, stoppedWhy } = await box.reader(recipient.id);
    expect(stoppedAt).not.toBeNull();
    expect(stoppedWhy).toContain(words);
    expect(await box.read(first.id)).toMatchObject({ state: 'failed', error: stoppedWhy });
    expect((await box.sender.deliveries.stopped('3bcar')).map((r) => r.id)).toContain(recipient.id);
    expect((await box.sender.deliveries.stopped('another')).map((r) => r.id)).not.toContain(recipient.id);
    sink.refuse(null);
    receiver.behave({ status: 204 });
    await box.sender.deliver();
    expect(await box.read(second.id)).toMatchObject({ state: 'failed', error: 'the recipient has been stopped' });
    expect([...sink.mails, ...receiver.taken]).toEqual([]);
  });

  it('at an address that was changed meanwhile stops nobody', async () => {
    sink.refuse({ code: 550, text: '5.1.1 no such mailbox' });
    const anne = await box.recipient();
    const mail = await box.message(anne);
    await box.query(`UPDATE recipient SET address = $2 WHERE id = $1`, [anne.id, `new-${anne.address}`]);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'failed' });
    expect((await box.reader(anne.id)).stoppedAt).toBeNull();
  });

  it('leaves no address and no secret in the log or in its row', async () => {
    const [anne, to] = [await box.recipient(), await hook()];
    sink.refuse({ code: 550, text: `5.1.1 <${anne.address.toUpperCase()}> unknown` });
    receiver.behave({ status: 500 });
    const messages = [await box.message(anne), await box.message(to)];
    await box.sender.deliver();
    const rows = await Promise.all(messages.map(async ({ id }) => JSON.stringify([(await box.read(id)).error, (await box.read(id)).tries])));
    expect(logged).toHaveLength(2);
    for (const text of [...logged, ...rows]) for (const hidden of [anne.address, anne.address.toUpperCase(), 'T0pS3cretPath', 'S3cretQuery', to.secrets[0]!]) expect(text).not.toContain(hidden);
  });
});

describe('more than one sender', () => {
  it('send each message once', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => box.recipient()));
    const messages = await Promise.all(people.flatMap((p) => Array.from({ length: 5 }, () => box.message(p))));
    const others = await Promise.all([1, 2].map(() => Sender.start(box.url, { smtpUrl: sink.url })));
    const due = messages.map((m) => ({ channel: 'email', notificationId: m.id }));
    await Promise.all([box.sender, ...others].flatMap((s) => due.map((d) => s.stage.run(d))));
    await Promise.all(others.map((s) => s.stop()));
    expect(sink.mails.map((m) => m.messageId).sort()).toEqual(mailsOf(messages));
    expect(await box.query(`SELECT DISTINCT state, attempts FROM notification`)).toEqual([{ state: 'sent', attempts: 1 }]);
  });

  it('take over what a killed one held, once that is sure and not before', async () => {
    const mail = await box.message(await box.recipient());
    await killed(mail.id, STALE_MS - 10 * SECOND);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'sending', attempts: 1 });
    await killed(mail.id, STALE_MS + SECOND);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'sent', attempts: 3 });
    expect(sink.mails).toHaveLength(1);
  });

  it('heed a late failure of one that was thought dead in nothing, and a late acceptance in all', async () => {
    const { deliveries } = box.sender;
    const mail = await box.message(await box.recipient());
    const slow = (await deliveries.claim(mail.id, STALE_MS))!.message;
    await killed(mail.id, STALE_MS + SECOND);
    const second = (await deliveries.claim(mail.id, STALE_MS))!.message;
    expect(second.attempts).toBe(3);
    expect(await deliveries.refused(slow, 'too late', 1_000, new Date())).toBe(false);
    await deliveries.gone(slow, { id: mail.recipientId, address: mail.address }, 'too late', new Date());
    await deliveries.drop(slow, 'too late');
    expect(await box.read(mail.id)).toMatchObject({ state: 'sending', error: null, tries: [] });
    expect((await box.reader(mail.recipientId)).stoppedAt).toBeNull();
    await deliveries.accepted(slow, '250 first', new Date());
    expect(await deliveries.refused(second, 'too late', 1_000, new Date())).toBe(false);
    await deliveries.accepted(second, '250 second', new Date());
    expect(await box.read(mail.id)).toMatchObject({ state: 'sent', sentWhere: '250 first', tries: [expect.objectContaining({ answer: '250 first' }), expect.objectContaining({ answer: '250 second' })] });
  });
});

describe('what is due', () => {
  const due = async (): Promise<string[]> => (await box.sender.check.due()).map((next) => (next.data as { channel: string }).channel);

  it('is shared between the channels, however many wait in one', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => box.recipient()));
    await Promise.all(people.flatMap((p) => Array.from({ length: 15 }, () => box.message(p))));
    const to = await hook();
    for (let n = 0; n < 3; n += 1) await box.message(to);
    const channels = await due();
    expect(channels.filter((c) => c === 'email')).toHaveLength(333);
    expect(channels.filter((c) => c === 'webhook')).toHaveLength(3);
    expect(channels.lastIndexOf('webhook')).toBeLessThan(6);
  });

  it('comes in turns of the recipients, so that one with many holds up nobody', async () => {
    const [many, few] = [await box.recipient(), await box.recipient()];
    for (let n = 0; n < 30; n += 1) await box.message(many, { createdAt: new Date(Date.now() - 60 * SECOND + n) });
    const last = await box.message(few);
    const ids = (await box.sender.check.due()).map((next) => (next.data as { notificationId: string }).notificationId);
    expect(ids).toHaveLength(21);
    expect(ids.indexOf(last.id)).toBe(1);
  });

  it('holds nothing of a channel that is not there any more', async () => {
    await box.message(await box.recipient({ channel: 'fax', address: '+33 1' }));
    expect(await due()).toEqual([]);
  });
});

describe('a channel that does not work', () => {
  it('keeps its messages, blames no address, and holds up no other channel', async () => {
    const [anne, to] = [await box.recipient(), await hook()];
    const dead = await Sender.start(box.url, { smtpUrl: 'smtp://127.0.0.1:1', origins: [receiver.origin] });
    const [mail, message] = [await box.message(anne), await box.message(to)];
    await dead.deliver();
    await dead.stop();
    expect(await box.read(message.id)).toMatchObject({ state: 'sent' });
    expect(await box.read(mail.id)).toMatchObject({ state: 'pending', attempts: 1, error: expect.stringContaining('ECONNREFUSED') });
    expect((await box.reader(anne.id)).stoppedAt).toBeNull();
  });

  it('that breaks in a way that nobody foresaw is tried again', async () => {
    const [email] = (await loadChannels()).filter((c) => c.id === 'email') as [Channel];
    const broken = defineChannel({ ...email, send: () => Promise.reject(new TypeError('x is not a function')) });
    const sender = await Sender.start(box.url, { smtpUrl: sink.url, channels: [broken] });
    const mail = await box.message(await box.recipient());
    await sender.deliver();
    await sender.stop();
    expect(await box.read(mail.id)).toMatchObject({ state: 'pending', error: 'x is not a function' });
  });
});

describe('one more copy, sent by hand', () => {
  it('says the same under an id of its own, and each copy is counted', async () => {
    const anne = await box.recipient();
    const mail = await box.message(anne);
    const { deliveries } = box.sender;
    expect(await deliveries.again(mail.id, new Date())).toBeNull();
    await box.sender.deliver();
    const [one, two] = await Promise.all([deliveries.again(mail.id, new Date()), deliveries.again(mail.id, new Date())]);
    expect([one!.key, two!.key].sort()).toEqual([`${mail.key}/again/1`, `${mail.key}/again/2`]);
    await box.sender.deliver();
    const third = await deliveries.again(one!.id, new Date());
    expect(third).toMatchObject({ againOf: mail.id, key: `${mail.key}/again/3`, messageId: `${third!.id}@carnot.test`, text: mail.text, state: 'pending', attempts: 0, tries: [] });
    expect(sink.mails.map((m) => m.messageId).sort()).toEqual(mailsOf([mail, one!, two!]));
    expect(new Set(sink.mails.map((m) => m.subject))).toEqual(new Set([mail.subject]));
    expect(await box.read(mail.id)).toMatchObject({ state: 'sent', attempts: 1, againOf: null });
    expect(await deliveries.again('00000000-0000-4000-8000-000000000000', new Date())).toBeNull();
  });
});
