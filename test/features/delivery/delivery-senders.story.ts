import { Logger } from '@nestjs/common';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineChannel, type Channel } from '../../../src/notifications/domain/delivery/channel.js';
import { STALE_MS } from '../../../src/outbox/domain/tries.js';
import { loadChannels } from '../../../src/notifications/channel-registry.js';
import type { NotificationEntity } from '../../../src/notifications/store/notification.entity.js';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import { Sender, type Outbox } from '../../support/notifications/outbox.js';
import { Sides } from '../../support/notifications/sides.js';
import type { SmtpSink } from '../../support/notifications/smtp-sink.js';
import { until } from '../../support/until.js';
import type { WebhookReceiver } from '../../support/notifications/webhook-receiver.js';
import { SECRET_KEY, secretBox } from '../../support/secrets.js';

const SECOND = 1_000;
let sides: Sides;
let sink: SmtpSink;
let receiver: WebhookReceiver;
let box: Outbox;
beforeAll(async () => {
  Logger.overrideLogger(false);
  sides = await Sides.start();
  ({ sink, receiver, box } = sides);
});
afterAll(() => sides?.stop());
beforeEach(() => sides.begin());

const hook = () => sides.hook();
const mailsOf = (messages: NotificationEntity[]): (string | undefined)[] =>
  messages.map((m) => `<${m.messageId}>`).sort();
/** Makes a notification look as if its sender had been killed `ms` ago. */
const killed = (id: string, ms: number) =>
  box.query(
    `UPDATE notification SET state = 'sending', claimed_at = now() - $2 * interval '1 millisecond', attempts = attempts + 1 WHERE id = $1`,
    [id, ms],
  );

/** Starts a separate process that delivers one mail. */
const sending = (databaseUrl: string, smtpUrl: string, notificationId: string): ChildProcess => {
  const dist = pathToFileURL(resolve('dist')).href;
  const program = `
    import 'reflect-metadata';
    import { channel } from '${dist}/notifications/channels/email/email.channel.js';
    import { DeliverJob } from '${dist}/notifications/deliver.job.js';
    import { acrossInstitutes } from '${dist}/platform/database/request-context.js';
    import { openDatabase } from '${dist}/app/database/data-source.js';
    import { DeliveryRepository } from '${dist}/notifications/store/delivery.repository.js';
    import { SecretBox } from '${dist}/platform/secrets/secret-box.js';
    import { SmtpMailer } from '${dist}/platform/mail/smtp.mailer.js';
    const mailer = new SmtpMailer({ url: '${smtpUrl}', from: { name: null, address: 'calls@carnot.test' } });
    const job = new DeliverJob(new DeliveryRepository(await openDatabase('${databaseUrl}'), new SecretBox([Buffer.from('${SECRET_KEY}', 'hex')])), [channel], mailer, null, { now: () => new Date() });
    await acrossInstitutes('a job works for everybody', () => job.run({ channel: 'email', notificationId: '${notificationId}' }));`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
};

const OLGA = { name: 'Olga', personId: null };

describe('more than one sender', () => {
  it('send each message once', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => box.recipient()));
    const messages = await Promise.all(
      people.flatMap((p) => Array.from({ length: 5 }, () => box.message(p))),
    );
    const others = await Promise.all([1, 2].map(() => Sender.start(box.url, { smtpUrl: sink.url })));
    const due = messages.map((m) => ({ channel: 'email', notificationId: m.id }));
    await Promise.all([box.sender, ...others].flatMap((s) => due.map((d) => s.job.run(d))));
    await Promise.all(others.map((s) => s.stop()));
    expect(sink.mails.map((m) => m.messageId).sort()).toEqual(mailsOf(messages));
    expect(await box.query(`SELECT DISTINCT state, attempts FROM notification`)).toEqual([
      { state: 'sent', attempts: 1 },
    ]);
  });

  it('take over what one held that was killed while the server kept it waiting', async () => {
    const mail = await box.message(await box.recipient());
    sink.misbehave('hang');
    const child = sending(box.url, sink.url, mail.id);
    await until(
      'it to be sent',
      async () => (await box.read(mail.id)).state === 'sending' && sink.attempts() > 0,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    sink.misbehave(null);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'sending', attempts: 1 });
    await box.query(
      `UPDATE notification SET claimed_at = claimed_at - $2 * interval '1 millisecond' WHERE id = $1`,
      [mail.id, STALE_MS],
    );
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(sink.mails.map((m) => m.messageId)).toEqual(mailsOf([mail]));
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
    const slow = (await deliveries.claim(mail.id, STALE_MS, new Date()))!.message;
    await killed(mail.id, STALE_MS + SECOND);
    const second = (await deliveries.claim(mail.id, STALE_MS, new Date()))!.message;
    expect(second.attempts).toBe(3);
    await deliveries.refused(slow, 'too late', 1_000, new Date());
    await deliveries.gone(slow, { id: mail.recipientId, address: mail.address }, 'too late', new Date());
    await deliveries.drop(slow, 'too late');
    expect(await box.read(mail.id)).toMatchObject({ state: 'sending', error: null, tries: [] });
    expect((await box.reader(mail.recipientId)).stoppedAt).toBeNull();
    await deliveries.accepted(slow, '250 first', new Date());
    await deliveries.refused(second, 'too late', 1_000, new Date());
    await deliveries.accepted(second, '250 second', new Date());
    expect(await box.read(mail.id)).toMatchObject({
      state: 'sent',
      sentWhere: '250 first',
      tries: [
        expect.objectContaining({ answer: '250 first' }),
        expect.objectContaining({ answer: '250 second' }),
      ],
    });
  });
});

