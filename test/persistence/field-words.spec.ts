import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { migrate } from '../../src/app/database/data-source.js';
import { FieldWords1791300000000 } from '../../src/app/database/migrations/1791300000000-field-words.js';
import type { TestDatabase } from '../support/database/database.js';
import { earlierDatabase } from '../support/database/earlier-database.js';

const RECIPIENT = `INSERT INTO recipient (id, channel, owner, address, language, token, secrets, since, planned_seq, last_slot_at, link_key, wishes)
  VALUES ($1, 'email', '', 'ada@x.eu', 'fr', 'token', '{}', now(), 0, now(), 'key', $2)`;
/** Returns all tables, columns, indexes and constraints by name. */
const NAMES = `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT conrelid::regclass || ' ' || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1`;
const OLD =
  /letter|(^|[ .])notice|sighting|telling|watch|wishes|glance|_again_|again_by|(^|[ .])told|told_at|_pace/;

describe('a database with the names of before', () => {
  let made: TestDatabase;
  let source: DataSource;
  const [recipient, run, mail] = [randomUUID(), randomUUID(), randomUUID()];
  const names = async (): Promise<string[]> =>
    (await source.query<{ name: string }[]>(NAMES)).map(({ name }) => name);
  beforeEach(async () => {
    ({ made, source } = await earlierDatabase('FieldWords'));
    await source.query(
      `INSERT INTO profile (id, content, revision, updated_at) VALUES ('ours', '{"contacts": []}', 1, now())`,
    );
    await source.query(RECIPIENT, [recipient, { every: 'daily', ceiling: 5, urgent: false }]);
    await source.query(
      `INSERT INTO telling_defaults (profile_id, wishes, updated_at, updated_by) VALUES ('ours', '{"every": "weekly"}', now(), 'Ada')`,
    );
    await source.query(
      `INSERT INTO harvest_run (id, source_id, state, kind, started_at) VALUES ($1, 'test', 'not-believed', 'glance', now())`,
      [run],
    );
    await source.query(
      `INSERT INTO letter (id, kind, to_address, subject, text, html, message_id, state, created_at) VALUES ($1, 'sign-in', 'a@x.eu', 's', '', '', 'm', 'sent', now())`,
      [mail],
    );
    await source.query(
      `INSERT INTO watch (subject, state, since) VALUES ('queue/tell', 'ok', now()), ('queue/match', 'ok', now())`,
    );
  });
  afterEach(async () => {
    await source?.destroy();
    await made?.drop();
  });

  it('has those of today, and every row', async () => {
    await migrate(made.url);
    expect((await names()).filter((name) => OLD.test(name))).toEqual([]);
    expect(await source.query('SELECT id, preferences FROM recipient')).toEqual([
      { id: recipient, preferences: { frequency: 'daily', dailyLimit: 5, urgent: false } },
    ]);
    expect(await source.query('SELECT preferences FROM preference_defaults')).toEqual([
      { preferences: { frequency: 'weekly' } },
    ]);
    expect(await source.query('SELECT id, state, kind FROM harvest_run')).toEqual([
      { id: run, state: 'rejected', kind: 'quick-check' },
    ]);
    expect(await source.query('SELECT id, state FROM transactional_mail')).toEqual([
      { id: mail, state: 'sent' },
    ]);
    expect(await source.query('SELECT subject FROM monitor ORDER BY 1')).toEqual([
      { subject: 'queue/match' },
      { subject: 'queue/notify' },
    ]);
  });

  it('is as it was when the migration is undone', async () => {
    const rows = (): Promise<unknown[]> =>
      Promise.all(
        ['recipient', 'telling_defaults', 'harvest_run', 'letter', 'watch'].map((table) =>
          source.query(`SELECT * FROM ${table} ORDER BY 1`),
        ),
      );
    const before = [await names(), await rows()];
    const runner = source.createQueryRunner();
    const migration = new FieldWords1791300000000();
    await migration.up(runner);
    await migration.down(runner);
    await runner.release();
    expect([await names(), await rows()]).toEqual(before);
  });
});
