import { readFileSync } from 'node:fs';
import http from 'node:http';
import { join, resolve } from 'node:path';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { DataSource } from 'typeorm';
import { parse } from 'yaml';
import { randomUUID } from 'node:crypto';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import { FIGURES, WorkerReport } from '../../../src/app/metrics.js';
import { loadSources, sourceIds } from '../../../src/harvest/source-registry.js';
import { jobSeconds } from '../../../src/platform/metrics/metrics.js';
import { api, startApp, type TestApp } from '../../support/app.js';

const CONFIG = resolve(__dirname, '../../../config/monitoring');

interface Panel {
  id: number;
  title: string;
  type: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}
const { panels } = JSON.parse(readFileSync(join(CONFIG, 'grafana.json'), 'utf8')) as { panels: Panel[] };
const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const rules = (
  parse(readFileSync(join(CONFIG, 'alerts.yaml'), 'utf8')) as { groups: { rules: { expr: string }[] }[] }
).groups.flatMap((group) => group.rules.map(({ expr }) => expr));

/** The figures that an expression asks for, by the grammar of Prometheus; throws where it cannot be read. */
function figuresOf(expression: string): string[] {
  const names: string[] = [];
  promql.parse(expression).iterate({
    enter: ({ type, node, from, to }) => {
      if (type.isError) throw new Error(`${expression}, at ${from}`);
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector')
        names.push(expression.slice(from, to));
    },
  });
  return names;
}

/** Labels that Prometheus and its histograms add. */
const ADDED = ['job', 'instance', 'le'];

/** The labels that an expression asks for and none of its figures has. */
function strangeLabels(expression: string, labelsOf: ReadonlyMap<string, readonly string[]>): string[] {
  const known = (names: string[]) =>
    new Set([...ADDED, ...names.flatMap((name) => labelsOf.get(name) ?? [])]);
  const strange: string[] = [];
  promql.parse(expression).iterate({
    enter: ({ type, node, from, to }) => {
      if (type.name !== 'LabelName') return;
      let selector = node.parent;
      while (selector && selector.name !== 'VectorSelector') selector = selector.parent;
      const of = selector ? expression.slice(selector.from, selector.to) : expression;
      // Those of Prometheus itself have labels of their own.
      const figures = figuresOf(of).filter((name) => name !== 'ALERTS');
      const label = expression.slice(from, to);
      if (figures.length > 0 && !known(figures).has(label)) strange.push(`${expression}: ${label}`);
    },
  });
  return strange;
}

/** Units that have a base unit: seconds, bytes, ratios; and abbreviations. */
const NOT_BASE =
  /_(ms|milliseconds|microseconds|nanoseconds|minutes|hours|days|weeks|kb|mb|gb|kilobytes|megabytes|gigabytes|percent|bits|secs?|s|b)(_|$)/;
/** What client libraries tell of every program has its own prefix. */
const GENERIC = /_(process|nodejs|go)_/;

/**
 * What a text of metrics has against the conventions, as `promtool check metrics` and the pages of Prometheus
 * on naming have them.
 */
