import { createHash } from 'node:crypto';
import type { EventView } from '../../../src/calls/api/change-views.js';
import { digesting, PROFILE } from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { api, TOKEN } from '../../support/app.js';

const topic = (n: number) => `900000${String(n).padStart(2, '0')}TOPICSen`;
const FORTHCOMING = topic(6);
const TWO_STAGE = topic(3);
const SOON = topic(38); // Its deadline is on 11 May, 15:00 UTC.

let h: Harvesting;
let ids: Map<string, string>;

const listed = async (query = ''): Promise<{ items: EventView[]; total: number; next: string | null }> => {
  const { status, body } = await h.call(`/v1/changes?limit=100${query && `&${query}`}`);
  expect({ query, status }).toEqual({ query, status: 200 });
  return body;
};
const readIds = async () => {
  const rows = await h.query("SELECT id, content->>'reference' AS reference FROM call");
  ids = new Map(rows.map((r) => [r.reference, r.id]));
};
const told = (events: EventView[]) => {
  const reference = new Map([...ids].map(([r, id]) => [id, r]));
  return events.map((e) => `${reference.get(e.call.id)} ${e.kind}`).sort();
};
/** Runs a harvest and returns the events since the last one. */
async function after(hours: number): Promise<EventView[]> {
  const { total } = await listed();
  h.clock.move({ hours });
  expect(await h.harvest()).toMatchObject({ state: 'accepted' });
  await readIds();
  const now = await listed();
  return now.items.slice(0, now.total - total);
}
const raw = (path: string, token = TOKEN) =>
  fetch(new URL(path, h.test.url), { headers: { authorization: `Bearer ${token}` } });

beforeAll(async () => {
  h = await Harvesting.start({ copies: 1, adjust: digesting() });
  await h.ended();
  await readIds();
});
afterAll(() => h?.stop());

