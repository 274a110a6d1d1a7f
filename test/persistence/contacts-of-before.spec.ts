import type { DataSource } from 'typeorm';
import { migrate } from '../../src/app/database/data-source.js';
import type { TestDatabase } from '../support/database/database.js';
import { earlierDatabase } from '../support/database/earlier-database.js';

const profile = (id: string, emails: string[]) =>
  JSON.stringify({ id, contacts: emails.map((email) => ({ name: 'N', email })) });

describe('the contacts of a database from before they had to confirm', () => {
  let made: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    ({ made, source } = await earlierDatabase('Contacts'));
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
    await migrate(made.url);
  });
  afterAll(async () => {
    await source?.destroy();
    await made?.drop();
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
