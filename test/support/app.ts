import type { INestApplication } from '@nestjs/common';
import { build, end, prepare, readWiring, work } from '../../src/app/process.js';
import type { Wiring } from '../../src/app/platform.module.js';
import type { Clock } from '../../src/domain/ports.js';
import { freshDatabase } from './database.js';

export const TOKEN = 'a-token-for-the-tests';

export interface TestApp { app: INestApplication; url: string; wiring: Wiring; stop: () => Promise<void> }

/**
 * The whole application in this process, on a database of its own: real PostgreSQL, real BullMQ on it, real HTTP. `adjust`
 * changes what it is wired with; with `working: false` nothing is scheduled and no job is worked off. With `clock` its time is
 * the test's; with `databaseUrl` it shares another one's database, and leaves it there.
 */
export async function startApp(
  variables: Record<string, string> = {},
  options: { adjust?: (wiring: Wiring) => Wiring; working?: boolean; clock?: Clock; databaseUrl?: string } = {},
): Promise<TestApp> {
  const database = options.databaseUrl ? { url: options.databaseUrl, drop: () => Promise.resolve() } : await freshDatabase();
  const all = { ADMIN_TOKEN: TOKEN, PORT: '0', LOG_LEVEL: 'error', SOURCES: 'funding-tenders', ...variables, DATABASE_URL: database.url };
  const given = await readWiring(all, 'start');
  // Nobody is asked what it is unless a test is about that.
  const unasked = { ...given.settings, harvest: { ...given.settings.harvest, checkDays: 0 } };
  const read = { ...given, settings: unasked, ...(options.clock && { clock: options.clock }) };
  const wiring = options.adjust ? options.adjust(read) : read;
  const app = (await build(wiring, true)) as INestApplication;
  await prepare(app, wiring);
  await app.listen(0, '127.0.0.1');
  if (options.working !== false) await work(app, wiring);
  const stop = async (): Promise<void> => {
    await end(app);
    await database.drop();
  };
  return { app, url: await app.getUrl(), wiring, stop };
}

/** A request with the operator's token; the answer's status and body. */
export async function api<T = any>(url: string, path: string, init: { method?: string; body?: unknown; token?: string | null } = {}): Promise<{ status: number; type: string; body: T }> {
  const token = init.token === undefined ? TOKEN : init.token;
  const response = await fetch(new URL(path, url), {
    method: init.method ?? 'GET',
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(init.body !== undefined && { 'content-type': 'application/json' }) },
    ...(init.body !== undefined && { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text };
}