describe('what happens to calls', () => {
  let events: EventView[];
  const of = (reference: string, kind: string) =>
    events.find((e) => e.call.id === ids.get(reference) && e.kind === kind)!;

  it('begins with what is there when a source is read first: that is no news', async () => {
    expect(await listed()).toEqual({ items: [], total: 0, next: null });
  });

  it('is told as typed events, exactly those', async () => {
    const { portal } = h;
    portal.deadline(topic(1), '2026-07-01T00:00:00.000+0000');
    portal.deadline(topic(2), '2026-08-02T00:00:00.000+0000');
    portal.deadline(TWO_STAGE, '2026-06-12T00:00:00.000+0000', '2026-11-05T00:00:00.000+0000');
    portal.budget(topic(4), 77_000_000);
    portal.title(topic(5), `${portal.find(topic(5)).metadata['title']![0]}, second edition`);
    portal.edit(FORTHCOMING, { status: ['31094502'] });
    portal.edit(topic(7), {
      startDate: ['2026-05-20T00:00:00.000+0000'],
      actions: [portal.find(topic(7)).metadata['actions']![0]!.replaceAll('2026-05-18', '2026-05-20')],
    });
    portal.edit(topic(8), {
      descriptionByte: [
        portal
          .find(topic(8))
          .metadata['descriptionByte']![0]!.replace('nobody can apply', 'nobody at all can apply'),
      ],
    });
    portal.edit(topic(9), { topicConditions: ['<p>Four partners.</p>'] });
    portal.edit(topic(10), {
      keywords: [...portal.find(topic(10)).metadata['keywords']!.slice(1), 'Hydrogen'],
    });
    const fresh = portal.addLike(topic(12), 'once more');
    events = await after(1);
    expect(told(events)).toEqual(
      [
        `${topic(1)} extended`,
        `${topic(2)} forward`,
        `${TWO_STAGE} extended`,
        `${TWO_STAGE} forward`,
        `${topic(4)} budget`,
        `${topic(5)} text`,
        `${FORTHCOMING} opened`,
        `${topic(7)} opening`,
        `${topic(8)} text`,
        `${topic(9)} conditions`,
        `${topic(10)} details`,
        `${fresh} new`,
      ].sort(),
    );
  });

  it('has from, to, when it was first seen and where, and says so in words', async () => {
    const [run] = await h.query('SELECT id, ended_at FROM harvest_run ORDER BY started_at DESC LIMIT 1');
    const event = of(topic(1), 'extended');
    const { metadata, url } = h.portal.find(topic(1));
    expect(event).toEqual({
      id: expect.stringMatching(/^\d+-extended$/),
      kind: 'extended',
      version: 2,
      source: 'funding-tenders',
      run: run.id,
      seenAt: run.ended_at.toISOString(),
      call: {
        id: ids.get(topic(1)),
        title: metadata['title']![0],
        language: 'en',
        kind: 'grant',
        identifier: metadata['identifier']![0],
        url,
        status: 'open',
      },
      document: {
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        url: `/v1/documents/${event.document.hash}`,
      },
      changes: [
        {
          field: 'deadlines',
          from: [
            {
              at: '2026-06-23T15:00:00.000Z',
              timeTold: false,
              kind: 'single',
              brussels: '2026-06-23T17:00:00+02:00',
            },
          ],
          to: [
            {
              at: '2026-07-01T15:00:00.000Z',
              timeTold: false,
              kind: 'single',
              brussels: '2026-07-01T17:00:00+02:00',
            },
          ],
        },
      ],
      says: {
        en: [expect.stringMatching(/^Deadline: 1\sJuly\s2026 .+ \(before: 23\sJune\s2026\)$/)],
        fr: [expect.stringMatching(/^Date limite\s: 1er\sjuillet\s2026 .+auparavant\s: 23\sjuin\s2026/)],
      },
    });
    for (const { kind, says } of events)
      expect({ kind, en: says.en.length, fr: says.fr.length }).toEqual({ kind, en: 1, fr: 1 });
    expect(of(FORTHCOMING, 'opened').changes).toEqual([
      { field: 'sourceStatus', from: 'forthcoming', to: 'open' },
    ]);
    expect(of(topic(4), 'budget').changes).toMatchObject([
      { field: 'budget', from: { currency: 'EUR' }, to: { total: 77_000_000 } },
    ]);
  });

  it('shows texts and lists as diffs that a person can read', () => {
    expect(of(topic(5), 'text').changes).toMatchObject([
      { field: 'title', diff: [{ op: 'same' }, { op: 'added', text: ', second edition' }] },
    ]);
    const [section] = of(topic(8), 'text').changes;
    expect(section).toMatchObject({
      field: expect.stringMatching(/^sections\./),
      diff: [
        { op: 'same' },
        { op: 'added', text: expect.stringContaining('at all') },
        { op: 'same', text: expect.stringMatching(/ …$/) },
      ],
    });
    expect((section!.to as string).length).toBeGreaterThan(
      section!.diff!.reduce((n, p) => n + p.text.length, 0),
    );
    expect(of(topic(9), 'conditions').changes).toEqual([
      {
        field: 'sections.Conditions',
        from: null,
        to: 'Four partners.',
        diff: [{ op: 'added', text: 'Four partners.' }],
      },
    ]);
    const { from } = of(topic(10), 'details').changes[0]! as { from: string[] };
    const lost = from.find((k) => k === h.portal.find(topic(10)).metadata['keywords']![0])
      ? expect.any(String)
      : null;
    expect(of(topic(10), 'details').changes).toMatchObject([
      {
        field: 'keywords',
        diff: [
          { op: 'removed', text: lost },
          { op: 'added', text: 'Hydrogen' },
        ],
      },
    ]);
  });

  it('is shown by a document whose bytes can be read as they came, and never run in our origin', async () => {
    const { document } = of(topic(1), 'extended');
    const answer = await raw(document.url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-disposition': `attachment; filename="${document.hash}.txt"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-media-type': 'application/json',
    });
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(document.hash);
    const row = JSON.parse(bytes.toString()).results.find((r: any) => r.reference === topic(1));
    expect(row.metadata.deadlineDate).toEqual(['2026-07-01T00:00:00.000+0000']);
  });

  it('is nothing where only the order, the spaces, the seconds and the time of indexing are others', async () => {
    const { portal } = h;
    for (const { reference, metadata } of [...portal.records]) {
      portal.edit(reference, {
        ...(metadata['keywords'] && { keywords: [...metadata['keywords']].reverse() }),
        ...(metadata['deadlineDate'] && {
          deadlineDate: metadata['deadlineDate']
            .map((d) => d.replace(/:\d\d\.000/, d.includes('T00:00') ? '$&' : ':41.000'))
            .reverse(),
        }),
        descriptionByte: [
          ` ${metadata['descriptionByte']![0]!.replaceAll('<p>', '<p>&nbsp;\n').replaceAll(' the ', '  the ')} `,
        ],
        title: [` ${metadata['title']![0]!}\u00a0`],
        esDA_IngestDate: ['2026-05-07T04:00:00.000+0000'],
        es_SortDate: ['2026-05-07T00:00:00.000+0000'],
      });
    }
    const versions = () => h.query('SELECT count(*)::int AS n, max(seq) AS seq FROM call_version');
    const before = await versions();
    expect(await after(12)).toEqual([]);
    expect(await versions()).toEqual(before);
  });

  it('is not that a row cannot be read for a while: its call is there', async () => {
    const title = h.portal.find(topic(20)).metadata['title']!;
    h.portal.edit(topic(20), { title: [' '] });
    for (let i = 0; i < 6; i += 1) expect(await after(12)).toEqual([]);
    expect((await h.call(`/v1/calls/${ids.get(topic(20))}`)).body).toMatchObject({
      status: 'open',
      seenAt: [{ notSeenSince: null, goneAt: null }],
    });
    h.portal.edit(topic(20), { title });
    expect(await after(12)).toEqual([]);
  });
});

