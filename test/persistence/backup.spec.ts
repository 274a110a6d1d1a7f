import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { DataSource, QueryRunner } from 'typeorm';
import { MIGRATIONS, openDatabase } from '../../src/app/database/data-source.js';
import { restore } from '../../src/app/database/restore.js';
import { AuditRepository } from '../../src/audit/store/audit.repository.js';
import { HeldSending } from '../../src/outbox/store/sending.js';
import { checkBackup, writeBackup } from '../../src/platform/database/backup/backup-file.js';
import { connected, dump } from '../../src/platform/database/backup/dump.js';
import type { SaysOfOldCode } from '../../src/platform/database/old-code.js';
import { SettingRepository } from '../../src/platform/database/setting.repository.js';
import { emptyDatabase, freshDatabase, type TestDatabase } from '../support/database/database.js';

const NOW = new Date('2026-06-01T08:00:00Z');
/** Text that an incorrect encoding would lose or alter. */
const HARD = String.raw`a\b \N \. "quoted" {x,y} ` + 'tab\tline\nreturn\r é « 漢 😀';

async function fill(database: DataSource): Promise<void> {
  await database.query(
    `INSERT INTO profile (id, content, revision, updated_at) VALUES ('leti', $1, 3, now()), ('empty', 'null', 1, now())`,
    [JSON.stringify({ text: HARD, none: null, list: [1, 2.5, '\\N'] })],
  );
  await database.query(
    `INSERT INTO reader_request (id, model, call_id, institutes, asked_at, prompt_tokens, completion_tokens, money)
     SELECT gen_random_uuid(), $1, c.id, ARRAY['a,b', $1, '', 'NULL'], '2026-01-01T00:00:00.123456Z', n, 0, n / 3.0::float8
       FROM call c, generate_series(1, 500) n`,
    [HARD],
  );
  await database.query(
    `INSERT INTO raw_document (hash, media_type, size, gzip, first_fetched_at)
     SELECT n::text, 'text/html', n, decode(repeat(md5(n::text), 20000), 'hex'), now() FROM generate_series(1, 10) n`,
  );
  await database.query(
    `INSERT INTO history_project (id, acronym, title, objective, programme, funding_scheme, status, topic_codes, ec_max_contribution, start_on) VALUES (9007199254740993, '', $1, '', '', '', '', '{}', 123456789.01, '1999-12-31')`,
    [HARD],
  );
  await database.query(
    `INSERT INTO history_topic (project_id, code, title) VALUES (9007199254740993, $1, '')`,
    [HARD],
  );
  await database.query(
    `INSERT INTO person (id, email, name, name_since, language, role, profile_id, created_at) VALUES (gen_random_uuid(), 'a@b.eu', $1, now(), 'fr', 'officer', 'leti', now())`,
    [HARD],
  );
  await database.query(`SELECT setval('event_seq', 4711)`);
}

async function fillCall(database: DataSource): Promise<void> {
  await database.query(
    `INSERT INTO call (id, content, content_hash, version, first_seq, seq, programme, source_status, search, first_seen_at, identity_keys)
     VALUES (gen_random_uuid(), $1, 'h', 1, 1, 1, 'HE', 'open', to_tsvector('french', $2), now(), ARRAY[$2])`,
    [JSON.stringify({ title: HARD }), HARD],
  );
}

