import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { MonitorStates } from '../../../src/monitoring/store/alarm.repository.js';
import { TransactionalMailRepository } from '../../../src/outbox/store/transactional-mail.repository.js';
import { SecretBox } from '../../../src/platform/secrets/secret-box.js';
import { STALE_MS } from '../../../src/outbox/domain/tries.js';
import { startSmtpSink, type SmtpSink } from '../../support/notifications/smtp-sink.js';
import { OPERATOR, SOURCE, Monitoring } from '../../support/queue/watching.js';
import { MailJob } from '../../../src/outbox/mail.job.js';

const SECOND = 'second@carnot.test';
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
  sink.refuse(null);
  sink.mails.length = 0;
  await w.forget();
});
afterEach(() => jest.restoreAllMocks());

const subjects = () =>
  sink.mails.map((m) => m.subject!.replace('[carnot-europe] EU Funding & Tenders Portal ', ''));
const due = (id: string) =>
  w.query(
    "UPDATE transactional_mail SET next_try_at = now() - interval '1 second' WHERE alarm_id = $1 AND state = 'pending'",
    [id],
  );

describe('an alarm', () => {
  it('is one mail to the operator: what, why, since when, what to do; no list that one could leave', async () => {
    await w.seen('healthy');
    await w.seen('broken', 'results[3] is not an object');
    await Promise.all([w.deliver(), w.deliver(), w.deliver()]);
    await w.deliver();
    expect(sink.mails).toHaveLength(1);
    const [mail] = sink.mails;
    expect(mail).toMatchObject({
      subject: '[carnot-europe] EU Funding & Tenders Portal is broken (was healthy)',
      envelopeTo: [OPERATOR],
    });
    const { id, ...alarm } = await w.newest();
    for (const body of [mail!.text!, mail!.html as string]) {
      for (const part of [
        'results[3] is not an object',
        'npm run cli -- reparse --source funding-tenders',
        `http://calls.test/v1/alarms/${id}/acknowledge`,
      ])
        expect(body).toContain(part);
    }
    expect(mail!.headers.get('list')).toBeUndefined();
    expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(alarm).toMatchObject({
      delivery: 'sent',
      attempts: 1,
      error: null,
      sentTo: [OPERATOR],
      sentWhere: expect.stringContaining('250'),
      sentAt: expect.any(String),
    });
  });

  it('is one line in the log, a warning; an all-clear is one that warns of nothing', async () => {
    const [warned, said] = (['warn', 'log'] as const).map((level) =>
      jest.spyOn(Logger.prototype, level).mockImplementation(),
    );
    await w.seen('healthy');
    await w.seen('broken', 'the reason');
    await Promise.all([w.deliver(), w.deliver()]);
    w.clock.move({ hours: 3 });
    await w.seen('healthy');
    await Promise.all([w.deliver(), w.deliver()]);
    w.clock.move({ minutes: 61 });
    await Promise.all([w.deliver(), w.deliver()]);
    expect(warned!.mock.calls.map(([line]) => line)).toEqual([
      'EU Funding & Tenders Portal is broken (was healthy): the reason',
    ]);
    expect(said!.mock.calls.map(([line]) => line)).toEqual([
      'EU Funding & Tenders Portal is healthy again after 3 hours (was broken)',
    ]);
    expect(subjects()).toEqual(['is broken (was healthy)', 'Re: is broken (was healthy)']);
    expect(sink.mails[1]!.text).toMatch(
      /^EU Funding & Tenders Portal is healthy again after 3 hours \(was broken\)\./,
    );
  });

  it('that the server refuses for now waits, and leaves later as the same message; another is not held up by it', async () => {
    sink.refuse({ code: 451, text: 'greylisted' });
    await w.seen('broken');
    const from = Date.now();
    await w.deliver();
    const { id, ...first } = await w.newest();
    expect(first).toMatchObject({
      delivery: 'pending',
      attempts: 1,
      error: expect.stringContaining('greylisted'),
      sentTo: [],
      sentAt: null,
    });
    expect(Date.parse(first.nextTryAt!)).toBeGreaterThanOrEqual(from + 48_000);
    sink.refuse(null);
    await w.seen('late', null, 'queue/notify');
    await w.deliver();
    expect(sink.mails.map((m) => m.subject)).toEqual([
      '[carnot-europe] Queue notify is late (at the first look)',
    ]);
    await due(id);
    await w.deliver();
    expect((await w.alarms()).find((a) => a.id === id)).toMatchObject({
      delivery: 'sent',
      attempts: 2,
      error: null,
      nextTryAt: null,
    });
    expect(sink.mails.at(-1)!.messageId).toContain(`alarm.${id}.`);
  });

  it('that is refused for good is given up, and stays on record', async () => {
    sink.refuse({ code: 550, text: 'no such mailbox' });
    await w.seen('broken');
    await w.deliver();
    await w.deliver();
    expect(await w.newest()).toMatchObject({
      delivery: 'failed',
      attempts: 1,
      nextTryAt: null,
      open: true,
      error: expect.stringContaining(`${OPERATOR}: `),
    });
  });

  it('whose sender died is sent once that is sure', async () => {
    const { id } = (await w.seen('broken'))!;
    const died = (ms: number) =>
      w.query(
        `UPDATE transactional_mail SET state = 'sending', claimed_at = now() - $2 * interval '1 millisecond' WHERE alarm_id = $1`,
        [id, ms],
      );
    await died(STALE_MS - 10_000);
    await w.deliver();
    expect(sink.mails).toEqual([]);
    await died(STALE_MS + 1_000);
    await w.deliver();
    expect(sink.mails).toHaveLength(1);
  });
});

