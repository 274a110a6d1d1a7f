import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DataSource } from 'typeorm';
import { knownMigrations, openDatabase } from '../../src/app/database/data-source.js';
import { restore } from '../../src/app/database/restore.js';
import { AuditRepository } from '../../src/audit/store/audit.repository.js';
import { checkBackup, writeBackup, type Contents } from '../../src/platform/database/backup/backup-file.js';
import { connected, dump } from '../../src/platform/database/backup/dump.js';
import { VERSION } from '../../src/app/version.js';
import { startApp, type TestApp } from '../support/app.js';
import { emptyDatabase, type TestDatabase } from '../support/database/database.js';
import { somebody } from '../support/access/people.js';
import { startTwoInstitutes } from '../support/access/two-institutes.js';

const FOLDER = join(__dirname, 'released');
/** A backup of each released version, with rows of two institutes in nearly every table. */
const RELEASED = existsSync(FOLDER) ? readdirSync(FOLDER).map((name) => basename(name, '.backup')) : [];
/** Tables that a restore or a later version writes to by itself. */
const WRITTEN = ['setting', 'audit', 'audit_name'];

for (const version of RELEASED)
  it(`the database of version ${version} is brought to the present one, and all of it is there`, () =>
    isBroughtHere(join(FOLDER, `${version}.backup`)));

// `npm run keep-release` (part of releasing a version) keeps it for later versions.
it('a database of this version is kept whole by a backup, and is usable after a restore', async () => {
  const keeps = Boolean(process.env['KEEP_RELEASE']);
  const folder = keeps ? FOLDER : mkdtempSync(join(tmpdir(), 'carnot-europe-release-'));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${VERSION}.backup`);
  const { test, stop } = await startTwoInstitutes();
  // Rewritten if migrations were added since.
  rmSync(file, { force: true });
  try {
    await connected(test.wiring.env.DATABASE_URL!, (client) =>
      writeBackup(file, dump(client, { version: VERSION, madeAt: new Date(), keys: [] })),
    );
  } finally {
    await stop();
  }
  await isBroughtHere(file);
  if (!keeps) rmSync(folder, { recursive: true });
});

async function isBroughtHere(file: string): Promise<void> {
  const [contents, database] = [await checkBackup(file), await emptyDatabase()];
  let server: TestApp | undefined;
  try {
    await restore(database.url, file, contents, new Date());
    await isWhole(database, contents);
    server = await startApp({}, { working: false, databaseUrl: database.url });
    await isUsable(server);
  } finally {
    await server?.stop();
    await database.drop();
  }
}

async function isWhole({ url }: TestDatabase, { ends }: Contents): Promise<void> {
  const source = await openDatabase(url);
  try {
    const applied: { name: string }[] = await source.query('SELECT name FROM migration ORDER BY id');
    expect(applied.map((m) => m.name)).toEqual(knownMigrations());
    for (const { name, rows } of ends.filter((end) => !WRITTEN.includes(end.name))) {
      const [found] = await source.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM "${name}"`);
      expect([name, found!.count]).toEqual([name, rows]);
    }
    expect(await new AuditRepository(source).verify(null)).toMatchObject({ holds: true });
  } finally {
    await source.destroy();
  }
}

/** Checks that the main pages work, for earlier users and for new ones. */
async function isUsable(server: TestApp): Promise<void> {
  const coordinator = await somebody(server, { role: 'coordinator' });
  const officer = await somebody(server, { role: 'officer', profile: 'leti' });
  const [{ id: call }] = await server.app
    .get(DataSource)
    .query<[{ id: string }]>('SELECT id FROM call LIMIT 1');
  const pages = ['inbox', 'pipeline', 'people', 'messages', 'channels', 'profile', 'sheets'];
  for (const [who, path] of [
    [coordinator, '/institutes'],
    [coordinator, '/audit'],
    ...pages.map((page) => [officer, `/institutes/leti/${page}`] as const),
    [officer, '/calls'],
    [officer, `/v1/calls/${call}`],
    [officer, '/deadlines'],
    [officer, '/v1/calls'],
    [officer, '/v1/me'],
  ] as const)
    expect([path, (await who.get(path)).status]).toEqual([path, 200]);
}
