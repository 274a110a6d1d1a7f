import { randomUUID } from 'node:crypto';
import type { EventView } from '../../../src/calls/api/change-views.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, DAY, deadline, storeCalls } from '../../support/matching/calls.js';

interface Answer {
  items: EventView[];
  next: string | null;
  total: number;
  errors?: { path: string }[];
}

const START = Date.parse('2026-05-06T10:00:00Z');
const encoded = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');
const told = (day: number) => ({
  title: `Day ${day}`,
  deadlines: [deadline(60 + day)],
  sections: [{ kind: 'scope' as const, title: 'Scope', text: `Words of day ${day}.` }],
});

describe('the changes, page by page', () => {
  let server: TestApp;
  let whole: EventView[];
  let id: string;

  beforeAll(async () => {
    server = await startApp({}, { working: false });
    // Each day one call changes in two ways, one in one way, one never; a fourth is new on the second day.
    for (let day = 0; day <= 12; day += 1) {
      const calls = [
        aCall('two', told(day)),
        aCall('one', { title: `Title ${day}` }),
        aCall('none'),
        ...(day ? [aCall('new')] : []),
      ];
      await storeCalls(server.app, calls, 'test', new Date(START + day * DAY));
    }
    whole = (await get('/v1/changes', { limit: 100 })).items;
    id = whole.find((e) => e.kind === 'extended')!.call.id;
  });
  afterAll(() => server?.stop());

  async function get(path: string, query: Record<string, string | number>): Promise<Answer> {
    const { status, body } = await api<Answer>(
      server.url,
      `${path}?${new URLSearchParams(query as Record<string, string>).toString()}`,
    );
    expect({ path, query, status }).toEqual({ path, query, status: 200 });
    return body;
  }

  async function walk(path: string, query: Record<string, string | number>): Promise<EventView[]> {
    const seen: EventView[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await get(path, { ...query, ...(cursor && { cursor }) });
      seen.push(...page.items);
      expect(page.items.length).toBeGreaterThan(0);
      cursor = page.next;
    }
    return seen;
  }

  it('are one item for each version and kind, the newest first', () => {
    expect(whole).toHaveLength(12 * 3 + 1);
    expect(new Set(whole.map((e) => e.id)).size).toBe(37);
    expect(whole.map((e) => e.seenAt)).toEqual(
      whole
        .map((e) => e.seenAt)
        .sort()
        .reverse(),
    );
    expect(
      whole
        .filter((e) => e.call.id === id)
        .slice(0, 4)
        .map((e) => [e.version, e.kind]),
    ).toEqual([
      [13, 'extended'],
      [13, 'text'],
      [12, 'extended'],
      [12, 'text'],
    ]);
    // All text changes of a version form one event, each with its own field.
    expect(whole.find((e) => e.call.id === id && e.kind === 'text')!.changes.map((c) => c.field)).toEqual([
      'title',
      'sections.Scope',
    ]);
  });

  it('are each given exactly once when the cursor is followed, also from between the kinds of a version', async () => {
    for (const limit of [1, 2, 3, 5, 36, 37, 38]) {
      expect({ limit, seen: await walk('/v1/changes', { limit }) }).toEqual({ limit, seen: whole });
      expect({ limit, seen: await walk(`/v1/calls/${id}/changes`, { limit }) }).toEqual({
        limit,
        seen: whole.filter((e) => e.call.id === id),
      });
      expect({ limit, seen: await walk('/v1/changes', { limit, kind: 'text' }) }).toEqual({
        limit,
        seen: whole.filter((e) => e.kind === 'text'),
      });
    }
  });

  it('count what passes the filter, not what is on the page', async () => {
    expect((await get('/v1/changes', { limit: 2 })).total).toBe(37);
    expect((await get('/v1/changes', { limit: 2, kind: 'extended,new' })).total).toBe(13);
    expect((await get(`/v1/calls/${id}/changes`, { limit: 2 })).total).toBe(24);
    expect(
      (
        await get(`/v1/calls/${id}/changes`, {
          limit: 2,
          kind: 'extended',
          since: new Date(START + 10 * DAY).toISOString(),
        })
      ).total,
    ).toBe(3);
    const never = (await get('/v1/calls', {})).items as unknown as { id: string; reference: string }[];
    expect(await get(`/v1/calls/${never.find((c) => c.reference === 'none')!.id}/changes`, {})).toEqual({
      items: [],
      next: null,
      total: 0,
    });
  });

  it('refuse a cursor that is not theirs, and a limit that is none', async () => {
    const other = (await get('/v1/calls', { limit: 1 })).next!;
    for (const cursor of [
      'x',
      other,
      encoded(null),
      encoded(1),
      encoded({ seq: '1' }),
      encoded({ seq: 'x', nth: 1 }),
      encoded({ seq: '9'.repeat(19), nth: 1 }),
      encoded({ seq: '1', nth: 1.5 }),
      encoded({ seq: "1'", nth: 1 }),
    ]) {
      for (const path of ['/v1/changes', `/v1/calls/${id}/changes`]) {
        const { status, body } = await api<Answer>(server.url, `${path}?cursor=${cursor}`);
        expect({ path, cursor, status, at: body.errors?.[0]?.path }).toEqual({
          path,
          cursor,
          status: 400,
          at: 'cursor',
        });
      }
    }
    for (const limit of ['0', '101', 'x', '1,2', '1&limit=2'])
      expect((await api<Answer>(server.url, `/v1/changes?limit=${limit}`)).body.errors?.[0]?.path).toBe(
        'limit',
      );
    for (const name of ['call', 'q', 'Kind', '__proto__'])
      expect((await api<Answer>(server.url, `/v1/changes?${name}=x`)).body.errors?.[0]?.path).toBe(name);
    expect((await api<Answer>(server.url, `/v1/calls/${id}/changes?profile=x`)).body.errors?.[0]?.path).toBe(
      'profile',
    );
  });

  it('of what is not there are 404, and what is no id, hash or run is 400', async () => {
    for (const [path, status] of [
      [`/v1/calls/${randomUUID()}/changes`, 404],
      ['/v1/calls/x/changes', 400],
      [`/v1/documents/${'a'.repeat(64)}`, 404],
      [`/v1/documents/${'A'.repeat(64)}`, 400],
      ['/v1/documents/x', 400],
      [`/v1/documents/..%2f${'a'.repeat(61)}`, 400],
      [`/v1/runs/${randomUUID()}/documents`, 404],
      ['/v1/runs/x/documents', 400],
    ] as const) {
      const answer = await api(server.url, path);
      expect({ path, status: answer.status, type: answer.type }).toEqual({
        path,
        status,
        type: expect.stringContaining('application/problem+json'),
      });
    }
  });

  it('show the call as it stands now, and the change as it was', async () => {
    await storeCalls(
      server.app,
      [aCall('two', told(13)), aCall('one', { title: 'Title 12' }), aCall('none'), aCall('new')],
      'test',
      new Date(START + 13 * DAY),
    );
    const { items } = await get('/v1/changes', { limit: 100 });
    expect(items.slice(2)).toEqual(
      whole.map((e) => (e.call.id === id ? { ...e, call: { ...e.call, title: 'Day 13' } } : e)),
    );
  });
});
