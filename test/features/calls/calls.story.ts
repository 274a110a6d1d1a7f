import { randomUUID } from 'node:crypto';
import { brusselsDate } from '../../../src/kernel/brussels.js';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, DAY, deadline, inDays, storeCalls } from '../../support/matching/calls.js';

const scope = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];

/** One call of each kind that the filters distinguish. */
const calls: CallContent[] = [
  aCall('open', { sections: scope('Floating wind turbines for the high seas'), keywords: ['offshore'] }),
  aCall('two-stage', {
    deadlineModel: 'two-stage',
    deadlines: [deadline(30), deadline(200)],
    sections: scope('Batteries and wind'),
  }),
  aCall('half-passed', { deadlineModel: 'two-stage', deadlines: [deadline(-30), deadline(100)] }),
  aCall('closed', { deadlines: [deadline(-1)] }),
  aCall('forthcoming', {
    sourceStatus: 'forthcoming',
    opensAt: inDays(10),
    programme: { code: '43152860', name: 'Digital Europe' },
  }),
  aCall('dateless', {
    opensAt: null,
    deadlines: [],
    deadlineModel: null,
    programme: null,
    kind: 'cascade',
    project: { acronym: 'ZEPHYRUS', name: 'Vouchers for workshops', id: '101' },
    parentTopic: { identifier: null, title: 'Anaerobic topics' },
  }),
  aCall('dateless-closed', {
    sourceStatus: 'closed',
    opensAt: null,
    deadlines: [],
    deadlineModel: null,
    programme: { code: '43152860', name: null },
  }),
];
const all = calls.map((c) => c.reference).sort();