describe('a call that its source does not show any more', () => {
  const call = async (reference: string) => (await h.call(`/v1/calls/${ids.get(reference)}`)).body;
  let gone: ReturnType<Harvesting['portal']['remove']>;

  it('is "not seen since" for a while, and that is no event', async () => {
    h.clock.set('2026-05-10T14:00:00Z');
    gone = h.portal.remove(topic(2), SOON);
    for (const hours of [0, 12, 12, 12]) expect(await after(hours)).toEqual([]);
    h.portal.remove(topic(11));
    expect(await after(11)).toEqual([]);
    for (const reference of [topic(2), SOON]) {
      const { status, withdrawnAt, seenAt } = await call(reference);
      expect({ status, withdrawnAt }).toEqual({
        status: reference === SOON ? 'closed' : 'open',
        withdrawnAt: null,
      });
      expect(seenAt).toMatchObject([
        {
          source: 'funding-tenders',
          leads: true,
          goneAt: null,
          notSeenSince: expect.stringMatching(/^2026-05-10T14:0/),
        },
      ]);
    }
  });

  it('is withdrawn, or closed at its deadline, after five good runs and 48 hours; others are not yet', async () => {
    const events = await after(2);
    expect(told(events)).toEqual([`${topic(2)} withdrawn`, `${SOON} closed`].sort());
    const { seenAt: at } = events[0]!;
    expect(await call(topic(2))).toMatchObject({
      status: 'withdrawn',
      withdrawnAt: at,
      version: 3,
      seenAt: [{ goneAt: at }],
    });
    expect(await call(SOON)).toMatchObject({ status: 'closed', withdrawnAt: null, seenAt: [{ goneAt: at }] });
    expect(await call(topic(11))).toMatchObject({
      status: 'open',
      seenAt: [{ goneAt: null, notSeenSince: expect.any(String) }],
    });
    expect((await h.call('/v1/calls?status=withdrawn')).body.items.map((c: any) => c.reference)).toEqual([
      topic(2),
    ]);
    expect(await after(12)).toEqual([]);
  });

  it('is absent from all that the run read, and that can be read', async () => {
    const [event] = (await listed('kind=withdrawn')).items;
    expect(event).toMatchObject({
      document: { hash: null, url: `/v1/runs/${event!.run}/documents` },
      changes: [{ field: 'call' }],
      says: { en: [/^Withdrawn/], fr: [/^Retiré/] },
    });
    const { body } = await h.call(event!.document.url);
    expect(body.total).toBeGreaterThanOrEqual(4);
    expect(new Set(body.items.map((d: any) => d.scan))).toEqual(new Set([1, 2]));
    for (const { key, url } of body.items) {
      const text = await (await raw(url)).text();
      // The sample has no notes, so only that response contains no rows.
      expect({ key, shown: text.includes(topic(2)), rows: text.includes('"reference"') }).toEqual({
        key,
        shown: false,
        rows: key !== 'notes: newest',
      });
    }
    const first = (await h.call(`${event!.document.url}?limit=3`)).body;
    const rest = (await h.call(`${event!.document.url}?limit=100&cursor=${first.next}`)).body;
    expect([...first.items, ...rest.items]).toEqual(body.items);
  });

  it('has reappeared where its source shows it again, with what changed meanwhile', async () => {
    h.portal.add(...gone);
    h.portal.title(topic(2), 'Another title');
    const events = await after(12);
    expect(told(events)).toEqual([`${topic(2)} reappeared`, `${topic(2)} text`, `${SOON} reappeared`].sort());
    expect(await call(topic(2))).toMatchObject({
      status: 'open',
      withdrawnAt: null,
      title: 'Another title',
      seenAt: [{ goneAt: null, notSeenSince: null }],
    });
    expect(new Set(events.filter((e) => e.call.id === ids.get(topic(2))).map((e) => e.version)).size).toBe(1);
    expect(await after(12)).toEqual([]);
  });
});

