import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { bullmqDriver } from '../../src/platform/queue/bullmq/bullmq-driver.js';
import { readEnvironment } from '../../src/platform/config/environment.js';
import { SEES_EVERYTHING } from '../../src/platform/database/request-context.js';
import type { QueueCounts, Queues } from '../../src/platform/queue/job.js';
import { freshDatabase, type TestDatabase } from '../support/database/database.js';
import { freePort } from '../support/free-port.js';
import { TestPortal } from '../support/harvest/portal.js';
import { ownRedis } from '../support/queue/redis.js';
import { beforeRelease } from '../support/release.js';
import { SECRET_KEY } from '../support/secrets.js';
import { Program } from '../support/system.js';
import { until } from '../support/until.js';

/** Of all institutes that are matched anew. */
const COPIES = 20;
const WORKERS = 3;
const DONE = /^carnot_job_seconds_count\{name="match",outcome="done"\} (\d+)$/m;

beforeRelease('three workers that share a round')('three workers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-workers-'));
  const workers: { program: Program; port: number }[] = [];
  let database: TestDatabase;
  let portal: TestPortal;
  let client: pg.Client;
  let queues: Queues;
  beforeAll(async () => {
    chmodSync(folder, 0o711);
    portal = await TestPortal.start(new Date());
    database = await freshDatabase();
    const redis = ownRedis();
    const env = { DATABASE_URL: database.url, ...(redis && { REDIS_URL: redis }) };
    client = new pg.Client({ connectionString: database.url, options: SEES_EVERYTHING });
    await client.connect();
    queues = (
      await bullmqDriver(readEnvironment({ ...env, SECRET_KEY }, 'worker'), ['email'], false)
    ).queues();
    await queues.ready();
    await queues.clear();
    for (let i = 0; i < WORKERS; i += 1) {
      const port = await freePort();
      const program = new Program('worker', {
        ...env,
        DATA_DIR: join(folder, `${i}`),
        FUNDING_TENDERS_URL: portal.url,
        WORKER_PORT: String(port),
      });
      workers.push({ program, port });
    }
    for (const { program } of workers) await program.says(/worker ready/);
  });
  afterAll(async () => {
    await Promise.all(workers.map(({ program }) => program.end('SIGTERM')));
    await queues?.close();
    await client?.end();
    await database?.drop();
    await portal?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const numberOf = async (sql: string): Promise<number> =>
    Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM profile WHERE ${sql}`)).rows[0]!.n);
  const unmatched = () =>
    numberOf('matched_revision < revision OR matched_seq = 0 OR matched_seq < (SELECT max(seq) FROM call)');
  const allMatched = () => until('all institutes to be matched', async () => (await unmatched()) === 0);
  /** Returns how many matchings of an institute a worker has ended. */
  const doneBy = async ({ port }: { port: number }): Promise<number> =>
    Number(DONE.exec(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())?.[1] ?? 0);

  it('share a round, each with one institute in hand, and go on with the rest where one of them is killed', async () => {
    await allMatched();
    await client.query(
      `INSERT INTO profile (id, content, revision, updated_at)
         SELECT id || '-' || n, jsonb_set(content, '{id}', to_jsonb(id || '-' || n)), 1, now() FROM profile, generate_series(1, ${COPIES}) AS n`,
    );
    const all = await numberOf('true');
    await allMatched();
    const before = await Promise.all(workers.map(doneBy));
    await client.query('UPDATE profile SET revision = revision + 1');
    await until('a third to be matched', async () => (await unmatched()) < (all * 2) / 3);
    const [killed, ...others] = workers as [(typeof workers)[0], ...typeof workers];
    const inHand = await doneBy(killed);
    await killed.program.end('SIGKILL');
    const counts: QueueCounts = (await queues.counts())['match']!;
    expect(counts.waiting).toBeGreaterThan(0);
    expect(counts.active).toBeLessThanOrEqual(WORKERS);
    await allMatched();
    const shares = [inHand, ...(await Promise.all(others.map(doneBy)))].map((done, i) => done - before[i]!);
    for (const share of shares) expect(share).toBeGreaterThan(0);
    // One that was added while it ran is looked at once more: nothing near the three of everybody doing all.
    const sum = shares.reduce((a, b) => a + b);
    expect(sum).toBeLessThan(all * 1.5);
  });
});
