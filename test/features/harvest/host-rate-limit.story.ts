import http from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { Postponed } from '../../../src/kernel/errors.js';
import { migrate } from '../../../src/app/database/data-source.js';
import { Gate } from '../../../src/platform/http/gate.js';
import { HostRateLimit } from '../../../src/platform/http/host-rate-limit.js';
import { freshDatabase } from '../../support/database/database.js';

const HOST = 'calls.example.eu';
const rate = (perMinute: number, everySeconds: number | null = null) => ({ perMinute, everySeconds });
let database: { url: string; drop: () => Promise<void> };
let client: pg.Client;
/** Two processes. */
let [one, two]: HostRateLimit[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.url);
  client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  await client.query('DELETE FROM source_rate_limit');
  [one, two] = [new HostRateLimit(database.url), new HostRateLimit(database.url)];
});
afterEach(() => Promise.all([one!.close(), two!.close()]));

/** Milliseconds to wait, or 0 if the request may go now. */
const wait = (
  rateLimit: HostRateLimit,
  perMinute: number,
  everySeconds: number | null = null,
  host = HOST,
): Promise<number> =>
  rateLimit.take(host, rate(perMinute, everySeconds)).then(
    () => 0,
    (error: unknown) => {
      if (error instanceof Postponed) return error.waitMs;
      throw error;
    },
  );
const rows = async (): Promise<{ key: string; points: number; left: number }[]> =>
  (await client.query('SELECT key, points, expire FROM source_rate_limit ORDER BY key')).rows.map((r) => ({
    key: r.key,
    points: r.points,
    left: Number(r.expire) - Date.now(),
  }));
/** Simulates that `ms` have passed. */
const pass = (ms: number) => client.query('UPDATE source_rate_limit SET expire = expire - $1', [ms]);

describe('the minute of a host', () => {
  it('is shared by all processes, and who comes later waits for its end', async () => {
    expect([await wait(one!, 3), await wait(two!, 3), await wait(one!, 3)]).toEqual([0, 0, 0]);
    for (const rateLimit of [one!, two!]) {
      const ms = await wait(rateLimit, 3);
      expect(ms).toBeGreaterThan(55_000);
      expect(ms).toBeLessThanOrEqual(60_000);
    }
    expect(await wait(two!, 3, null, 'other.example.eu')).toBe(0);
    await pass(60_000);
    expect(await wait(two!, 3)).toBe(0);
  });

  it('gives no place twice, however many ask at once', async () => {
    const waits = await Promise.all(Array.from({ length: 40 }, (_, i) => wait(i % 2 ? one! : two!, 10)));
    expect(waits.filter((ms) => ms === 0)).toHaveLength(10);
  });

  it('is counted for all who ask the host, each by its own rate', async () => {
    for (let i = 0; i < 4; i += 1) expect(await wait(one!, 5)).toBe(0);
    expect(await wait(two!, 3)).toBeGreaterThan(0);
    expect(await wait(one!, 600)).toBe(0);
  });

  it('is used by what cannot wait, too', async () => {
    await one!.count(HOST, rate(2));
    await one!.count(HOST, rate(2));
    await one!.count(HOST, rate(2));
    expect(await wait(two!, 2)).toBeGreaterThan(55_000);
  });
});

describe('the gap that a host wants', () => {
  it('is kept over all processes, beside the minute', async () => {
    expect(await wait(one!, 60, 10)).toBe(0);
    const ms = await wait(two!, 60, 10);
    expect(ms).toBeGreaterThan(8_000);
    expect(ms).toBeLessThanOrEqual(10_000);
    await pass(10_000);
    expect(await wait(two!, 60, 10)).toBe(0);
    await pass(10_000);
    expect(await wait(two!, 2, 10)).toBeGreaterThan(30_000);
  });

  it('is of whole seconds, rounded up', async () => {
    await one!.take(HOST, rate(60, 2.3));
    expect((await rows()).find(({ key }) => key === `${HOST} gap`)!.left).toBeGreaterThan(2_500);
  });
});