describe('a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-backup-'));
  const open: TestDatabase[] = [];
  const file = (name: string): string => join(folder, name);
  const save = (url: string, name: string): Promise<unknown> =>
    connected(url, (client) =>
      writeBackup(file(name), dump(client, { version: '1', madeAt: NOW, keys: [] })),
    );
  const target = async (): Promise<string> => {
    open.push(await emptyDatabase());
    return open.at(-1)!.url;
  };
  const restored = async (name: string, url: string) =>
    restore(url, file(name), await checkBackup(file(name)), NOW);
  const on = async <T>(url: string, work: (database: DataSource) => Promise<T>): Promise<T> => {
    const database = await openDatabase(url);
    return work(database).finally(() => database.destroy());
  };
  const tablesIn = (url: string) =>
    on(url, (database) =>
      database.query(
        `SELECT relname FROM pg_class WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace`,
      ),
    );
  let full: TestDatabase;

  beforeAll(async () => {
    open.push((full = await freshDatabase()));
    await on(full.url, async (database) => {
      await fillCall(database);
      await fill(database);
    });
    await save(full.url, 'good');
  });
  afterAll(async () => {
    for (const database of open) await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('is of nobody else, and restores every row, whatever is in it, and the sequences', async () => {
    expect(statSync(file('good')).mode & 0o777).toBe(0o600);
    const url = await target();
    await restored('good', url);
    // Save it again, so that the original and the restored data are compared by the same means.
    await on(url, (database) => database.query(`DELETE FROM setting WHERE key = 'sending-held'`));
    await save(url, 'again');
    const [before, after] = [await checkBackup(file('good')), await checkBackup(file('again'))];
    const unheld = ({ header, ends }: typeof before) => ({
      header,
      ends: ends.filter(({ name }) => name !== 'audit'),
    });
    expect(unheld(after)).toEqual(unheld(before));
    // The audit log continues where the backup ends.
    expect(await on(url, (database) => new AuditRepository(database).verify(null))).toMatchObject({
      holds: true,
      entries: 5,
      erased: 0,
    });
    expect(await on(url, (database) => database.query('SELECT action FROM audit ORDER BY position'))).toEqual(
      ['profile.added', 'profile.added', 'person.invited', 'sending.held', 'sending.resumed'].map(
        (action) => ({ action }),
      ),
    );
    expect(before.ends.filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows])).toEqual(
      expect.arrayContaining([
        ['profile', 2],
        ['raw_document', 10],
        ['reader_request', 500],
        ['call', 1],
        ['person', 1],
      ]),
    );
    expect(await on(url, (database) => database.query(`SELECT nextval('event_seq') AS next`))).toEqual([
      { next: '4712' },
    ]);
    expect(
      await on(url, (database) =>
        database.query(`SELECT content->>'text' AS text FROM profile WHERE id = 'leti'`),
      ),
    ).toEqual([{ text: HARD }]);
  });

  it('is of one moment, whatever is written while it is made', async () => {
    await connected(full.url, async (client) => {
      const parts = dump(client, { version: '1', madeAt: NOW, keys: [] });
      async function* meanwhile() {
        for await (const part of parts) {
          if (!wrote) {
            wrote = true;
            await on(full.url, (database) =>
              database.query(`INSERT INTO setting (key, value) VALUES ('late', '1')`),
            );
          }
          yield part;
        }
      }
      let wrote = false;
      await writeBackup(file('moment'), meanwhile());
    });
    await on(full.url, (database) => database.query(`DELETE FROM setting WHERE key = 'late'`));
    expect((await checkBackup(file('moment'))).ends).toEqual((await checkBackup(file('good'))).ends);
  });

  it('overwrites no file, and leaves none behind where it fails', async () => {
    await expect(save(full.url, 'good')).rejects.toMatchObject({ name: 'FileExists' });
    await expect(save(await target(), 'none')).rejects.toMatchObject({ name: 'NothingToBackUp' });
    expect(() => statSync(file('none.part'))).toThrow('ENOENT');
  });

  it('is restored into an empty database only', async () => {
    await expect(restored('good', full.url)).rejects.toMatchObject({ name: 'NotEmpty' });
    expect(
      await on(full.url, (database) => database.query('SELECT count(*)::int AS n FROM raw_document')),
    ).toEqual([{ n: 10 }]);
  });

  it('is refused where it was cut off or changed, or is none, before anything is touched', async () => {
    const bytes = readFileSync(file('good'));
    const plain = gunzipSync(bytes);
    const flipped = (at: number, of: Buffer): Buffer => {
      const copy = Buffer.from(of);
      copy[at] = copy[at]! ^ 1;
      return copy;
    };
    const written = (name: string, content: Buffer | string): string => {
      writeFileSync(file(name), content);
      return file(name);
    };
    for (const [name, content, kind] of [
      ['cut', bytes.subarray(0, bytes.length / 2), 'BackupDamaged'],
      ['cut-clean', gzipSync(plain.subarray(0, plain.length - 80)), 'BackupDamaged'],
      ['flipped', flipped(bytes.length >> 1, bytes), 'BackupDamaged'],
      ['flipped-inside', gzipSync(flipped(plain.length >> 1, plain)), 'BackupDamaged'],
      ['longer', gzipSync(Buffer.concat([plain, Buffer.from('x')])), 'BackupDamaged'],
      ['text', 'hello', 'NoBackup'],
      ['other', gzipSync('hello, this is something else entirely'), 'NoBackup'],
    ] as const)
      await expect([
        name,
        await checkBackup(written(name, content)).catch((error: Error) => error.name),
      ]).toEqual([name, kind]);
    await expect(checkBackup(file('missing'))).rejects.toMatchObject({ name: 'UnreadableFile' });
  });

  it('is refused where another format or a newer version made it', async () => {
    const good = await checkBackup(file('good'));
    const newer = {
      ...good,
      header: { ...good.header, migrations: [...good.header.migrations, 'Later9990000000000'] },
    };
    const url = await target();
    await expect(restore(url, file('good'), newer, NOW)).rejects.toMatchObject({
      name: 'BackupNewer',
      message: expect.stringContaining('Later9990000000000'),
    });
    const plain = gunzipSync(readFileSync(file('good')));
    const at = plain.indexOf('"format":1');
    plain.write('"format":2', at);
    writeFileSync(file('format-2'), gzipSync(plain));
    await expect(checkBackup(file('format-2'))).rejects.toMatchObject({ name: 'BackupFormat' });
    expect(await tablesIn(url)).toEqual([]);
  });

  it('leaves the database empty where what is read back differs', async () => {
    const good = await checkBackup(file('good'));
    const ends = good.ends.map((end) => (end.name === 'profile' ? { ...end, sum: '0'.repeat(32) } : end));
    const url = await target();
    await expect(restore(url, file('good'), { ...good, ends }, NOW)).rejects.toMatchObject({
      name: 'RestoreDiffers',
    });
    expect(await tablesIn(url)).toEqual([]);
  });

  it('of this version is brought to the schema of a later one', async () => {
    class Later9000000000000 implements SaysOfOldCode {
      readonly oldCode = 'may-go-on';
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(`ALTER TABLE profile ADD later text NOT NULL DEFAULT 'there'`);
      }
      down(): Promise<void> {
        return Promise.reject(new Error('no way back'));
      }
    }
    const url = await target();
    const contents = await checkBackup(file('good'));
    await restore(url, file('good'), contents, NOW, [...MIGRATIONS, Later9000000000000]);
    expect(await on(url, (database) => database.query(`SELECT id, later FROM profile ORDER BY id`))).toEqual([
      { id: 'empty', later: 'there' },
      { id: 'leti', later: 'there' },
    ]);
  });

  it('leaves behind what was known of the backups: the copy has made none, and is making none', async () => {
    await on(full.url, (database) =>
      new SettingRepository(database).put('backup', { since: NOW.toISOString(), begun: NOW.toISOString() }),
    );
    await save(full.url, 'nightly');
    const url = await target();
    await restored('nightly', url);
    await on(url, async (database) =>
      expect(await new SettingRepository(database).findByKey('backup')).toBeNull(),
    );
  });

  it('sends nothing from where it was restored until it is told to', async () => {
    const url = await target();
    await restored('good', url);
    await on(url, async (database) => {
      const sending = new HeldSending(database, new SettingRepository(database));
      expect(await sending.held()).toEqual({ since: NOW.toISOString(), backupOf: NOW.toISOString() });
      expect(await sending.resume(false)).toBe(0);
      expect(await sending.held()).toBeNull();
      expect(await sending.resume(false)).toBeNull();
    });
  });
});