describe('several operators', () => {
  it('each get a mail of their own, and one that was refused is tried without troubling the others', async () => {
    const both = await Monitoring.start(
      { SMTP_URL: sink.url, OPERATOR_EMAIL: `${OPERATOR}, ${SECOND}` },
      { beside: w },
    );
    try {
      const { mailer } = both;
      const send = mailer.send.bind(mailer);
      const refusing = jest
        .spyOn(mailer, 'send')
        .mockImplementation((mail) =>
          mail.to.address === SECOND ? Promise.reject(new Error('not now')) : send(mail),
        );
      const { id } = (await both.seen('broken'))!;
      await both.deliver();
      expect(await both.newest()).toMatchObject({
        delivery: 'pending',
        sentTo: [OPERATOR],
        error: `${SECOND}: not now`,
      });
      refusing.mockRestore();
      both.clock.move({ seconds: 1 });
      await due(id);
      await both.deliver();
      expect(await both.newest()).toMatchObject({
        delivery: 'sent',
        sentTo: [OPERATOR, SECOND],
        error: null,
      });
      expect(sink.mails.map((m) => m.envelopeTo)).toEqual([[OPERATOR], [SECOND]]);
      expect(new Set(sink.mails.map((m) => m.messageId)).size).toBe(2);
    } finally {
      await both.stop();
    }
  });
});

describe('without an operator', () => {
  it('an alarm is written into the log and left to a process that has one; where none has for a day, it goes to nobody', async () => {
    const alone = await Monitoring.start({ SMTP_URL: sink.url }, { beside: w });
    try {
      const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
      await alone.seen('blocked', 'a page that only a person can pass');
      await alone.deliver();
      expect(warned).toHaveBeenCalledTimes(1);
      expect(await alone.newest()).toMatchObject({ delivery: 'none', attempts: 0, open: true });
      expect(await w.newest()).toMatchObject({ delivery: 'pending' });
      await w.deliver();
      expect(sink.mails).toHaveLength(1);
      expect(await alone.newest()).toMatchObject({ delivery: 'sent' });
      await alone.seen('late', null, 'queue/notify');
      await alone.deliver();
      await w.query("UPDATE alarm SET logged_at = now() - interval '25 hours' WHERE state = 'late'");
      // A copy restored from a backup does not give up on any mail.
      await w.query("INSERT INTO setting (key, value) VALUES ('sending-held', '{}')");
      await alone.deliver();
      expect(await w.newest()).toMatchObject({ state: 'late', delivery: 'pending' });
      await w.query("DELETE FROM setting WHERE key = 'sending-held'");
      await alone.deliver();
      await w.deliver();
      expect(await w.newest()).toMatchObject({ state: 'late', delivery: 'none' });
      expect(sink.mails).toHaveLength(1);
    } finally {
      await alone.stop();
    }
  });
});