describe('the calls', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    await storeCalls(server.app, calls);
    await storeCalls(
      server.app,
      [
        aCall('open', {
          sections: scope('Floating wind turbines for the high seas'),
          keywords: ['offshore'],
          dataSource: 'OTHER',
          identifier: 'ANOTHER-TOPIC',
          url: 'https://other.example/open',
        }),
      ],
      'other',
    );
    await storeCalls(server.app, [], 'other'); // It is no longer listed there.
  });
  afterAll(() => server?.stop());

  const list = async (query: Record<string, string>) => {
    const { status, body } = await api(
      server.url,
      `/v1/calls?${new URLSearchParams({ source: 'test', ...query }).toString()}`,
    );
    expect({ query, status }).toEqual({ query, status: 200 });
    expect(body.total).toBe(body.items.length);
    return body.items.map((c: CallContent) => c.reference).sort();
  };

  it('are all listed where no status is asked for, closed ones too, the ones seen last first', async () => {
    expect(await list({})).toEqual(all);
    const { body } = await api(server.url, '/v1/calls');
    const seenAt = {
      source: 'other',
      url: 'https://other.example/open',
      leads: true,
      lastSeenAt: expect.any(String),
      notSeenSince: expect.any(String),
      goneAt: null,
    };
    expect(body.items[0]).toMatchObject({ dataSource: 'OTHER', withdrawnAt: null, seenAt: [seenAt] });
    expect(Object.keys(body.items[0].seenAt[0])).toEqual(Object.keys(seenAt));
    expect(body.total).toBe(calls.length + 1);
  });

  it('have the status that our own clock gives', async () => {
    expect(await list({ status: 'open' })).toEqual(['dateless', 'half-passed', 'open', 'two-stage']);
    expect(await list({ status: 'closed' })).toEqual(['closed', 'dateless-closed']);
    expect(await list({ status: 'forthcoming' })).toEqual(['forthcoming']);
    expect(await list({ status: 'withdrawn' })).toEqual([]);
    for (const status of ['open', 'closed', 'forthcoming', 'withdrawn']) {
      const { body } = await api(server.url, `/v1/calls?status=${status}`);
      for (const call of body.items) expect(call.status).toBe(status);
    }
    expect((await api(server.url, '/v1/calls?status=Open')).body.errors[0].path).toBe('status');
  });

  it('are found by programme, by its name in any case or its code', async () => {
    expect(await list({ programme: 'digital europe' })).toEqual(['forthcoming']);
    expect(await list({ programme: '43152860' })).toEqual(['dateless-closed', 'forthcoming']);
    expect(await list({ programme: 'Horizon%' })).toEqual([]);
    expect(await list({ source: 'nowhere' })).toEqual([]);
  });

  it('are found by a deadline in a period, one of several being enough', async () => {
    const before = (days: number) => ({ deadlineBefore: inDays(days) });
    const after = (days: number) => ({ deadlineAfter: inDays(days) });
    expect(await list(before(0))).toEqual(['closed', 'half-passed']);
    expect(await list(before(45))).toEqual(['closed', 'half-passed', 'two-stage']);
    expect(await list(after(90))).toEqual(['half-passed', 'two-stage']);
    expect(await list({ ...after(20), ...before(40) })).toEqual(['two-stage']);
    // Its deadlines lie on both sides of the period, none inside it.
    expect(await list({ ...after(110), ...before(190) })).toEqual([]);
    expect(await list({ ...after(50), ...before(40) })).toEqual([]);
    expect(await list({ ...after(1), status: 'open', q: 'wind' })).toEqual(['open', 'two-stage']);
  });

  it('are found up to and including the day of a deadline, as on the page', async () => {
    const day = brusselsDate(new Date(inDays(30)));
    const of = { deadlineAfter: day, deadlineBefore: day };
    expect(await list(of)).toEqual(['two-stage']);
    const path = `/v1/export/calls.csv?${new URLSearchParams({ source: 'test', ...of }).toString()}`;
    expect((await api(server.url, path)).body).toContain('two-stage');
  });

  it('take a deadline as a day or an instant, and nothing else', async () => {
    const day = inDays(150).slice(0, 10);
    expect(await list({ deadlineAfter: day })).toEqual(['two-stage']);
    expect(await list({ deadlineAfter: `${day}T00:00:00+02:00` })).toEqual(['two-stage']);
    expect(await list({ deadlineAfter: '0000-01-01', deadlineBefore: '9999-12-31' })).toEqual([
      'closed',
      'forthcoming',
      'half-passed',
      'open',
      'two-stage',
    ]);
    for (const wrong of [
      'tomorrow',
      '2026-02-30',
      '2026-13-01',
      '01/02/2026',
      '2026-01-01T00:00',
      '2026-01-01T00:00:00',
      '2026-01-01T00:00:00 02:00',
      '2026-01-01T25:00:00Z',
      '1',
      'infinity',
      '-2026-01-01',
      '99999-01-01',
    ]) {
      for (const name of ['deadlineBefore', 'deadlineAfter']) {
        const { status, body } = await api(server.url, `/v1/calls?${name}=${encodeURIComponent(wrong)}`);
        expect({ wrong, status, at: body.errors?.[0]?.path }).toEqual({ wrong, status: 400, at: name });
      }
    }
  });

  it('are searched in title, keywords and text, by words in any form', async () => {
    expect(await list({ q: '"turbine"' })).toEqual(['open']);
    expect(await list({ q: 'WIND' })).toEqual(['open', 'two-stage']);
    expect(await list({ q: 'wind -batteries' })).toEqual(['open']);
    expect(await list({ q: '"high seas" or battery' })).toEqual(['open', 'two-stage']);
    expect(await list({ q: 'HORIZON-forthcoming' })).toContain('forthcoming');
    expect(await list({ q: 'wind --batteries' })).toEqual(['open']);
    expect(await list({ q: 'offshore' })).toEqual(['open']);
    // A cascade call is found by its project and by the topic that funds it.
    for (const q of ['zephyrus', 'vouchers workshop', 'anaerobic'])
      expect(await list({ q })).toEqual(['dateless']);
  });

  it('are found in French and by what they mean, what holds the words first; with an operator or by an identifier, by that alone', async () => {
    const found = async (q: string): Promise<string[]> =>
      (
        await api<{ items: { reference: string }[] }>(
          server.url,
          `/v1/calls?${new URLSearchParams({ q }).toString()}`,
        )
      ).body.items.map((c) => c.reference);
    for (const q of ['turbine', 'éolienne flottante', 'éoliennes', 'offshore wind farms'])
      expect([q, (await found(q))[0]]).toEqual([q, 'open']);
    expect([...new Set(await found('éolien'))]).toEqual(['open', 'two-stage']);
    expect(await found('"éoliennes"')).toEqual([]);
    expect(await found('turbine -batteries')).not.toContain('two-stage');
    expect(await found('HORIZON-CL5-2031-D3')).toEqual([]);
    expect(await found('liturgie byzantine')).toEqual([]);
  });

  it('are found on every page of a search once, though what is near in meaning stands behind', async () => {
    const pages: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next && `&cursor=${encodeURIComponent(next)}`;
      const page: { items: { reference: string }[]; next: string | null; total: number } = (
        await api(server.url, `/v1/calls?q=turbine&limit=1${cursor}`)
      ).body;
      expect(page.total).toBe(3);
      pages.push(page.items[0]!.reference);
      next = page.next;
    }
    expect(pages).toEqual(['open', 'open', 'two-stage']);
  });

  it('can be searched for anything', async () => {
    const odd = [
      "'",
      '"',
      '"unclosed',
      '\\',
      '%',
      '_',
      '--',
      ';',
      "'; DROP TABLE call; --",
      ':*',
      'wind:*',
      '& |',
      '!',
      '()',
      '<->',
      'a:b',
      '$1',
      ':q',
      '{}',
      '[',
      '*',
      '?',
      '#',
      '&',
      '+',
      '-',
      '- -',
      'or',
      'or or',
      'the',
      '😀',
      'é',
      '中文',
      '\t\n',
      '\u200b',
      '\u202e',
      'a'.repeat(500),
      '" '.repeat(250),
      '-'.repeat(500),
      '- '.repeat(250),
      '-('.repeat(250),
      'a or -'.repeat(80),
      '-"" '.repeat(125),
      'a -b '.repeat(100),
      "\\'",
      '\ufffd',
      '<script>',
    ];
    for (const q of odd) {
      const { status } = await api(server.url, `/v1/calls?${new URLSearchParams({ q }).toString()}`);
      expect({ q, status }).toEqual({ q, status: q.trim() ? 200 : 400 });
    }
    for (const q of ['%00', 'wind%00', 'a'.repeat(501), '', '%20']) {
      const { status, body } = await api(server.url, `/v1/calls?q=${q}`);
      expect({ q, status, at: body.errors?.[0]?.path }).toEqual({ q, status: 400, at: 'q' });
    }
    for (const q of ['%ff', '%ed%a0%80', '%'])
      expect({ q, status: (await api(server.url, `/v1/calls?q=${q}`)).status }).toEqual({ q, status: 200 });
    expect(await list({})).toEqual(all);
  });

  it('have their text alone, and every version of them', async () => {
    const changed = calls.map((c) =>
      c.reference === 'open'
        ? aCall('open', { sections: scope('Something else'), keywords: ['offshore'] })
        : c,
    );
    await storeCalls(server.app, changed, 'test', new Date(Date.now() + DAY));
    const { body: found } = await api(server.url, '/v1/calls?q=%22something+else%22');
    expect(found.items).toHaveLength(1);
    expect(found.items[0].sections).toBeUndefined();
    const { id } = found.items[0];
    const { status, body: call } = await api(server.url, `/v1/calls/${id}`);
    expect({ status, ...call }).toMatchObject({
      status: 'open',
      id,
      version: 2,
      reference: 'open',
      sections: scope('Something else'),
    });
    const { body: versions } = await api(server.url, `/v1/calls/${id}/versions`);
    expect(versions).toMatchObject({
      total: 2,
      next: null,
      items: [
        { version: 2, changes: [{ kind: 'text', field: 'sections.Scope' }] },
        { version: 1, changes: [] },
      ],
    });
    expect(versions.items.map((v: { content: CallContent }) => v.content.sections[0]!.text)).toEqual([
      'Something else',
      'Floating wind turbines for the high seas',
    ]);
    await storeCalls(server.app, calls);
  });

  it('that are not there are 404, and what is no id is 400', async () => {
    for (const path of ['', '/versions']) {
      expect((await api(server.url, `/v1/calls/${randomUUID()}${path}`)).status).toBe(404);
      for (const id of ['x', '1', `${randomUUID()}x`, '%00', "'", '..%2f..', '%E2%80%AE', 'null']) {
        const { status, body } = await api(server.url, `/v1/calls/${id}${path}`);
        expect({ id, status, at: body.errors?.[0]?.path }).toEqual({ id, status: 400, at: 'id' });
      }
    }
  });
});
