import type { INestApplication } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { contextStorage } from '../../src/platform/database/request-context.js';
import { build, end, prepare, work } from '../../src/app/process.js';
import { readConfigFiles, readWiring } from '../../src/app/wiring.js';
import type { Wiring } from '../../src/app/platform.module.js';
import type { Clock } from '../../src/kernel/ports.js';
import { SaveWarnings } from '../../src/explain/save-warnings.js';
import { CallFinder } from '../../src/matching/call-finder.js';
import { Jobs, Workers } from '../../src/platform/queue/job-runner.js';
import { OwnRateLimit } from '../../src/platform/http/host-rate-limit.js';
import { Ticker } from '../../src/platform/schedule/ticker.js';
import { freshDatabase } from './database/database.js';
import { OrderedQueue } from './queue/ordered-queue.js';
import { SECRET_KEY } from './secrets.js';

/** Random per run: no token from a file in the repository is accepted. */
export const TOKEN = randomBytes(24).toString('base64url');

export interface TestApp {
  app: INestApplication;
  url: string;
  wiring: Wiring;
  /** Its job queue; null with BullMQ, whose workers process jobs by themselves. */
  queue: OrderedQueue | null;
  stop: () => Promise<void>;
}

export interface AppOptions {
  /** Changes the wiring. */
  adjust?: (wiring: Wiring) => Wiring;
  /** False: no due checks run, and no jobs are processed. */
  working?: boolean;
  /** The clock it uses, controlled by the test. */
  clock?: Clock;
  /** The port, if it must be known in advance; any free port by default. */
  port?: number;
  /** Uses the database of another application, and does not drop it. */
  databaseUrl?: string;
  /** Uses real queues, with workers running in parallel to the test. */
  bullmq?: boolean;
  /** Uses a rate limit that counts the pauses of jobs as time passed, so that no test waits for a slot. */
  ownRateLimit?: boolean;
}

/**
 * Starts the whole application in this process, on its own database: real PostgreSQL, real HTTP. Jobs wait
 * until the test runs them, or waits for their results; with `bullmq`, workers run them in parallel.
 */
export const startApp = (
  variables: Record<string, string> = {},
  options: AppOptions = {},
): Promise<TestApp> =>
  // Outside the test's own visibility scope: code that forgets to state whose rows it needs finds none here
  // either.
  contextStorage.exit(() => start(variables, options));

async function start(variables: Record<string, string>, options: AppOptions): Promise<TestApp> {
  const database = options.databaseUrl
    ? { url: options.databaseUrl, drop: () => Promise.resolve() }
    : await freshDatabase();
  const all = {
    ADMIN_TOKEN: TOKEN,
    SECRET_KEY,
    PORT: '0',
    LOG_LEVEL: 'error',
    SOURCES: 'funding-tenders',
    ...variables,
    DATABASE_URL: database.url,
  };
  const wired = await wiringFor(all, options);
  const queue = options.bullmq
    ? null
    : OrderedQueue.of(
        database.url,
        wired.channels.map((c) => c.id),
      );
  const rateLimit = queue && options.ownRateLimit && new OwnRateLimit(() => queue.now + performance.now());
  const wiring = { ...wired, ...(queue && { queue }), ...(rateLimit && { rateLimit }) };
  const app = (await build(wiring, true)) as INestApplication;
  await prepare(app, wiring);
  // On a busy machine an awaited answer is late, not missing.
  for (const waits of [SaveWarnings, CallFinder]) app.get(waits).patienceMs = 600_000;
  await app.listen(options.port ?? 0, '127.0.0.1');
  if (options.working !== false) await (options.bullmq ? work(app, wiring) : begin(app));
  const stop = async (): Promise<void> => {
    await end(app);
    await database.drop();
  };
  return { app, url: await app.getUrl(), wiring, queue, stop };
}

/** Runs the due checks once; the resulting jobs wait for the test. */
async function begin(app: INestApplication): Promise<void> {
  await app.get(Workers).start();
  await app.get(Ticker).tick(app.get(Jobs).due());
}

/**
 * Read once for all applications of a file: they do not modify it, and reading takes longer than most of
 * their tests.
 */
let configFiles: ReturnType<typeof readConfigFiles> | undefined;

async function wiringFor(variables: Record<string, string>, { adjust, clock }: AppOptions): Promise<Wiring> {
  configFiles ??= readConfigFiles();
  const given = await readWiring(variables, 'start', await configFiles);
  // The quick check of sources is off unless a test is about it.
  const unasked = { ...given.settings, harvest: { ...given.settings.harvest, checkDays: 0 } };
  const read = { ...given, settings: unasked, ...(clock && { clock }) };
  return adjust ? adjust(read) : read;
}

/** A caller of the API: a bearer token, or the browser in which somebody is signed in. */
export type Caller = string | { cookie: string } | null;

/** Sends a request, with the operator's token unless another caller is given; returns the status and body. */
export async function api<T = any>(
  url: string,
  path: string,
  init: { method?: string; body?: unknown; token?: Caller } = {},
): Promise<{ status: number; type: string; body: T }> {
  const token = init.token === undefined ? TOKEN : init.token;
  const response = await fetch(new URL(path, url), {
    method: init.method ?? 'GET',
    headers: {
      ...credentialOf(token),
      ...(init.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(init.body !== undefined && {
      body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body),
    }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text };
}

const credentialOf = (caller: Caller): Record<string, string> =>
  caller === null || caller === ''
    ? {}
    : typeof caller === 'string'
      ? { authorization: `Bearer ${caller}` }
      : { cookie: caller.cookie, 'sec-fetch-site': 'same-origin' };
