import { generateIdentity, identityToRecipient } from 'age-encryption';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, type QueryRunner } from 'typeorm';
import { knownMigrations, migrate, MIGRATIONS, openDatabase } from '../../src/app/database/data-source.js';
import { tryRestore } from '../../src/app/database/restore.js';
import { update } from '../../src/app/update-database.js';
import { readWiring } from '../../src/app/wiring.js';
import { checkBackup } from '../../src/platform/database/backup/backup-file.js';
import { identitiesIn } from '../../src/platform/database/backup/age.js';
import { backUpInto } from '../../src/platform/database/backup/backup-folder.js';
import { emptyDatabase, freshDatabase, type TestDatabase } from '../support/database/database.js';
import { SECRET_KEY } from '../support/secrets.js';

const NOW = new Date('2026-06-01T00:30:00Z');

/** A migration of the version after this one. */
class Next9000000000000 {
  readonly oldCode = 'may-go-on';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE of_the_next_version (id uuid PRIMARY KEY)');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('no way back'));
  }
}
const NEXT = [...MIGRATIONS, Next9000000000000];

describe('a backup that is made by itself', () => {
  const root = mkdtempSync(join(tmpdir(), 'carnot-europe-nightly-'));
  const place = (name: string): string => join(root, name);
  let database: TestDatabase;
  let open: DataSource;

  beforeAll(async () => {
    database = await freshDatabase();
    open = await openDatabase(database.url);
    await open.query(
      `INSERT INTO profile (id, content, revision, updated_at) SELECT 'p' || n, '{"text": "é"}', 1, now() FROM generate_series(1, 50) n`,
    );
  });
  afterAll(async () => {
    await open.destroy();
    await database.drop();
    rmSync(root, { recursive: true });
  });
  const about = (name: string, recipients: string[] = []) => ({
    folder: place(name),
    recipients,
    version: '1',
    madeAt: NOW,
    keys: [],
  });
  const tablesOf = () =>
    open.query(
      `SELECT relnamespace::regnamespace::text AS schema, relname FROM pg_class WHERE relkind = 'r' ORDER BY 1, 2`,
    );

  it('is restored as a trial beside what is used: read back, its log verified, and nothing left', async () => {
    const before = [await tablesOf(), await open.query('SELECT count(*) FROM audit')];
    const tried: unknown[] = [];
    const { name } = await backUpInto(database.url, about('tried'), async (file, contents) => {
      tried.push(await tryRestore(database.url, file, contents));
      // While it is tried, it is not called a backup.
      expect(readdirSync(place('tried'))).toEqual([expect.stringMatching(/\.part$/)]);
    });
    expect(tried).toEqual([
      { chain: expect.objectContaining({ holds: true, entries: 50, erased: 0 }), scratch: 'schema' },
    ]);
    expect([await tablesOf(), await open.query('SELECT count(*) FROM audit')]).toEqual(before);
    expect([name, readdirSync(place('tried'))]).toEqual([
      'carnot-2026-06-01T003000Z.backup',
      ['carnot-2026-06-01T003000Z.backup'],
    ]);
    expect(statSync(join(place('tried'), name)).mode & 0o777).toBe(0o600);
  });

  it('that cannot be restored is none, and nothing stays of the trial', async () => {
    const { name } = await backUpInto(database.url, about('whole'));
    const file = join(place('whole'), name);
    const contents = await checkBackup(file);
    const ends = contents.ends.map((end) => (end.name === 'profile' ? { ...end, sum: '0'.repeat(32) } : end));
    await expect(tryRestore(database.url, file, { ...contents, ends })).rejects.toThrow(
      'Read back, table profile differs from the backup',
    );
    const failing = backUpInto(database.url, about('failing'), () => Promise.reject(new Error('not today')));
    await expect(failing).rejects.toThrow('not today');
    expect(readdirSync(place('failing'))).toEqual([]);
    expect((await tablesOf()).filter((t: any) => t.schema === 'carnot_trial')).toEqual([]);
  });

  it('with an audit log in which an entry was changed is restored, and says so', async () => {
    const target = await freshDatabase();
    const other = await openDatabase(target.url);
    await other.query(
      `INSERT INTO profile (id, content, revision, updated_at) VALUES ('a', 'null', 1, now()), ('b', 'null', 1, now())`,
    );
    await other.query('ALTER TABLE audit DISABLE TRIGGER USER');
    await other.query(`UPDATE audit SET action = 'profile.changed' WHERE position = 2`);
    await other.destroy();
    let chain: unknown;
    await backUpInto(target.url, about('tampered'), async (file, contents) => {
      chain = await tryRestore(target.url, file, contents);
    });
    await target.drop();
    expect(chain).toMatchObject({ chain: { holds: false, position: 2, why: 'changed' } });
  });

  it('is tried in the scratch database of its role, where there is one, and nothing is left there', async () => {
    const { pathname } = new URL(database.url);
    const scratch = await emptyDatabase(`${pathname.slice(1)}_trial`);
    try {
      const found: unknown[] = [];
      await backUpInto(database.url, about('scratch'), async (file, contents) => {
        found.push(await tryRestore(database.url, file, contents));
      });
      expect(found).toEqual([
        { chain: expect.objectContaining({ holds: true, entries: 50 }), scratch: 'database' },
      ]);
      const left = await openDatabase(
        Object.assign(new URL(database.url), { pathname: `${pathname}_trial` }).href,
      );
      const tables = await left.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
      await left.destroy();
      expect(tables).toEqual([]);
    } finally {
      await scratch.drop();
    }
  });

  describe('to a public key', () => {
    let [file, folder, bytes] = ['', '', 0];
    beforeAll(async () => {
      const [identity, another] = [await generateIdentity(), await generateIdentity()];
      writeFileSync(place('backup.key'), `# created: 2026\n# public key: age1…\n${identity}\n`);
      writeFileSync(place('another.key'), another);
      const sealed = about('sealed', [await identityToRecipient(identity)]);
      folder = place('sealed');
      const tried: unknown[] = [];
      const made = await backUpInto(database.url, sealed, async (part, contents) => {
        // Not even while it is made is it in clear, and still it is tried.
        expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.backup\.age\.part$/)]);
        expect(readFileSync(part).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
        tried.push(await tryRestore(database.url, part, contents));
      });
      expect(tried).toEqual([expect.objectContaining({ chain: expect.objectContaining({ holds: true }) })]);
      ({ bytes } = made);
      file = join(folder, made.name);
    });
    const read = async (key?: string, path = file) =>
      (await checkBackup(path, key === undefined ? [] : await identitiesIn(place(key)))).ends.find(
        (end) => end.name === 'profile',
      )!.rows;
    const altered = (name: string, change: (bytes: Buffer) => Buffer): string => {
      writeFileSync(place(name), change(readFileSync(file)));
      return place(name);
    };

    it('is read with its identity alone', async () => {
      expect([readdirSync(folder), statSync(file).size]).toEqual([
        ['carnot-2026-06-01T003000Z.backup.age'],
        bytes,
      ]);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(await read('backup.key')).toBe(50);
      await expect(read()).rejects.toThrow('is encrypted, and could not be decrypted');
      await expect(read('another.key')).rejects.toThrow('--identity backup.key');
      await expect(read('missing.key')).rejects.toThrow(/missing\.key cannot be read \(ENOENT\)\.$/);
    });

    it('is refused to a mistyped identity without quoting it, since it is a secret', async () => {
      const [right] = await identitiesIn(place('backup.key'));
      const mistyped = right!.replace(/.$/, right!.endsWith('Q') ? 'P' : 'Q');
      writeFileSync(place('mistyped.key'), mistyped);
      const error: Error = await read('mistyped.key').then(
        () => new Error('it was read'),
        (e: Error) => e,
      );
      expect(error.message).toContain('could not be decrypted');
      expect(error.message).not.toContain(mistyped.slice(20));
    });

    it('is refused where it was cut off, or where one of its bytes is another', async () => {
      const cut = altered('cut', (all) => all.subarray(0, bytes - 10));
      await expect(read('backup.key', cut)).rejects.toMatchObject({ name: 'BackupDamaged' });
      for (const at of [Math.floor(bytes / 2), bytes - 1]) {
        const flipped = altered('flipped', (all) => {
          all[at]! ^= 1;
          return all;
        });
        await expect(read('backup.key', flipped)).rejects.toMatchObject({ name: 'BackupDamaged' });
      }
      const head = altered('head', (all) => {
        all[60]! ^= 1;
        return all;
      });
      await expect(read('backup.key', head)).rejects.toMatchObject({ name: 'NotDecrypted' });
    });
  });

  it('is not overwritten by another of the same moment', async () => {
    const twice = about('twice');
    await backUpInto(database.url, twice);
    await expect(backUpInto(database.url, twice)).rejects.toThrow('exists already');
  });

  describe('before an update', () => {
    let earlier: TestDatabase;
    beforeEach(async () => {
      earlier = await freshDatabase();
    });
    afterEach(() => earlier.drop());

    const envOf = async (DATA_DIR: string) => (await readWiring({ SECRET_KEY, DATA_DIR }, 'start')).env;
    const keptIn = (dataDir: string): string[] => {
      const folder = join(dataDir, 'backups');
      return existsSync(folder) ? readdirSync(folder) : [];
    };
    const migrationsOf = async (url: string): Promise<string[]> => {
      const source = await openDatabase(url);
      const rows = await source.query('SELECT name FROM migration ORDER BY timestamp');
      await source.destroy();
      return rows.map(({ name }: { name: string }) => name);
    };

    it('is made once, of the database as it was, though three processes start together', async () => {
      const env = await envOf(place('together'));
      await Promise.all([1, 2, 3].map(() => update(earlier.url, env, '1.1.0', NEXT)));
      const kept = keptIn(env.DATA_DIR);
      expect(kept).toEqual([expect.stringMatching(/^carnot-.*Z-before-1\.1\.0\.backup$/)]);
      const { header } = await checkBackup(join(env.DATA_DIR, 'backups', kept[0]!));
      expect(header.migrations).toEqual(knownMigrations());
      expect(await migrationsOf(earlier.url)).toEqual(NEXT.map(({ name }) => name));
    });

    it('is not made of a database that is new, that stays as it is, or where the operator makes it', async () => {
      const env = await envOf(place('alone'));
      const empty = await emptyDatabase();
      await update(empty.url, env, '1.1.0');
      await empty.drop();
      await update(earlier.url, env, '1.1.0');
      await update(earlier.url, { ...env, BACKUP_BEFORE_UPDATE: 'off' }, '1.1.0', NEXT);
      expect(keptIn(env.DATA_DIR)).toEqual([]);
    });

    it('that fails leaves the database as it was', async () => {
      const backUp = () => Promise.reject(new Error('no room'));
      await expect(migrate(earlier.url, { migrations: NEXT, backUp })).rejects.toThrow('no room');
      expect(await migrationsOf(earlier.url)).toEqual(knownMigrations());
    });
  });

  it('to a public key with a wrong letter stops the start', async () => {
    const right = await identityToRecipient(await generateIdentity());
    const wrong = right.slice(0, -1) + (right.endsWith('q') ? 'p' : 'q');
    const starting = (BACKUP_RECIPIENTS: string) => readWiring({ SECRET_KEY, BACKUP_RECIPIENTS }, 'start');
    await expect(starting(`${right},${wrong}`)).rejects.toThrow(
      `BACKUP_RECIPIENTS contains ${wrong}, which is no public key of age`,
    );
    await expect(starting('AGE-SECRET-KEY-1')).rejects.toThrow('BACKUP_RECIPIENTS must be recipients of age');
    expect((await starting(right)).env.BACKUP_RECIPIENTS).toEqual([right]);
  });
});