describe('a message that has left', () => {
  it('is noted as soon as that can be, however long it cannot', async () => {
    const mail = await box.message(await box.recipient());
    await box.query(`ALTER TABLE notification ADD CONSTRAINT away CHECK (state <> 'sent') NOT VALID`);
    const resend = box.sender.deliver();
    await until('it to have left', async () => sink.mails.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 11 * SECOND));
    expect(await box.read(mail.id)).toMatchObject({ state: 'sending' });
    await box.query('ALTER TABLE notification DROP CONSTRAINT away');
    await resend;
    expect(await box.read(mail.id)).toMatchObject({ state: 'sent' });
    expect(sink.mails).toHaveLength(1);
  });

  it('is noted whatever the server said to it', async () => {
    const mail = await box.message(await box.recipient());
    sink.says('queued as \u0000 7');
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({
      state: 'sent',
      sentWhere: expect.stringMatching(/250 queued as 7$/),
    });
  });
});

describe('what is due', () => {
  const due = async (): Promise<string[]> =>
    (await box.sender.job.due()).map((next) => (next.data as { channel: string }).channel);

  it('is shared between the channels, however many wait in one', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => box.recipient()));
    await Promise.all(people.flatMap((p) => Array.from({ length: 15 }, () => box.message(p))));
    const to = await hook();
    for (let n = 0; n < 3; n += 1) await box.message(to);
    const channels = await due();
    const share = Math.floor(1_000 / (await loadChannels()).length);
    expect(channels.filter((c) => c === 'email')).toHaveLength(share);
    expect(channels.filter((c) => c === 'webhook')).toHaveLength(3);
    expect(channels.lastIndexOf('webhook')).toBeLessThan(6);
  });

  it('comes in turns of the recipients, so that one with many holds up nobody', async () => {
    const [many, few] = [await box.recipient(), await box.recipient()];
    for (let n = 0; n < 30; n += 1)
      await box.message(many, { createdAt: new Date(Date.now() - 60 * SECOND + n) });
    const last = await box.message(few);
    const ids = (await box.sender.job.due()).map(
      (next) => (next.data as { notificationId: string }).notificationId,
    );
    expect(ids).toHaveLength(21);
    expect(ids.indexOf(last.id)).toBe(1);
  });

  it('comes to e-mails that somebody waits for, however many copies of newsletters are tried again', async () => {
    const mails = new TransactionalMailRepository(box.sender.database, secretBox);
    await box.query(
      `INSERT INTO transactional_mail (id, kind, to_address, subject, text, html, message_id, state, created_at)
       SELECT gen_random_uuid(), 'newsletter', 'a@b.eu', 's', 't', 'h', 'm', 'pending', now() - interval '1 hour' FROM generate_series(1, 1200)`,
    );
    const link = newTransactionalMail(
      { PUBLIC_URL: 'https://carnot.test' },
      {
        ...{ kind: 'sign-in', profileId: null, toName: 'A', toAddress: 'a@b.eu', createdAt: new Date() },
        ...{ subject: 's', text: 't', html: 'h' },
      },
    );
    await mails.write(link);
    try {
      expect([await mails.waiting(STALE_MS), (await mails.waitingCopies(STALE_MS)).length]).toEqual([
        [link.id],
        100,
      ]);
    } finally {
      await box.query('DELETE FROM transactional_mail');
    }
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
    expect(await box.read(mail.id)).toMatchObject({
      state: 'pending',
      attempts: 1,
      error: expect.stringContaining('ECONNREFUSED'),
    });
    expect((await box.reader(anne.id)).stoppedAt).toBeNull();
  });

  it('that breaks in a way that nobody foresaw is tried again', async () => {
    const [email] = (await loadChannels()).filter((c) => c.id === 'email') as [Channel];
    const broken = defineChannel({
      ...email,
      send: () => Promise.reject(new TypeError('x is not a function')),
    });
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
    expect(await deliveries.resend(mail.id, OLGA, new Date())).toBeNull();
    await box.sender.deliver();
    const [one, two] = await Promise.all([
      deliveries.resend(mail.id, OLGA, new Date()),
      deliveries.resend(mail.id, OLGA, new Date()),
    ]);
    expect([one!.key, two!.key].sort()).toEqual([`${mail.key}/again/1`, `${mail.key}/again/2`]);
    await box.sender.deliver();
    const third = await deliveries.resend(one!.id, OLGA, new Date());
    expect(third).toMatchObject({
      resendOf: mail.id,
      key: `${mail.key}/again/3`,
      messageId: `${third!.id}@carnot.test`,
      text: mail.text,
      state: 'pending',
      attempts: 0,
      tries: [],
    });
    expect(sink.mails.map((m) => m.messageId).sort()).toEqual(mailsOf([mail, one!, two!]));
    expect(new Set(sink.mails.map((m) => m.subject))).toEqual(new Set([mail.subject]));
    expect(await box.read(mail.id)).toMatchObject({ state: 'sent', attempts: 1, resendOf: null });
    expect(await deliveries.resend('00000000-0000-4000-8000-000000000000', OLGA, new Date())).toBeNull();
  });
});
