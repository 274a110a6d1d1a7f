import { randomUUID } from 'node:crypto';
import { build, end, prepare } from '../../../src/app/process.js';
import { openWorkerPort } from '../../../src/app/worker-port.js';
import type { OwnPort } from '../../../src/platform/api/own-port.js';
import { contextStorage } from '../../../src/platform/database/request-context.js';
import { startApp, type TestApp } from '../../support/app.js';

describe('a worker that runs apart', () => {
  let api: TestApp;
  let worker: Awaited<ReturnType<typeof build>>;
  const open: OwnPort[] = [];
  beforeAll(async () => {
    api = await startApp({}, { working: false });
    await contextStorage.exit(async () => {
      worker = await build(api.wiring, false);
      await prepare(worker, api.wiring);
    });
  });
  afterAll(async () => {
    await Promise.all(open.map((port) => port.close()));
    if (worker) await end(worker);
    await api?.stop();
  });

  /** Opens the worker port on a free port and returns its address. */
  const listening = (more: object = {}): Promise<string> =>
    contextStorage.exit(async () => {
      const port = await openWorkerPort(worker, { ...api.wiring.env, WORKER_PORT: 0, ...more });
      open.push(port!);
      return `http://127.0.0.1:${port!.port}`;
    });

  it('listens nowhere where no port is named', async () => {
    expect(await openWorkerPort(worker, api.wiring.env)).toBeNull();
  });

  it('tells what it does itself, and leaves to the API what is stored', async () => {
    const said = await (await fetch(`${await listening()}/metrics`)).text();
    for (const own of [
      /^carnot_up\{part="database"\} 1$/m,
      /^carnot_up\{part="queue"\} 1$/m,
      /^carnot_disk_full\{disk="data"\} 0$/m,
      /^carnot_database_connections\{state="total"\} [1-9]/m,
      /^nodejs_eventloop_lag_p99_seconds \d/m,
      /^# TYPE carnot_job_seconds histogram$/m,
    ])
      expect(said).toMatch(own);
    expect(said).not.toMatch(
      /^carnot_(jobs|calls|messages|profiles|source_last_success_timestamp_seconds)\b/m,
    );
  });

  it('tells programs on this machine alone, or whoever has the token where there is one', async () => {
    const METRICS_TOKEN = randomUUID();
    const [without, guarded] = [await listening(), await listening({ METRICS_TOKEN })];
    const asked = async (url: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${url}/metrics`, { headers });
      return [answer.status, answer.headers.get('content-type')!.split(';')[0]];
    };
    const [told, refused] = [
      [200, 'text/plain'],
      [401, 'application/problem+json'],
    ];
    expect(await asked(without)).toEqual(told);
    expect(await asked(without, { 'x-forwarded-for': '203.0.113.9' })).toEqual(refused);
    expect(await asked(guarded)).toEqual(refused);
    expect(await asked(guarded, { authorization: `Bearer ${METRICS_TOKEN}` })).toEqual(told);
  });

  it('says whether it lives and whether database and queue answer, and nothing else', async () => {
    const url = await listening();
    const asked = async (path: string, method = 'GET') => {
      const answer = await fetch(`${url}${path}`, { method });
      return [answer.status, await answer.json()];
    };
    for (const alive of ['/health', '/health/live'])
      expect(await asked(alive)).toEqual([200, { status: 'ok' }]);
    expect(await asked('/health/ready?of=it')).toEqual([
      200,
      { status: 'ok', sending: 'on', mail: 'files', storage: 'ok' },
    ]);
    for (const [path, method] of [
      ['/v1/calls', 'GET'],
      ['/toString', 'GET'],
      ['/health', 'POST'],
    ] as const)
      expect(await asked(path, method)).toEqual([404, expect.objectContaining({ status: 404 })]);
  });
});
