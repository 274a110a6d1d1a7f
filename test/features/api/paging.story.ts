import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { MatchJob } from '../../../src/matching/match.job.js';
import { NotificationEntity } from '../../../src/notifications/store/notification.entity.js';
import type { Page } from '../../../src/platform/api/paging.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

type Item = { id?: string; version?: number };

const COUNT = 25;
const numbers = Array.from({ length: COUNT }, (_, i) => i + 1);
const scope = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
const encoded = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

describe('every list', () => {
  const config = configWith(numbers.map((n) => aProfile(`institute-${n}`)));
  let server: TestApp;
  let versions: string;

  beforeAll(async () => {
    // As many sources as anything else, so that all lists can be walked the same way.
    server = await startApp(
      {},
      {
        working: false,
        adjust: (w) => ({
          ...on(config.dir)(w),
          sources: numbers.map((n) => ({ ...w.sources[0]!, id: `source-${String(n).padStart(2, '0')}` })),
        }),
      },
    );
    // All with the same words, so that search results and matches tie in their sort key.
    const calls = (n: number) =>
      numbers.map((i) =>
        aCall(String(i), { sections: scope(i === 1 ? `wind turbine, version ${n}` : 'wind turbine') }),
      );
    for (const n of numbers) await storeCalls(server.app, calls(n));
    await server.app.get(MatchJob).run({ profileId: 'institute-1' });
    const now = new Date();
    await server.app
      .get(DataSource)
      .getRepository(NotificationEntity)
      .insert(
        numbers.map((n) => ({
          id: randomUUID(),
          key: `key ${n}`,
          kind: 'digest' as const,
          recipientId: randomUUID(),
          channel: 'email',
          profileId: 'institute-1',
          address: 'a@example.org',
          subject: 'S',
          text: 'T',
          html: 'H',
          unsubscribeUrl: 'http://localhost/u',
          messageId: `m${n}@localhost`,
          items: [],
          more: 0,
          state: 'sent' as const,
          createdAt: now,
        })),
      );
    const { body } = await api(server.url, '/v1/calls?limit=100');
    versions = `/v1/calls/${body.items.find((c: { version: number }) => c.version === COUNT).id}/versions`;
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const lists = () => [
    '/v1/calls',
    '/v1/calls?q=wind',
    '/v1/calls?q=wind&status=open&source=test',
    versions,
    '/v1/profiles',
    '/v1/matches',
    '/v1/matches?profile=institute-1&minScore=1',
    '/v1/sources',
    '/v1/notifications',
    '/v1/notifications?state=sent',
  ];
  const get = (path: string, query: Record<string, string | number>) => {
    const url = new URL(path, server.url);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return api<Page<Item> & { errors: { path: string; message: string }[]; detail: string }>(
      server.url,
      url.pathname + url.search,
    );
  };
  const keyOf = (item: Item) => item.id ?? item.version;

  async function walk(path: string, limit: number): Promise<{ seen: unknown[]; pages: number[] }> {
    const seen: unknown[] = [];
    const pages: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body } = await get(path, { limit, ...(cursor && { cursor }) });
      expect({ path, status, total: body.total }).toEqual({ path, status: 200, total: COUNT });
      seen.push(...body.items.map(keyOf));
      pages.push(body.items.length);
      expect(pages.length).toBeLessThan(COUNT + 3);
      cursor = body.next;
    }
    return { seen, pages };
  }

  it('gives every item exactly once when its cursor is followed, in the order of the whole', async () => {
    for (const path of lists()) {
      const whole = (await walk(path, 100)).seen;
      expect({ path, items: new Set(whole).size }).toEqual({ path, items: COUNT });
      for (const limit of [1, 2, 7, 24, 25, 26])
        expect({ path, limit, seen: (await walk(path, limit)).seen }).toEqual({ path, limit, seen: whole });
    }
  });

  it('says on the last page that it is the last, also where that page is full', async () => {
    for (const path of lists()) {
      expect({ path, ...(await get(path, { limit: COUNT })).body, items: [] }).toMatchObject({
        path,
        next: null,
        total: COUNT,
      });
    }
    for (const path of ['/v1/calls', '/v1/calls?q=wind', versions, '/v1/profiles', '/v1/matches']) {
      expect((await walk(path, 5)).pages).toEqual([5, 5, 5, 5, 5]);
      expect((await walk(path, 24)).pages).toEqual([24, 1]);
    }
  });

  it('holds up to 100 items, 50 where nothing is said', async () => {
    for (const path of lists()) {
      for (const limit of ['1', '100']) expect((await get(path, { limit })).status).toBe(200);
      for (const limit of [
        '0',
        '101',
        '-1',
        'abc',
        '1.5',
        '',
        ' ',
        '1e9',
        'NaN',
        'Infinity',
        '99999999999999999999',
      ]) {
        const { status, body } = await get(path, { limit });
        expect({ path, limit, status, at: body.errors?.[0]?.path }).toEqual({
          path,
          limit,
          status: 400,
          at: 'limit',
        });
      }
      expect(
        (await api(server.url, `${path}${path.includes('?') ? '&' : '?'}limit=1&limit=2`)).body.errors[0]
          .path,
      ).toBe('limit');
    }
  });

  it('refuses a cursor that it did not give', async () => {
    const id = randomUUID();
    const forged = [
      'x',
      '!!!',
      '%',
      'null',
      encoded(null),
      encoded('\0'),
      encoded('institute-1\0'),
      encoded('\ud800'),
      encoded({}),
      encoded([]),
      encoded({ key: 1 }),
      encoded({ key: 'a', id }),
      encoded({ key: 1, id: 'x' }),
      encoded({ score: '1', id }),
      encoded(1.5),
      encoded(1e15),
      encoded(-1e300),
      encoded({ createdAt: 'never', id }),
      ...[null, 0, '-200000-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z'].map((at) =>
        encoded({ createdAt: at, raisedAt: at, id }),
      ),
      'a'.repeat(1_001),
      '\0',
    ];
    for (const path of lists()) {
      for (const cursor of forged) {
        const { status, body } = await get(path, { cursor });
        expect({ path, cursor, status, at: body.errors?.[0]?.path }).toEqual({
          path,
          cursor,
          status: 400,
          at: 'cursor',
        });
      }
    }
  });

  it('refuses the cursor of another list', async () => {
    const cursors = await Promise.all(
      ['/v1/calls', versions, '/v1/profiles', '/v1/matches', '/v1/notifications'].map(async (path) => ({
        path,
        cursor: (await get(path, { limit: 1 })).body.next!,
      })),
    );
    for (const { path } of cursors) {
      for (const other of cursors.filter((c) => c.path !== path)) {
        expect({
          path,
          from: other.path,
          status: (await get(path, { cursor: other.cursor })).status,
        }).toEqual({ path, from: other.path, status: 400 });
      }
    }
  });

  it('names a parameter that it does not know, or that is empty, instead of leaving it aside', async () => {
    for (const path of lists()) {
      for (const name of [
        'stauts',
        'page',
        'offset',
        'Limit',
        'q[]',
        '__proto__',
        'constructor',
        'toString',
      ]) {
        const { status, body } = await get(path, { [name]: 'x' });
        expect({ path, name, status, at: body.errors?.[0]?.path }).toEqual({
          path,
          name,
          status: 400,
          at: name,
        });
      }
      expect((await get(path, { cursor: '' })).body.errors[0]!.path).toBe('cursor');
    }
  });

  it('counts under its filters', async () => {
    for (const [path, total] of [
      ['/v1/calls?q=nothing', 0],
      ['/v1/calls?status=closed', 0],
      ['/v1/calls?source=other', 0],
      ['/v1/matches?profile=institute-2', 0],
      ['/v1/matches?minScore=100', 0],
      ['/v1/notifications?state=failed', 0],
    ] as const) {
      expect({ path, ...(await get(path, {})).body }).toMatchObject({ path, items: [], next: null, total });
    }
  });
});
