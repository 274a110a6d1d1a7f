import { randomBytes, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { DeliveryMonitor } from '../../../src/notifications/delivery-monitor.js';
import { FollowEntity } from '../../../src/notifications/store/notification.entity.js';
import { RecipientRepository } from '../../../src/notifications/store/recipient.repository.js';
import { MailDelivery } from '../../../src/outbox/mail.job.js';
import { HELD, HeldSending } from '../../../src/outbox/store/sending.js';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import { startSmtpSink, type SmtpSink } from '../../support/notifications/smtp-sink.js';
import { OPERATOR, Monitoring } from '../../support/queue/watching.js';

const EMAIL = 'delivery/email';
const SPAM = { code: 554, text: '5.7.1 Spam message rejected' };
let sink: SmtpSink;
let w: Monitoring;
beforeAll(async () => {
  sink = await startSmtpSink();
  w = await Monitoring.start({ SMTP_URL: sink.url, OPERATOR_EMAIL: OPERATOR });
});
afterAll(async () => {
  await w?.stop();
  await sink?.close();
});
beforeEach(async () => {
  sink.misbehave(null);
  sink.mails.length = 0;
  await w.forget();
  await w.query('DELETE FROM transactional_mail');
});

const written = async (toAddress: string): Promise<string> => {
  const mail = newTransactionalMail(
    { PUBLIC_URL: 'http://calls.test' },
    {
      kind: 'proposal',
      profileId: null,
      toName: null,
      toAddress,
      subject: 's',
      text: 't',
      html: 'h',
      createdAt: w.clock.now(),
    },
  );
  await w.test.app.get(TransactionalMailRepository).write(mail);
  return mail.id;
};
const tried = async (id: string): Promise<void> => {
  await w.query(`UPDATE transactional_mail SET next_try_at = NULL WHERE id = $1 AND state = 'pending'`, [id]);
  await w.test.app.get(MailDelivery, { strict: false }).deliver(id);
};
const sent = async (...addresses: string[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const address of addresses) {
    ids.push(await written(address));
    await tried(ids.at(-1)!);
    w.clock.move({ seconds: 1 });
  }
  return ids;
};
const look = async (): Promise<void> => {
  w.clock.move({ minutes: 1 });
  await w.test.app.get(DeliveryMonitor).due();
};
const state = async (subject = EMAIL) => {
  await look();
  const [row] = await w.query('SELECT state, reason FROM monitor WHERE subject = $1', [subject]);
  return row;
};

describe('the delivery of e-mails', () => {
  it('is fine while e-mails are accepted, and while one reader refuses them', async () => {
    await sent('a@x.test', 'b@x.test');
    sink.misbehave(SPAM);
    const [id] = await sent('c@x.test');
    for (let n = 0; n < 3; n += 1) await tried(id!);
    expect(await state()).toMatchObject({ state: 'ok' });
  });

  it('is an alarm where none is accepted any more, which reaches the operator once the server accepts again', async () => {
    await sent('a@x.test');
    expect(await state()).toMatchObject({ state: 'ok' });
    sink.misbehave(SPAM);
    const ids = await sent('b@x.test', 'c@x.test', 'd@x.test');
    expect(await state()).toMatchObject({
      state: 'failing',
      reason: expect.stringMatching(
        /^messages to 3 readers wait, the last one was accepted on 6 May 2026, 12:\d\d \(Brussels\); the last answer: 127\.0\.0\.1:\d+ \(DATA\): 554 5\.7\.1 Spam message rejected$/,
      ),
    });
    await w.deliver();
    expect(sink.mails).toHaveLength(1);
    sink.misbehave(null);
    for (const id of ids) await tried(id);
    await w.query(`UPDATE transactional_mail SET next_try_at = NULL WHERE kind = 'alarm'`);
    await w.deliver();
    const alarm = sink.mails.at(-1)!;
    expect(alarm.subject).toBe('[carnot-europe] Delivery (E-mail) is failing (was ok)');
    for (const said of [
      'npm run cli -- test-mail you@example.org',
      'SPF, DKIM and DMARC',
      'notifications?state=failed',
    ])
      expect(alarm.text).toContain(said);
    expect(await state()).toMatchObject({ state: 'ok', reason: null });
  });

  it('is one where even the only reader is refused for half an hour', async () => {
    sink.misbehave(SPAM);
    const [id] = await sent('a@x.test');
    for (let n = 0; n < 3; n += 1) await tried(id!);
    expect(await state()).toMatchObject({ state: 'ok' });
    await tried(id!);
    expect(await state()).toMatchObject({
      state: 'failing',
      reason: expect.stringContaining('none was ever'),
    });
  });

  it('is one where more than a tenth of a day is refused again and again, though the others arrive', async () => {
    sink.misbehave(SPAM);
    const ids = await sent('a@x.test', 'b@x.test', 'c@x.test');
    for (let n = 0; n < 4; n += 1) for (const id of ids) await tried(id);
    sink.misbehave(null);
    await sent('d@x.test');
    expect(await state()).toMatchObject({
      state: 'hampered',
      reason: expect.stringContaining('3 messages wait after several tries, 1 were accepted'),
    });
    for (let n = 0; n < 27; n += 1) await sent(`more-${n}@x.test`);
    expect(await state()).toMatchObject({ state: 'ok' });
  });

  it('is one where a message was given up, until the operator has it sent again', async () => {
    sink.misbehave(SPAM);
    const [id] = await sent('a@x.test');
    await w.query('UPDATE transactional_mail SET attempts = 39 WHERE id = $1', [id]);
    await tried(id!);
    sink.misbehave(null);
    expect(await state()).toMatchObject({
      state: 'incomplete',
      reason: expect.stringMatching(/^1 message was given up; the last answer: .*Spam message rejected$/),
    });
    await w.deliver();
    expect(sink.mails.at(-1)!.text).toContain('npm run cli -- resume-sending --given-up');
    expect(await w.test.app.get(HeldSending).sendGivenUp()).toBe(1);
    await tried(id!);
    expect(await state()).toMatchObject({ state: 'ok' });
  });

  it('is one where an address does not exist any more, and none where somebody unsubscribed', async () => {
    const recipients = w.test.app.get(RecipientRepository);
    const follower = async (address: string): Promise<string> => {
      const { id } = await recipients.ensure({
        id: randomUUID(),
        channel: 'email',
        owner: '',
        address,
        name: null,
        language: 'fr',
        profileId: '3bcar',
        token: randomBytes(24).toString('base64url'),
        linkKey: randomBytes(24).toString('base64url'),
        since: w.clock.now(),
        lastDigestDueAt: w.clock.now(),
      });
      await w.test.app.get(DataSource).manager.insert(FollowEntity, {
        recipientId: id,
        kind: 'profile',
        target: '3bcar',
        origin: 'own',
        since: w.clock.now(),
        baselineSeq: '0',
        welcomedAt: w.clock.now(),
        leftAt: null,
      });
      return id;
    };
    await recipients.stop(await follower('a@x.test'), 'unsubscribed', w.clock.now());
    expect(await state()).toMatchObject({ state: 'ok' });
    await recipients.stop(await follower('b@x.test'), '550 5.1.1 unknown', w.clock.now());
    expect(await state()).toMatchObject({
      state: 'incomplete',
      reason: '1 address does not exist, and nothing more is sent there',
    });
    w.clock.move({ hours: 24 });
    expect(await state()).toMatchObject({ state: 'ok' });
  });

  it('is not judged while a restored copy holds everything back', async () => {
    sink.misbehave(SPAM);
    await sent('a@x.test', 'b@x.test', 'c@x.test');
    await w.query(`INSERT INTO setting (key, value) VALUES ($1, '{}')`, [HELD]);
    expect(await state()).toBeUndefined();
    await w.query('DELETE FROM setting WHERE key = $1', [HELD]);
    expect(await state()).toMatchObject({ state: 'failing' });
  });
});
