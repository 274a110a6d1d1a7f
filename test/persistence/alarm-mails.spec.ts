import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { mailIdOf } from '../../src/monitoring/domain/alarm-delivery.js';
import type { TestDatabase } from '../support/database/database.js';
import { earlierDatabase } from '../support/database/earlier-database.js';

const [ANNE, BOB] = ['anne@carnot.test', 'bob@carnot.test'];
const ALARM = `INSERT INTO alarm (id, subject, previous, state, raised_at, logged_at, delivery, attempts, error, next_try_at, sent_at, sent_to, sent_where)
  VALUES ($1, 'queue/mail', 'ok', 'late', now(), now() - interval '2 days', $2, $3, $4, $5, $6, $7, $8)`;
const BEFORE = `SELECT delivery, attempts, error, sent_to, sent_where, sent_at IS NOT NULL AS sent FROM alarm WHERE id = $1`;

/** The database before alarms became mails, and the migration that changed it. */
describe('alarms of before they were mails of the outbox', () => {
  let made: TestDatabase;
  let source: DataSource;
  const [sent, half, failed, waits, none] = Array.from({ length: 5 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> => source.query(sql, values);
  const mailsOf = (id: string) =>
    query(
      `SELECT id, to_address AS "to", state, attempts, error, sent_where AS answer, text, html FROM transactional_mail WHERE alarm_id = $1 ORDER BY to_address`,
      [id],
    );
  beforeAll(async () => {
    ({ made, source } = await earlierDatabase('AlarmMails', 'with'));
    // Without alarms there is no data to lose either way.
    await source.undoLastMigration();
    await query(ALARM, [sent, 'sent', 1, null, null, new Date(), [ANNE, BOB], '250 taken']);
    await query(ALARM, [
      half,
      'sent',
      2,
      `${BOB}: 550 no such user: bob`,
      null,
      new Date(),
      [ANNE],
      '250 taken',
    ]);
    await query(ALARM, [failed, 'failed', 40, `${ANNE}: 451 later; ${BOB}: 550`, null, null, [], null]);
    await query(ALARM, [waits, 'pending', 3, `${BOB}: 451 later`, new Date(), null, [ANNE], '250 taken']);
    await query(ALARM, [none, 'silenced', 0, null, null, null, [], null]);
    await source.runMigrations({ transaction: 'each' });
  });
  afterAll(async () => {
    await source?.destroy();
    await made?.drop();
  });

  it('that left are mails that left, and those that were given up are mails that were', async () => {
    const words = { text: '', html: '' };
    const taken = { state: 'sent', error: null, answer: '250 taken', ...words };
    expect(await mailsOf(sent)).toEqual([
      { id: mailIdOf(sent, ANNE), to: ANNE, attempts: 1, ...taken },
      { id: mailIdOf(sent, BOB), to: BOB, attempts: 1, ...taken },
    ]);
    const givenUp = { state: 'failed', answer: null, ...words };
    expect(await mailsOf(half)).toEqual([
      { id: mailIdOf(half, ANNE), to: ANNE, attempts: 2, ...taken },
      { id: mailIdOf(half, BOB), to: BOB, attempts: 2, error: '550 no such user: bob', ...givenUp },
    ]);
    expect(await mailsOf(failed)).toEqual([
      { id: mailIdOf(failed, ANNE), to: ANNE, attempts: 40, error: `451 later; ${BOB}: 550`, ...givenUp },
    ]);
  });

  it('that wait are written anew to those alone who do not have them, with a day for it', async () => {
    expect((await mailsOf(waits)).map(({ id, to, state }) => [id, to, state])).toEqual([
      [mailIdOf(waits, ANNE), ANNE, 'sent'],
    ]);
    expect(
      await query(
        `SELECT delivery, logged_at > now() - interval '1 hour' AS fresh FROM alarm WHERE id = ANY($1) ORDER BY delivery`,
        [[waits, none]],
      ),
    ).toEqual([
      { delivery: 'pending', fresh: true },
      { delivery: 'silenced', fresh: false },
    ]);
  });

  it('go back to what they were', async () => {
    await query(
      `INSERT INTO transactional_mail (id, kind, alarm_id, to_address, subject, text, html, message_id, created_at, state, attempts, error)
         VALUES ($1, 'alarm', $2, $3, 's', 't', 'h', 'm', now(), 'pending', 4, '451 later')`,
      [mailIdOf(waits, BOB), waits, BOB],
    );
    await query(`UPDATE alarm SET delivery = 'mailed' WHERE id = $1`, [waits]);
    await source.undoLastMigration();
    const then = { attempts: 1, error: null, sent_to: [] as string[], sent_where: null, sent: false };
    const has = { sent_where: '250 taken', sent_to: [ANNE] };
    for (const [id, was] of [
      [sent, { delivery: 'sent', ...has, sent_to: expect.arrayContaining([ANNE, BOB]), sent: true }],
      [half, { delivery: 'sent', ...has, attempts: 2, error: `${BOB}: 550 no such user: bob`, sent: true }],
      [failed, { delivery: 'failed', attempts: 40, error: `${ANNE}: 451 later; ${BOB}: 550` }],
      [waits, { delivery: 'pending', ...has, attempts: 4, error: `${BOB}: 451 later` }],
      [none, { delivery: 'silenced', attempts: 0 }],
    ] as const)
      expect((await query(BEFORE, [id]))[0]).toEqual({ ...then, ...was });
    expect(await query('SELECT id FROM transactional_mail')).toEqual([]);
  });
});
