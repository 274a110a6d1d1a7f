import { randomBytes } from 'node:crypto';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import {
  existsSync,
  mkdtempSync,
  chmodSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { checkBackup } from '../../src/platform/database/backup/backup-file.js';
import { removeEmbeddedData } from '../../src/platform/database/embedded/embedded-postgres.js';
import { SEES_EVERYTHING } from '../../src/platform/database/request-context.js';
import { Command, ran } from '../support/command.js';
import { emptyDatabase, type TestDatabase } from '../support/database/database.js';
import { TestPortal } from '../support/harvest/portal.js';
import { System } from '../support/system.js';
import { until } from '../support/until.js';
import { everyNth, sampled } from '../support/release.js';

const CALLS = 360;

describe('npm run cli -- backup and restore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-move-'));
  const file = (name: string): string => join(folder, name);
  const tables = async (name: string) =>
    (await checkBackup(file(name))).ends.filter(
      ({ name: table }) => !['setting', 'source_rate_limit', 'audit'].includes(table),
    );
  let portal: TestPortal;
  let system: System;
  let server: TestDatabase;
  let installation: Record<string, string>;

  beforeAll(async () => {
    chmodSync(folder, 0o711);
    server = await emptyDatabase();
    portal = await TestPortal.start(new Date());
    system = new System({ FUNDING_TENDERS_URL: portal.url });
    await system.start();
    installation = system.apart
      ? { DATABASE_URL: system.databaseUrl!, DATA_DIR: file('none') }
      : { DATA_DIR: join(system.folder, 'data') };
  });
  afterAll(async () => {
    await system.remove();
    await portal.close();
    await server.drop();
    if (existsSync(file('moved'))) removeEmbeddedData(file('moved'));
    rmSync(folder, { recursive: true, force: true });
  });
  const onServer = async (statement: string): Promise<any[]> => {
    const client = new pg.Client({
      connectionString: server.url,
      options: SEES_EVERYTHING,
    });
    await client.connect();
    return (await client.query(statement).finally(() => client.end())).rows;
  };

  it('backs up an installation that runs, while it harvests', async () => {
    const during = await ran(['backup', file('during')], installation);
    expect(during).toMatchObject({
      status: 0,
      output: expect.stringMatching(/Backed up and read back: \d+ rows of \d+ tables/),
    });
    await until('the harvest', async () => (await system.get('/v1/sources')).items[0].state === 'healthy');
    await until('the matching', async () => (await system.get('/v1/matches?profile=leti&limit=1')).total > 0);
    expect(system.programs.every((p) => p.running)).toBe(true);
  });

  it('encrypts one to a public key, and tries it beside the installation that runs, which keeps nothing of it', async () => {
    const identity = await generateIdentity();
    writeFileSync(file('backup.key'), identity);
    const BACKUP_RECIPIENTS = await identityToRecipient(identity);
    const sealed = await ran(['backup', file('sealed')], { ...installation, BACKUP_RECIPIENTS });
    expect(sealed).toMatchObject({ status: 0, output: expect.stringContaining('It is encrypted') });
    expect(readFileSync(file('sealed')).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    const mistyped = BACKUP_RECIPIENTS.slice(0, -1) + (BACKUP_RECIPIENTS.endsWith('q') ? 'p' : 'q');
    expect(
      await ran(['backup', file('mistyped')], { ...installation, BACKUP_RECIPIENTS: mistyped }),
    ).toMatchObject({ status: 1, output: expect.stringMatching(/a letter is wrong\. Fix: [^\n]+\n$/) });
    const check = (...more: string[]) => ran(['restore', '--check', file('sealed'), ...more], installation);
    expect(await check()).toMatchObject({
      status: 1,
      output: expect.stringContaining('--identity backup.key'),
    });
    const calls = (await system.get('/v1/calls?limit=1')).total;
    const checked = await check('--identity', file('backup.key'));
    expect(checked).toMatchObject({
      status: 0,
      output: expect.stringMatching(
        /Restored as a trial and read back: \d+ rows of \d+ tables.*Nothing of it was kept\.\nIts audit log is intact: \d+ entries\.\n$/s,
      ),
    });
    expect((await system.get('/v1/calls?limit=1')).total).toBe(calls);
    expect((await system.get('/health/ready')).sending).toBe('on');
  });

  it('leaves no file that looks like a backup where it is killed', async () => {
    let killed = 0;
    const moments = Array.from({ length: 8 }, (_, i) => 300 + i * 150);
    for (const wait of sampled('moments at which a backup is killed', moments, everyNth(3))) {
      const command = new Command(['backup', file(`killed-${wait}`)], installation);
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (await command.kill()) killed += 1;
      if (existsSync(file(`killed-${wait}`))) await checkBackup(file(`killed-${wait}`));
    }
    expect(killed).toBeGreaterThan(0);
  });

  it('moves all of it to a server, whole or not at all, and back', async () => {
    await system.stop();
    expect((await ran(['backup', file('full')], installation)).status).toBe(0);
    expect((await ran(['backup', file('full')], installation)).output).toContain('exists already');

    // Killed while rows are being copied: the server then keeps none of them.
    const command = new Command(['restore', file('full')], { DATABASE_URL: server.url });
    await until('the restore to copy', async () => {
      const [row] = await onServer(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY %FROM STDIN'`,
      );
      return row.n > 0;
    });
    expect(await command.kill()).toBe(true);
    await until('the server to notice', async () => {
      const [row] = await onServer(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      return row.n === 0;
    });
    expect(
      await onServer(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`),
    ).toEqual([]);

    const restored = await ran(['restore', file('full')], { DATABASE_URL: server.url });
    expect(restored).toMatchObject({
      status: 0,
      output: expect.stringContaining('It sends nothing until you say so'),
    });
    expect(restored.output).not.toContain('another key');
    expect(await onServer('SELECT count(*)::int AS n FROM call')).toEqual([{ n: CALLS }]);
    expect((await ran(['restore', file('full')], { DATABASE_URL: server.url })).output).toContain(
      'already has tables',
    );

    expect((await ran(['backup', file('of-server')], { DATABASE_URL: server.url })).status).toBe(0);
    const back = await ran(['restore', file('of-server')], {
      DATA_DIR: file('moved'),
      SECRET_KEY: randomBytes(32).toString('hex'),
    });
    expect(back).toMatchObject({ status: 0, output: expect.stringContaining('encrypted with another key') });
    expect((await ran(['backup', file('moved-back')], { DATA_DIR: file('moved') })).status).toBe(0);

    const [first, second, third] = [
      await tables('full'),
      await tables('of-server'),
      await tables('moved-back'),
    ];
    expect(first.find(({ name }) => name === 'call')!.rows).toBe(CALLS);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(
      readdirSync(folder).filter((name) => name.endsWith('.part') && !name.startsWith('killed')),
    ).toEqual([]);
  });

  it('lets a restored installation send when it is told to', async () => {
    const held = () => onServer(`SELECT value->>'backupOf' AS at FROM setting WHERE key = 'sending-held'`);
    expect(await held()).toEqual([{ at: (await checkBackup(file('full'))).header.madeAt }]);
    expect(await ran(['resume-sending', '--skip-waiting'], { DATABASE_URL: server.url })).toMatchObject({
      status: 0,
      output: expect.stringContaining('Messages are sent from now on.'),
    });
    expect(await held()).toEqual([]);
    expect((await ran(['resume-sending'], { DATABASE_URL: server.url })).output).toContain(
      'Nothing was held back',
    );
    for (const args of [['backup'], ['backup', '--help'], ['restore', 'a', 'b'], ['resume-sending', '--all']])
      expect(await ran(args)).toMatchObject({
        status: 1,
        output: expect.stringContaining('Fix: npm run cli --'),
      });
  });

  it('takes the audit log along, and finds what somebody changed in it by force', async () => {
    const verify = (...noted: string[]) => ran(['audit', 'verify', ...noted], { DATABASE_URL: server.url });
    const intact = await verify();
    expect(intact).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^The audit log is intact: \d+ entries/),
    });
    const noted = /\d+:[0-9a-f]{64}/.exec(intact.output)![0];
    expect((await verify(noted)).status).toBe(0);
    await onServer(
      `ALTER TABLE audit DISABLE TRIGGER USER; UPDATE audit SET action = 'profile.changed' WHERE position = 3`,
    );
    expect(await verify()).toEqual({
      status: 1,
      output: 'The audit log was tampered with: entry 3 was changed, or the one before it was.\n',
    });
    expect((await verify('5')).output).toContain('Fix: npm run cli -- audit verify');
    await onServer('DELETE FROM audit WHERE position > 1');
    expect((await verify()).output).toMatch(/^The audit log is intact: 1 entry\.\n/);
  });
});
