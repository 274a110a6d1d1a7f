import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { UncertainMatches1791751000000 } from '../../src/app/database/migrations/1791751000000-uncertain-matches.js';
import type { TestDatabase } from '../support/database/database.js';
import { earlierDatabase } from '../support/database/earlier-database.js';

/** Stored preferences, before and now. */
const CHOICES = [
  [
    { from: 'possible', dailyLimit: 5 },
    { from: 'uncertain', dailyLimit: 5 },
  ],
  [{ from: 'strong' }, { from: 'strong' }],
  [{ frequency: 'daily' }, { frequency: 'daily' }],
] as const;

describe('what readers chose before some matches were called uncertain', () => {
  let made: TestDatabase;
  let source: DataSource;
  const stored = async (table: 'recipient' | 'preference_defaults', key: string): Promise<unknown[]> =>
    (await source.query<{ preferences: unknown }[]>(`SELECT preferences FROM ${table} ORDER BY ${key}`)).map(
      (row) => row.preferences,
    );
  const all = () =>
    Promise.all([stored('recipient', 'address'), stored('preference_defaults', 'profile_id')]);
  beforeAll(async () => {
    ({ made, source } = await earlierDatabase('UncertainMatches'));
    for (const [i, [before]] of CHOICES.entries()) {
      await source.query(
        `INSERT INTO recipient (id, channel, owner, address, language, token, secrets, since, planned_seq, last_slot_at, link_key, preferences)
         VALUES ($1, 'email', '', $2, 'fr', $2, '{}', now(), 0, now(), 'key', $3)`,
        [randomUUID(), `${i}@x.eu`, before],
      );
      await source.query(
        `INSERT INTO profile (id, content, revision, updated_at) VALUES ($1, '{"contacts": []}', 1, now())`,
        [`p${i}`],
      );
      await source.query(
        `INSERT INTO preference_defaults (profile_id, preferences, updated_at, updated_by) VALUES ($1, $2, now(), 'Ada')`,
        [`p${i}`, before],
      );
    }
  });
  afterAll(async () => {
    await source?.destroy();
    await made?.drop();
  });

  it('goes on to mean the same, and is as it was once the migration is undone', async () => {
    const [before, after] = [0, 1].map((side) => CHOICES.map((pair) => pair[side]));
    const runner = source.createQueryRunner();
    try {
      await new UncertainMatches1791751000000().up(runner);
      expect(await all()).toEqual([after, after]);
      await new UncertainMatches1791751000000().down(runner);
      expect(await all()).toEqual([before, before]);
    } finally {
      await runner.release();
    }
  });
});