describe('a host that is held', () => {
  it('gives no place to anybody for as long, whatever their rate; then it does, at the rate as before', async () => {
    expect(await wait(one!, 2)).toBe(0);
    await one!.hold(HOST, 90_000);
    for (const perMinute of [2, 600]) {
      const ms = await wait(two!, perMinute);
      expect(ms).toBeGreaterThan(85_000);
      expect(ms).toBeLessThanOrEqual(90_000);
    }
    expect(await wait(two!, 2, null, 'other.example.eu')).toBe(0);
    await client.query("UPDATE source_rate_limit SET expire = expire - 90000 WHERE key LIKE '% hold'");
    expect([await wait(two!, 2), (await wait(two!, 2)) > 0]).toEqual([0, true]);
  });

  it('is held for five hours at the most', async () => {
    await one!.hold(HOST, 7 * 86_400_000);
    expect(await wait(one!, 60)).toBeLessThanOrEqual(5 * 3_600_000);
    expect(await wait(one!, 60)).toBeGreaterThan(5 * 3_600_000 - 5_000);
  });

  it('is held no shorter for a later wish, and longer for a longer one', async () => {
    await one!.hold(HOST, 60_000);
    await two!.hold(HOST, 1_000);
    expect(await wait(one!, 60)).toBeGreaterThan(55_000);
    await two!.hold(HOST, 120_000.7);
    expect(await wait(one!, 60)).toBeGreaterThan(115_000);
  });
});

describe('its rows', () => {
  it('fit the table for the longest of names', async () => {
    const long = `${'a'.repeat(63)}.`.repeat(3) + 'b'.repeat(61);
    expect(long).toHaveLength(253);
    await one!.hold(long, 30_000);
    expect(await wait(two!, 60, 10, long)).toBeGreaterThan(25_000);
    expect(await wait(two!, 60, 10, `${long.slice(0, -1)}c`)).toBe(0);
  });

  it('out of reach are PaceUnavailable, for later', async () => {
    const lost = new HostRateLimit(`${database.url}_that_is_not_there`);
    await expect(lost.take(HOST, rate(60))).rejects.toMatchObject({
      kind: 'RateLimitUnavailable',
      retryPolicy: 'later',
    });
    await expect(lost.hold(HOST, 1_000)).rejects.toMatchObject({ kind: 'RateLimitUnavailable' });
    await lost.close();
  });
});

describe('two gates on one database', () => {
  it('ask no more often than agreed, and leave a host alone that asks one of them to wait', async () => {
    let [asked, throttled] = [0, false];
    const server = http.createServer((_req, res) => {
      asked += 1;
      if (throttled) res.writeHead(429, { 'retry-after': '90' }).end();
      else res.end('document');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const options = {
      trustedOrigins: [origin],
      userAgent: 'carnot-test',
      timeoutMs: 5_000,
      maxBytes: 1_000,
      maxRedirects: 0,
      robots: false,
      requestsPerMinute: 60,
    };
    const gates = [new Gate(options, { rateLimit: one! }), new Gate(options, { rateLimit: two! })];
    const fetch = (i: number) =>
      gates[i % 2]!.fetch(new URL(origin), { method: 'GET', headers: {}, body: null, perMinute: 10 });
    const results = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => fetch(i)));
    expect([asked, results.filter((r) => r.status === 'fulfilled').length]).toEqual([10, 10]);
    expect(results.filter((r) => r.status === 'rejected').every((r) => r.reason instanceof Postponed)).toBe(
      true,
    );
    await pass(60_000);
    throttled = true;
    await expect(fetch(0)).rejects.toMatchObject({
      kind: 'HttpThrottled',
      details: { retryAfterMs: 90_000 },
    });
    const others = await Promise.allSettled([fetch(1), fetch(2)]);
    expect(
      others.every(
        (r) => r.status === 'rejected' && r.reason instanceof Postponed && r.reason.waitMs > 80_000,
      ),
    ).toBe(true);
    expect(asked).toBe(11);
    await Promise.all(gates.map((gate) => gate.close()));
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });
});