function againstConventions(said: string): string[] {
  const helps = new Map([...said.matchAll(/^# HELP (\S+) (.+)$/gm)].map(([, name, help]) => [name!, help!]));
  const types = new Map([...said.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, type]) => [name!, type!]));
  const samples = [...said.matchAll(/^([^#\s{]+)(?:\{(.*)\})? \S+$/gm)].map(([, name, labels = '']) => {
    const base = name!.replace(/_(bucket|sum|count)$/, '');
    return {
      name: ['histogram', 'summary'].includes(types.get(base) ?? '') ? base : name!,
      whole: name!,
      labels,
    };
  });
  const problems: string[] = [];
  const check = (name: string, isWrong: boolean, what: string) => isWrong && problems.push(`${name} ${what}`);
  for (const name of new Set([...types.keys(), ...samples.map((sample) => sample.name)])) {
    const type = types.get(name);
    check(name, !helps.has(name), 'has no HELP');
    check(name, type === undefined, 'has no TYPE');
    check(name, type === 'counter' && !name.endsWith('_total'), 'is a counter and does not end in _total');
    check(name, type !== 'counter' && name.endsWith('_total'), `is a ${type} and ends in _total`);
    check(name, /_(count|sum|bucket)$/.test(name), 'ends like a part of a histogram');
    check(name, !/^[a-z][a-z0-9_]*$/.test(name), 'is not written in lower case with underscores');
    check(name, /_(gauge|counter|histogram|summary)(_|$)/.test(name), 'has its type in its name');
    check(name, NOT_BASE.test(name), 'is not in base units');
    check(name, /_(age|since|ago|waiting)_seconds$/.test(name), 'tells an age instead of an instant');
    check(name, GENERIC.test(name) || /_([a-z]+)_\1_/.test(name), 'has two prefixes');
  }
  const told = new Set<string>();
  for (const { name, whole, labels } of samples) {
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([pair, label]) => ({
      pair,
      label: label!,
    }));
    const reserved = pairs.some(
      ({ label }) =>
        (label === 'quantile' && types.get(name) !== 'summary') ||
        (label === 'le' && types.get(name) !== 'histogram') ||
        // Prometheus names what it asks by them, and renames ours.
        ['job', 'instance'].includes(label),
    );
    check(name, reserved, 'has a label that is reserved');
    const one = `${whole}{${pairs
      .map(({ pair }) => pair)
      .sort()
      .join()}}`;
    check(name, told.has(one), 'tells one figure twice');
    told.add(one);
  }
  return problems;
}

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
      `INSERT INTO source (id, state, last_good_run_at) VALUES ('switched-off', 'healthy', now() - interval '1 year')`,
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
    const [, readAt] =
      /^carnot_source_last_success_timestamp_seconds\{source="funding-tenders"\} (\S+)$/m.exec(said)!;
    expect(Date.now() / 1_000 - Number(readAt)).toBeGreaterThanOrEqual(3_600);
    expect(Date.now() / 1_000 - Number(readAt)).toBeLessThan(7_200);
    expect(said).toMatch(/^carnot_source_state\{source="funding-tenders",state="healthy"\} 1$/m);
    expect(said).not.toContain('switched-off');
    expect(said).toMatch(
      /^carnot_harvest_runs_last_day\{source="funding-tenders",kind="full",outcome="rejected"\} 1$/m,
    );
    expect(said).toMatch(/^carnot_jobs\{queue="deliver-email",state="waiting"\} \d+$/m);
    expect(said).toMatch(/^carnot_database_connections\{state="total"\} [1-9]/m);
    expect(said).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect(said).toMatch(/^carnot_messages_given_up\{channel="email"\} 1$/m);
    expect(said).toMatch(/^carnot_sending_held 0$/m);
  });

  it('follows the conventions of Prometheus, with each worker too', async () => {
    jobSeconds.observe({ name: 'match', outcome: 'done' }, 1);
    const query = (sql: string) => open.app.get(DataSource).query(sql);
    const [call, run] = [randomUUID(), randomUUID()];
    await query(
      `INSERT INTO harvest_run (id, source_id, state, started_at, ended_at) VALUES ('${run}', 'funding-tenders', 'accepted', now(), now())`,
    );
    await query(
      `INSERT INTO call (id, content, content_hash, version, first_seq, seq, source_status, search, first_seen_at) VALUES ('${call}', '{}', 'h', 1, 1, 1, 'open', '', now())`,
    );
    await query(
      `INSERT INTO call_version (call_id, version, seq, content, content_hash, changes, seen_at, run_id, kinds, source_id, document_hash)
         VALUES ('${call}', 1, 1, '{}', 'h', '[{"kind": "notice", "to": {"day": "2026-01-01"}}]', now(), '${run}', '{notice}', 'funding-tenders', 'd')`,
    );
    const filled = await startApp({}, { working: false, databaseUrl: open.wiring.env.DATABASE_URL! });
    const texts = [await (await read(filled)).text(), await new WorkerReport(filled.app).text()];
    await filled.stop();
    expect(texts.map(againstConventions)).toEqual([[], []]);
    expect(texts[0]).toMatch(
      /^carnot_publication_seconds\{source="funding-tenders",until="known",percentile="50"\} \d/m,
    );
    for (const text of texts) expect(text).toMatch(/^# TYPE process_resident_memory_bytes gauge$/m);
  });

  it('tells nothing where there is nothing to tell, and no 0 in its place', async () => {
    const said = await (await read(guarded, { authorization: `Bearer ${METRICS_TOKEN}` })).text();
    for (const name of [
      'messages_oldest_waiting_timestamp_seconds',
      'backup_last_success_timestamp_seconds',
    ]) {
      expect(said).toMatch(new RegExp(`^# TYPE carnot_${name} gauge$`, 'm'));
      expect(said).not.toMatch(new RegExp(`^carnot_${name}\\b`, 'm'));
    }
    expect(said.match(/^carnot_\w+_timestamp_seconds 0$/m)).toBeNull();
  });

  it('says that the database answers while its figures take too long, and counts them once for all who ask', async () => {
    const slow = await startApp({}, { working: false, databaseUrl: open.wiring.env.DATABASE_URL! });
    const keeper = open.app.get(DataSource).createQueryRunner();
    const waiting = async (): Promise<number> => {
      const [row]: { n: number }[] = await open.app
        .get(DataSource)
        .query(
          `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = 'harvest_run'::regclass`,
        );
      return row!.n;
    };
    try {
      await keeper.startTransaction();
      await keeper.query('LOCK TABLE harvest_run IN ACCESS EXCLUSIVE MODE');
      for (const round of [1, 2]) {
        const said = await (await read(slow)).text();
        expect(said).toMatch(/^carnot_up\{part="database"\} 1$/m);
        expect(said).not.toMatch(/^carnot_profiles /m);
        expect({ round, waiting: await waiting() }).toEqual({ round, waiting: 1 });
      }
      await keeper.rollbackTransaction();
      expect(await (await read(slow)).text()).toMatch(/^carnot_profiles \d+$/m);
    } finally {
      await keeper.release();
      await slow.stop();
    }
  });

  it('would be found out with a figure that breaks them', () => {
    const wrong = {
      'x_jobs{queue="a"} 1': ['has no HELP', 'has no TYPE'],
      '# HELP x_jobs Jobs.\n# TYPE x_jobs counter\nx_jobs 1': ['is a counter and does not end in _total'],
      '# HELP x_total Jobs.\n# TYPE x_total gauge\nx_total 1': ['is a gauge and ends in _total'],
      '# HELP x_wait_ms W.\n# TYPE x_wait_ms gauge\nx_wait_ms 1': ['is not in base units'],
      '# HELP x_age_seconds W.\n# TYPE x_age_seconds gauge\nx_age_seconds 1': [
        'tells an age instead of an instant',
      ],
      '# HELP x_nodejs_heap W.\n# TYPE x_nodejs_heap gauge\nx_nodejs_heap 1': ['has two prefixes'],
      '# HELP x_seconds W.\n# TYPE x_seconds gauge\nx_seconds{quantile="0.5"} 1': [
        'has a label that is reserved',
      ],
      '# HELP x W.\n# TYPE x gauge\nx{b="1",a="1"} 1\nx{a="1",b="1"} 2': ['tells one figure twice'],
    };
    for (const [said, problems] of Object.entries(wrong))
      expect(againstConventions(said).map((problem) => problem.replace(/^\S+ /, ''))).toEqual(problems);
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
    // Those of Prometheus itself.
    const asked = [...rules, ...queries]
      .flatMap(figuresOf)
      .filter((name) => !['up', 'ALERTS'].includes(name));
    expect(new Set(asked).size).toBeGreaterThan(20);
    expect([...new Set(asked)].filter((name) => !known.has(name))).toEqual([]);
    expect(figuresOf('rate(nothing_total[5m]) / on () (sum(other) or vector(0))')).toEqual([
      'nothing_total',
      'other',
    ]);
  });

  it('calls no source old that is read as often as it should be', async () => {
    const [old] = rules.filter((rule) => rule.includes('carnot_source_last_success_timestamp_seconds'));
    const limits = [...old!.matchAll(/source(!?=)"([\w-]+)"\} > (\d+) \* 86400/g)].map(
      ([, is, id, days]) => ({
        holdsFor: (source: string) => (source === id) === (is === '='),
        days: Number(days),
      }),
    );
    for (const id of await sourceIds()) {
      const { everyHours } = (await loadSources({}, {}, [id])).find((source) => source.id === id)!;
      const { days } = limits.find(({ holdsFor }) => holdsFor(id))!;
      // A reading that fails is tried again, at the latest after half a day.
      expect({ id, inTime: days * 24 > everyHours + 12 }).toEqual({ id, inTime: true });
    }
    // One that was never read well has no such time.
    const never = 'carnot_source_state unless on (source) carnot_source_last_success_timestamp_seconds';
    expect(rules).toContain(never);
  });

  it('has every label that they ask a figure for', async () => {
    const labelsOf = new Map<string, string[]>(
      Object.entries(FIGURES).map(([name, { labels }]) => [name, [...labels]]),
    );
    for (const [, name, labels] of (await text()).matchAll(/^(\w+)\{(.*)\} \S+$/gm))
      labelsOf.set(name!, [
        ...(labelsOf.get(name!) ?? []),
        ...[...labels!.matchAll(/(\w+)="/g)].map(([, label]) => label!),
      ]);
    expect([...rules, ...queries].flatMap((asked) => strangeLabels(asked, labelsOf))).toEqual([]);
    expect(
      [
        'sum by (outcome) (carnot_jobs)',
        'carnot_jobs{kind="a"}',
        'rate(carnot_job_seconds_count{state="a"}[5m])',
      ]
        .flatMap((asked) => strangeLabels(asked, labelsOf))
        .map((said) => said.split(': ')[1]),
    ).toEqual(['outcome', 'kind', 'state']);
  });

  it('has a table of what each panel answers, for whoever has no Grafana before them', () => {
    const told = readFileSync(join(CONFIG, 'README.md'), 'utf8');
    const rows = [...told.matchAll(/^\| ([^|]+) \| [^|]+ \|$/gm)].map(([, title]) => title!.trim());
    const titles = panels.filter(({ type }) => type !== 'row').map(({ title }) => title);
    expect(rows.filter((title) => title !== 'panel' && !/^-+$/.test(title))).toEqual(titles);
  });

  it('has a dashboard whose rows ask what an operator asks, with the answers on top, and none on another', () => {
    expect(panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'Is it well?',
      'Is it fast?',
      'What is told?',
    ]);
    for (const [i, panel] of panels.entries())
      if (panel.type === 'row') expect(panels[i + 1]!.type).toBe('stat');
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const squares = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)}/${y + Math.floor(i / w)}`),
    );
    expect(new Set(squares).size).toBe(squares.length);
  });

  it('gives each request an id, and takes over one that was given', async () => {
    const idOf = async (headers: Record<string, string>) =>
      (await fetch(new URL('/health', open.url), { headers })).headers.get('x-request-id');
    expect(await idOf({ 'x-request-id': 'proxy-1234' })).toBe('proxy-1234');
    expect(await idOf({ 'x-request-id': 'with spaces and more' })).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf({})).not.toBe(await idOf({}));
  });
});