describe('the list of changes', () => {
  it('is filtered by kind, given several times or with commas', async () => {
    const { items } = await listed();
    for (const query of [
      'kind=extended&kind=forward',
      'kind=extended,forward',
      'kind=forward,extended&kind=extended',
    ]) {
      const found = await listed(query);
      expect(found.items).toEqual(items.filter((e) => e.kind === 'extended' || e.kind === 'forward'));
      expect(found.total).toBe(4);
    }
    expect((await listed('kind=identity')).total).toBe(0);
    for (const query of [
      'kind=bogus',
      'kind=extended,bogus',
      'kind=extended&kind=bogus',
      'kind=',
      'kind=extended,',
      'kind=Extended',
      'kind[]=extended',
      'kind=%00',
    ]) {
      const { status, body } = await h.call(`/v1/changes?${query}`);
      expect({ query, status, at: body.errors?.[0].path }).toEqual({
        query,
        status: 400,
        at: query.startsWith('kind[') ? 'kind[]' : 'kind',
      });
    }
    expect((await h.call('/v1/changes?kind=new,bogus')).body.detail).toMatch(
      /^kind: must be one of: new, opened, extended/,
    );
  });

  it('begins at a moment, which itself is in it', async () => {
    const { items } = await listed();
    const at = items.find((e) => e.kind === 'withdrawn')!.seenAt;
    expect((await listed(`since=${at}`)).items).toEqual(items.filter((e) => e.seenAt >= at));
    expect((await listed(`since=${new Date(Date.parse(at) + 1).toISOString()}`)).items).toEqual(
      items.filter((e) => e.seenAt > at),
    );
    expect((await listed('since=2026-05-07')).items).toEqual(items.filter((e) => e.seenAt >= '2026-05-07'));
    expect((await listed('since=2030-01-01')).total).toBe(0);
    for (const since of ['yesterday', '2026-13-01', '2026-05-07T00:00', '1'])
      expect((await h.call(`/v1/changes?since=${since}`)).body.errors[0].path).toBe('since');
  });

  it('is that of an institute: of calls that fit it', async () => {
    await h.matched();
    const { body } = await h.call(`/v1/matches?profile=${PROFILE}&minScore=25&closed=true&limit=100`);
    const fitting = new Set(body.items.map((m: any) => m.call.id));
    const { items, total } = await listed();
    const expected = items.filter((e) => fitting.has(e.call.id));
    expect(await listed(`profile=${PROFILE}`)).toEqual({
      items: expected,
      total: expected.length,
      next: null,
    });
    expect([expected.length > 0, expected.length < total]).toEqual([true, true]);
    const { status, body: problem } = await h.call('/v1/changes?profile=nobody');
    expect({ status, detail: problem.detail }).toEqual({
      status: 404,
      detail: 'There is no profile "nobody".',
    });
  });
});

it.each([
  '/v1/changes',
  '/v1/calls/00000000-0000-4000-8000-000000000000/changes',
  `/v1/documents/${'0'.repeat(64)}`,
  '/v1/runs/00000000-0000-4000-8000-000000000000/documents',
])('%s is for those who have the token', async (path) => {
  for (const token of [null, 'another']) expect((await api(h.test.url, path, { token })).status).toBe(401);
  expect((await h.call(path)).status).toBe(path === '/v1/changes' ? 200 : 404);
});
