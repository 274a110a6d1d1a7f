import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions, migrate } from '../../src/app/database/data-source.js';
import { emptyDatabase } from '../support/database.js';

const profile = (id: string, emails: string[]) =>
  JSON.stringify({ id, contacts: emails.map((email) => ({ name: 'N', email })) });

describe('the contacts of a database from before they had to confirm', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let source: DataSource;
  beforeAll(async () => {
    database = await emptyDatabase();
    const options = databaseOptions(database.url);
    const before = (options.migrations as { name: string }[]).slice(
      0,
      (options.migrations as { name: string }[]).findIndex((m) => m.name.startsWith('Contacts')),
    );
    source = await new DataSource({ ...options, migrations: before } as DataSourceOptions).initialize();
    await source.runMigrations({ transaction: 'each' });
    const person = (email: string, role: string, of: string | null, removed = false) =>
      source.query(
        `INSERT INTO person (id, email, name, language, role, profile_id, created_at, removed_at) VALUES (gen_random_uuid(), $1, 'N', 'fr', $2, $3, now(), CASE WHEN $4 THEN now() END)`,
        [email, role, of, removed],
      );
    await person('coco@carnot.test', 'coordinator', null);
    await person('gone@carnot.test', 'coordinator', null, true);
    await person('odile@air.test', 'officer', 'air');
    for (const [id, emails] of [
      ['air', ['Odile@air.test', 'anne@air.test', 'coco@carnot.test', 'gone@carnot.test']],
      ['sea', ['odile@air.test']],
    ] as const) {
      await source.query(
        'INSERT INTO profile (id, content, revision, updated_at) VALUES ($1, $2, 1, now())',
        [id, profile(id, [...emails])],
      );
    }
    await migrate(database.url);
  });
  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  it('are confirmed; those who sign in elsewhere are still to be let in by somebody inside', async () => {
    const rows = await source.query(
      `SELECT profile_id || ' ' || address AS who, confirmed_at IS NOT NULL AS confirmed, admitted_at IS NOT NULL AS inside FROM contact ORDER BY 1`,
    );
    expect(rows).toEqual([
      { who: 'air anne@air.test', confirmed: true, inside: true },
      { who: 'air coco@carnot.test', confirmed: true, inside: false },
      { who: 'air gone@carnot.test', confirmed: true, inside: true },
      { who: 'air odile@air.test', confirmed: true, inside: true },
      { who: 'sea odile@air.test', confirmed: true, inside: false },
    ]);
  });
});
