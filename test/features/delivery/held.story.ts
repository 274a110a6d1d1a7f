import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { HELD, HeldSending } from '../../../src/outbox/store/sending.js';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import { SettingRepository } from '../../../src/platform/database/setting.repository.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { somebody } from '../../support/access/people.js';
import { secretBox } from '../../support/secrets.js';
import { Sides } from '../../support/notifications/sides.js';

let sides: Sides;
let sending: HeldSending;
beforeAll(async () => {
  sides = await Sides.start();
  const { database } = sides.box.sender;
  sending = new HeldSending(database, new SettingRepository(database));
});
afterAll(() => sides?.stop());
beforeEach(async () => {
  await sides.begin();
  await sides.box.query(`INSERT INTO setting (key, value) VALUES ($1, '{}') ON CONFLICT DO NOTHING`, [HELD]);
});

describe('a copy restored from a backup', () => {
  it('sends no message, not even one whose job is there, until it is told to', async () => {
    const message = await sides.box.message(await sides.box.recipient());
    expect(await sides.box.sender.job.due()).toEqual([]);
    await sides.box.sender.job.run({ channel: 'email', notificationId: message.id });
    expect(sides.sink.mails).toEqual([]);
    expect(await sides.box.read(message.id)).toMatchObject({ state: 'pending', attempts: 0 });
    expect(await sending.resume(false)).toBe(0);
    await sides.box.sender.deliver();
    expect(sides.sink.mails).toHaveLength(1);
  });

  it('sends no transactional e-mail, and no alarm', async () => {
    const { database } = sides.box.sender;
    const mails = new TransactionalMailRepository(database, secretBox);
    const alarmId = randomUUID();
    const mailOf = (kind: 'sign-in' | 'alarm') => ({
      ...newTransactionalMail(
        { PUBLIC_URL: 'https://carnot.test' },
        {
          kind,
          profileId: null,
          toName: 'A',
          toAddress: 'a@b.eu',
          subject: 's',
          text: 't',
          html: 'h',
          createdAt: new Date(),
        },
      ),
      alarmId: kind === 'alarm' ? alarmId : null,
    });
    await sides.box.query(
      `INSERT INTO alarm (id, subject, previous, state, raised_at, delivery) VALUES ($1, 'workers', 'ok', 'gone', now(), 'mailed')`,
      [alarmId],
    );
    const [mail, ofAlarm] = [mailOf('sign-in'), mailOf('alarm')];
    await mails.write(mail);
    await mails.write(ofAlarm);
    expect([
      await mails.waiting(1_000),
      await mails.claim(mail.id, 1_000),
      await mails.waitingAlarms(1_000),
      await mails.claim(ofAlarm.id, 1_000),
    ]).toEqual([[], null, [], null]);
    await sending.resume(false);
    expect([await mails.waiting(1_000), await mails.waitingAlarms(1_000)]).toEqual([[mail.id], [ofAlarm.id]]);
  });

  it('keeps the text of an e-mail that was given up until the operator has it sent again, if it is not out of date', async () => {
    const { database } = sides.box.sender;
    const mails = new TransactionalMailRepository(database, secretBox);
    await sending.resume(false);
    const written = async (expiresAt: Date | null) => {
      const mail = newTransactionalMail(
        { PUBLIC_URL: 'https://carnot.test' },
        {
          kind: 'proposal',
          profileId: null,
          toName: 'A',
          toAddress: 'a@b.eu',
          subject: 's',
          text: 'the text',
          html: 'h',
          expiresAt,
          createdAt: new Date(),
        },
      );
      await mails.write(mail);
      return (await mails.claim(mail.id, 1_000))!;
    };
    const [lasting, late, dead] = [
      await written(null),
      await written(new Date(Date.now() + 1_000_000)),
      await written(null),
    ];
    await mails.refused(lasting, 'spam', null);
    await mails.refused(late, 'spam', null);
    await mails.notSent(dead, 'no such mailbox');
    await sides.box.query('UPDATE transactional_mail SET expires_at = now() WHERE id = $1', [late.id]);
    expect(await mails.waiting(1_000)).not.toContain(lasting.id);
    expect(await sending.sendGivenUp()).toBe(1);
    expect(await mails.claim(lasting.id, 1_000)).toMatchObject({ text: 'the text', attempts: 1 });
    expect([await mails.claim(late.id, 1_000), await mails.claim(dead.id, 1_000)]).toEqual([null, null]);
    expect(await sides.box.query('SELECT text FROM transactional_mail WHERE id = $1', [dead.id])).toEqual([
      { text: '' },
    ]);
  });

  it('keeps no link by which somebody leaves a list of what it lets go', async () => {
    const { database } = sides.box.sender;
    const mail = newTransactionalMail(
      { PUBLIC_URL: 'https://carnot.test' },
      {
        ...{ kind: 'newsletter', profileId: null, toName: 'A', toAddress: 'a@b.eu' },
        ...{ subject: 's', text: 't', html: 'h', createdAt: new Date() },
        unsubscribeUrl: 'https://carnot.test/newsletter/secret',
      },
    );
    await new TransactionalMailRepository(database, secretBox).write(mail);
    await sending.resume(true);
    expect(
      await sides.box.query(
        'SELECT state, text, html, unsubscribe_url AS link FROM transactional_mail WHERE id = $1',
        [mail.id],
      ),
    ).toEqual([{ state: 'failed', text: '', html: '', link: null }]);
  });

  it('lets go what waits for a digest too, but only where it is told so', async () => {
    const items = () => sides.box.query('SELECT DISTINCT state FROM notification_item');
    const { id } = await sides.box.recipient();
    await sides.box.query(
      `INSERT INTO notification_item (recipient_id, key, kind, place, made_at, state) VALUES ($1, 'call/x', 'call', 'digest', now(), 'waiting')`,
      [id],
    );
    expect(await sending.resume(false)).toBe(0);
    expect(await items()).toEqual([{ state: 'waiting' }]);
    await sides.box.query(`INSERT INTO setting (key, value) VALUES ($1, '{}')`, [HELD]);
    expect(await sending.resume(true)).toBeGreaterThanOrEqual(1);
    expect(await items()).toEqual([{ state: 'written' }]);
  });

  it('lets go what was waiting where the other installation has sent it', async () => {
    const message = await sides.box.message(await sides.box.recipient());
    expect(await sending.resume(true)).toBeGreaterThanOrEqual(1);
    expect(await sides.box.read(message.id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('restored from a backup'),
    });
    const next = await sides.box.message(await sides.box.recipient());
    await sides.box.sender.deliver();
    expect((await sides.box.read(next.id)).state).toBe('sent');
    expect(sides.sink.mails).toHaveLength(1);
  });

  it('says so, to whoever watches it and on its pages, and tries out no channel', async () => {
    const app: TestApp = await startApp({}, { working: false });
    try {
      const ready = async () => (await api(app.url, '/health/ready', { token: null })).body;
      const reader = await somebody(app, { role: 'coordinator', language: 'fr' });
      const page = async (path: string) => (await reader.get(path)).body;
      expect(await ready()).toMatchObject({ status: 'ok', sending: 'on' });
      expect(await page('/calls')).not.toContain('resume-sending');
      await app.app.get(DataSource).query(`INSERT INTO setting (key, value) VALUES ($1, '{}')`, [HELD]);
      expect(await ready()).toMatchObject({ status: 'ok', sending: 'held' });
      expect(await page('/calls')).toContain('Cette copie a été restaurée');
    } finally {
      await app.stop();
    }
  });
});
