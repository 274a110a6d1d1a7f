import type { INestApplication } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { actingStorage } from '../../src/platform/database/acting.js';
import { build, dueChecks, end, prepare, work } from '../../src/app/process.js';
import { readConfigFiles, readWiring } from '../../src/app/wiring.js';
import type { Wiring } from '../../src/app/platform.module.js';
import type { Clock } from '../../src/kernel/ports.js';
import { SaveWarnings } from '../../src/tuning/save-warnings.js';
import { CallFinder } from '../../src/matching/call-finder.js';
import { Workers } from '../../src/platform/queue/workers.js';
import { OwnRateLimit } from '../../src/platform/http/own-rate-limit.js';
import { Ticker } from '../../src/platform/schedule/ticker.js';
import { freshDatabase } from './database/database.js';
import { OrderedQueue } from './queue/ordered-queue.js';
import { SECRET_KEY } from './secrets.js';

/** Of this run alone: no token that stands in a file of ours is taken. */
export const TOKEN = randomBytes(24).toString('base64url');

export interface TestApp {
  app: INestApplication;
  url: string;
  wiring: Wiring;
  /** Its jobs; with BullMQ there is none, and they are worked off by themselves. */
  queue: OrderedQueue | null;
  stop: () => Promise<void>;
}

export interface AppOptions {
  /** Changes what it is wired with. */
  adjust?: (wiring: Wiring) => Wiring;
  /** False: nobody looks what is due, and nobody works off a job. */
  working?: boolean;
  /** Its time is the test's. */
  clock?: Clock;
  /** Where it listens, where that has to be known before; any free port without it. */
  port?: number;
  /** It shares another one's database, and leaves it there. */
  databaseUrl?: string;
  /** Real queues, with workers beside the test. */
  bullmq?: boolean;
  /**
   * Its hosts are asked at a pace for which the pauses of its jobs count too, so that nobody waits for a
   * place.
   */
  ownRateLimit?: boolean;
}

/**
 * The whole application in this process, on a database of its own: real PostgreSQL, real HTTP. Jobs wait
 * until the test works them off, or waits for what comes of them; with `bullmq` workers do, beside the test.
 */
export const startApp = (
  variables: Record<string, string> = {},
  options: AppOptions = {},
): Promise<TestApp> =>
  // Not with what the test sees: whoever forgets to say whose rows they need finds none here either.
  actingStorage.exit(() => start(variables, options));

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
  // On a machine that others keep busy an answer that is waited for comes late, and not never.
  for (const waits of [SaveWarnings, CallFinder]) app.get(waits).patienceMs = 600_000;
  await app.listen(options.port ?? 0, '127.0.0.1');
  if (options.working !== false) await (options.bullmq ? work(app, wiring) : begin(app));
  const stop = async (): Promise<void> => {
    await end(app);
    await database.drop();
  };
  return { app, url: await app.getUrl(), wiring, queue, stop };
}

/** Looks once what is due; the jobs that this makes wait for the test. */
async function begin(app: INestApplication): Promise<void> {
  await app.get(Workers).start();
  await app.get(Ticker).tick(dueChecks(app));
}

/**
 * Read once for all the applications of a file: they change nothing of it, and it takes longer than most of
 * their tests.
 */
let configFiles: ReturnType<typeof readConfigFiles> | undefined;

async function wiringFor(variables: Record<string, string>, { adjust, clock }: AppOptions): Promise<Wiring> {
  configFiles ??= readConfigFiles();
  const given = await readWiring(variables, 'start', await configFiles);
  // Nobody is asked what it is unless a test is about that.
  const unasked = { ...given.settings, harvest: { ...given.settings.harvest, checkDays: 0 } };
  const read = { ...given, settings: unasked, ...(clock && { clock }) };
  return adjust ? adjust(read) : read;
}

/** Who asks the API: by a bearer token, or in the browser in which they are signed in. */
export type Caller = string | { cookie: string } | null;

/** A request with the operator's token unless another caller is named; the answer's status and body. */
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