describe('the mail about an alarm', () => {
  const waiting = () =>
    w.query(`SELECT alarm_id AS "alarmId", to_address AS "to", state FROM transactional_mail`);

  it('is in the outbox with the alarm, or not at all: it is written in the same transaction', async () => {
    const { states, database } = {
      states: w.test.app.get(MonitorStates),
      database: w.test.app.get(DataSource),
    };
    const seen = { subject: SOURCE, state: 'broken', reason: null, now: w.clock.now() };
    await expect(
      database.transaction(async (tx) => {
        await states.observe(tx, seen);
        throw new Error('the harvest could not be stored');
      }),
    ).rejects.toThrow('could not be stored');
    expect([await waiting(), await w.alarms()]).toEqual([[], []]);
    const alarm = await database.transaction((tx) => states.observe(tx, seen));
    expect(await waiting()).toEqual([{ alarmId: alarm!.id, to: OPERATOR, state: 'pending' }]);
  });

  it('is queued for nobody: it may say that no job is worked off', async () => {
    await w.seen('late', null, 'queue/mail');
    expect(await w.test.app.get(MailJob, { strict: false }).due()).toEqual([]);
    await w.deliver();
    expect(sink.mails).toHaveLength(1);
  });

  it('that fails raises no other, however often', async () => {
    sink.refuse({ code: 451, text: 'greylisted' });
    const { id } = (await w.seen('broken'))!;
    for (let n = 0; n < 3; n += 1) {
      await due(id);
      await w.deliver();
    }
    expect(await w.alarms()).toHaveLength(1);
    expect(await waiting()).toHaveLength(1);
    expect(await w.newest()).toMatchObject({ attempts: 3, delivery: 'pending' });
  });

  it('that no key opens any more is written anew', async () => {
    const { id } = (await w.seen('broken'))!;
    const { box } = w.test.app.get(TransactionalMailRepository) as unknown as { box: SecretBox };
    const sealed = new SecretBox([randomBytes(32)]).seal('words', 'another place');
    await w.query('UPDATE transactional_mail SET text = $1', [sealed]);
    expect(box.open(sealed, 'another place')).toBeNull();
    await w.deliver();
    expect(sink.mails).toEqual([]);
    await w.deliver();
    expect(sink.mails.map((m) => m.messageId)).toEqual([expect.stringContaining(`alarm.${id}.`)]);
    expect(await w.newest()).toMatchObject({ delivery: 'sent', sentTo: [OPERATOR] });
  });
});

describe('trouble that is acknowledged', () => {
  it('is mailed no more while it gets worse, though it is noted and logged; the all-clear is mailed, and the next trouble too', async () => {
    await w.seen('healthy');
    const alarm = (await w.seen('throttled'))!;
    await w.deliver();
    expect((await w.acknowledge(alarm.id)).status).toBe(200);
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    for (const state of ['blocked', 'unreachable']) {
      await w.seen(state);
      await w.deliver();
      expect(await w.newest()).toMatchObject({ state, delivery: 'silenced', attempts: 0 });
    }
    expect(warned).toHaveBeenCalledTimes(2);
    expect(subjects()).toEqual(['is throttled (was healthy)']);
    w.clock.move({ hours: 2 });
    await w.seen('healthy');
    w.clock.move({ hours: 2 });
    await w.deliver();
    await w.seen('broken');
    await w.deliver();
    expect(subjects().slice(1)).toEqual(['Re: is throttled (was healthy)', 'is broken (was healthy)']);
    expect(sink.mails[1]!.text!.replace(/\s+/g, ' ')).toContain(
      'is healthy again after 2 hours (was unreachable)',
    );
    expect((await w.alarms('&open=true')).map((a) => [a.subject, a.state, a.acknowledgedAt])).toEqual([
      [SOURCE, 'broken', null],
    ]);
  });
});
