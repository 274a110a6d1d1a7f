import { readFileSync } from 'node:fs';
import http from 'node:http';
import { join, resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { randomUUID } from 'node:crypto';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import { api, startApp, type TestApp } from '../../support/app.js';

const CONFIG = resolve(__dirname, '../../../config/monitoring');

describe('GET /metrics', () => {
  let open: TestApp;
  let guarded: TestApp;
  const METRICS_TOKEN = randomUUID();
  beforeAll(async () => {
    open = await startApp({}, { working: false });
    guarded = await startApp({ METRICS_TOKEN }, { working: false });
  });
  afterAll(async () => {
    await open?.stop();
    await guarded?.stop();
  });

  const read = (app: TestApp, headers: Record<string, string> = {}) =>
    fetch(new URL('/metrics', app.url), { headers });
  const text = async (): Promise<string> => (await read(open)).text();

  it('tells programs on this machine alone, and nobody by way of a proxy', async () => {
    const response = await read(open);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/plain'),
    ]);
    for (const header of ['x-forwarded-for', 'forwarded'])
      expect((await read(open, { [header]: '203.0.113.9' })).status).toBe(401);
    const { port } = new URL(open.url);
    // From another address of this machine, like a remote client.
    const status = await new Promise((done, fail) => {
      http
        .get({ host: '127.0.0.1', port, path: '/metrics', localAddress: '127.0.0.2' }, (r) =>
          done(r.resume().statusCode),
        )
        .on('error', fail);
    });
    expect(status).toBe(200);
  });

  it('tells whoever has the token, where there is one', async () => {
    expect((await read(guarded)).status).toBe(401);
    expect((await read(guarded, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect(
      (await read(guarded, { authorization: `Bearer ${METRICS_TOKEN}`, 'x-forwarded-for': '203.0.113.9' }))
        .status,
    ).toBe(200);
  });

  it('counts requests by the pattern of their route, and holds no id, no query and no secret', async () => {
    // The counter covers all applications in this process.
    const counted = (said: string): number =>
      Number(
        /^carnot_http_request_seconds_count\{route="\/v1\/profiles\/:id",method="GET",status="200"\} (\d+)$/m.exec(
          said,
        )?.[1] ?? 0,
      );
    const before = counted(await text());
    await api(open.url, '/v1/profiles/leti');
    await api(open.url, '/v1/profiles/mines?secret=t0psecret');
    // Read to the end: a request is counted once its response has been sent.
    await (await fetch(new URL('/sign-in/a-secret-of-a-link', open.url))).text();
    const found = await text();
    expect(counted(found)).toBe(before + 2);
    expect(found).toMatch(/route="\/sign-in\/:token",method="GET",status="410"/);
    expect(found).not.toMatch(/t0psecret|a-secret-of-a-link|profiles\/leti/);
  });

  it('tells how sources, harvests, messages and the queue do', async () => {
    const query = (sql: string, values: unknown[] = []) => open.app.get(DataSource).query(sql, values);
    await query(
      `INSERT INTO source (id, state, last_good_run_at) VALUES ('funding-tenders', 'healthy', now() - interval '1 hour') ON CONFLICT (id) DO UPDATE SET state = 'healthy', last_good_run_at = excluded.last_good_run_at`,
    );
    await query(
      `INSERT INTO harvest_run (id, source_id, state, started_at) VALUES ($1, 'funding-tenders', 'rejected', now())`,
      [randomUUID()],
    );
    const mails = open.app.get(TransactionalMailRepository);
    const mail = newTransactionalMail(open.wiring.env, {
      kind: 'proposal',
      profileId: null,
      toName: null,
      toAddress: 'a@b.eu',
      subject: 's',
      text: 't',
      html: 'h',
      createdAt: new Date(),
    });
    await mails.write(mail);
    await mails.refused((await mails.claim(mail.id, 1_000))!, 'spam', null);
    const guardedQuery = (sql: string) => guarded.app.get(DataSource).query(sql);
    await guardedQuery(`INSERT INTO setting (key, value) VALUES ('sending-held', '{}')`);
    const fresh = await (await read(guarded, { authorization: `Bearer ${METRICS_TOKEN}` })).text();
    expect(fresh).toMatch(/^carnot_profiles [1-9]\d*$/m);
    const found = await startApp({}, { working: false, databaseUrl: open.wiring.env.DATABASE_URL! });
    const said = await (await read(found)).text();
    await found.stop();
    expect(said).toMatch(/^carnot_source_age_seconds\{source="funding-tenders"\} 36\d\d/m);
    expect(said).toMatch(/^carnot_source_state\{source="funding-tenders",state="healthy"\} 1$/m);
    expect(said).toMatch(
      /^carnot_harvest_runs_last_day\{source="funding-tenders",kind="full",outcome="rejected"\} 1$/m,
    );
    expect(said).toMatch(/^carnot_jobs\{queue="deliver-email",state="waiting"\} \d+$/m);
    expect(said).toMatch(/^carnot_database_connections\{state="total"\} [1-9]/m);
    expect(said).toMatch(/^carnot_nodejs_eventloop_lag_p99_seconds \d/m);
    expect(said).toMatch(/^carnot_messages_given_up\{channel="email"\} 1$/m);
    expect(said).toMatch(/^carnot_sending_held 0$/m);
  });

  it('repeats no word in the name of a figure', async () => {
    const names = [...(await text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!);
    expect(names).toContain('carnot_process_resident_memory_bytes');
    expect(names.filter((name) => /_([a-z]+)_\1_/.test(name))).toEqual([]);
  });

  it('counts matches that the server has not counted yet', async () => {
    const call = randomUUID();
    const query = (sql: string) => guarded.app.get(DataSource).query(sql);
    await query(
      `INSERT INTO call (id, content, content_hash, version, first_seq, seq, source_status, search, first_seen_at) VALUES ('${call}', '{}', 'h', 1, 1, 1, 'open', '', now())`,
    );
    await query(
      `INSERT INTO match (id, profile_id, call_id, score, result, profile_revision, call_version, matched_at)
         SELECT gen_random_uuid(), id, '${call}', 50, '{}', 1, 1, now() FROM profile WHERE id IN ('leti', 'mines')`,
    );
    const fresh = await startApp({}, { working: false, databaseUrl: guarded.wiring.env.DATABASE_URL! });
    const said = await (await read(fresh)).text();
    await fresh.stop();
    expect(said).toMatch(/^carnot_matches 2$/m);
  });

  it('knows every figure that the rules for alarms and the dashboard ask for', async () => {
    const known = new Set(
      [...(await text()).matchAll(/^# TYPE (\S+) (\w+)/gm)].flatMap(([, name, type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
    );
    const asked = ['alerts.yaml', 'grafana.json'].flatMap((file) =>
      [...readFileSync(join(CONFIG, file), 'utf8').matchAll(/\bcarnot_\w+/g)].map(([name]) => name),
    );
    expect(asked.length).toBeGreaterThan(25);
    expect([...new Set(asked)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('gives each request an id, and takes over one that was given', async () => {
    const idOf = async (headers: Record<string, string>) =>
      (await fetch(new URL('/health', open.url), { headers })).headers.get('x-request-id');
    expect(await idOf({ 'x-request-id': 'proxy-1234' })).toBe('proxy-1234');
    expect(await idOf({ 'x-request-id': 'with spaces and more' })).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf({})).not.toBe(await idOf({}));
  });
});
