import { DataSource } from 'typeorm';
import type { CallContent } from '../../src/calls/domain/call-content.js';
import type { EventView } from '../../src/calls/api/change-views.js';
import { identityKeys } from '../../src/calls/domain/versions/identity.js';
import { api, startApp, type TestApp } from '../support/app.js';
import { aCall, inDays } from '../support/matching/calls.js';
import type { TestDatabase } from '../support/database/database.js';
import { earlierDatabase } from '../support/database/earlier-database.js';

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const [STOOD, CAME, FIRST_RUN, SECOND_RUN, THIRD_RUN] = [1, 2, 5, 6, 7].map(id) as [
  string,
  string,
  string,
  string,
  string,
];
const HOURS = 3_600_000;
const at = (run: number): string =>
  new Date(Date.parse('2026-05-01T06:00:00Z') + run * 12 * HOURS).toISOString();
const change = (kind: string, field: string, from: unknown, to: unknown) => ({ kind, field, from, to });

/** A call's content as stored before the program knew of other addresses. */
const content = (reference: string, told = {}): Omit<CallContent, 'alsoAt'> => {
  const stored: Partial<CallContent> & Omit<CallContent, 'alsoAt'> = aCall(reference, told);
  delete stored.alsoAt;
  return stored;
};
const deadlines = (days: number) =>
  content('x', { deadlines: [{ at: inDays(days), timeTold: true }] }).deadlines;

/** The changes of the call's second and third versions, in the terms used then. */
const THEN = [
  [
    change('title', 'title', 'Old', 'Call stood'),
    change('title', 'callTitle', 'Old', 'New'),
    change('opened', 'sourceStatus', 'forthcoming', 'open'),
    change('deadline', 'deadlines', deadlines(10), deadlines(20)),
    change('other', 'keywords', ['a'], ['b']),
    change('budget', 'budget', null, null),
    change('text', 'sections', [{ kind: 'scope', title: 'A', text: 'a' }], []),
    change('text', 'sections.Scope', 'a few words', 'a few other words'),
  ],
  [change('opened', 'sourceStatus', 'open', 'closed')],
  [change('opened', 'sourceStatus', 'closed', 'open')],
];

async function fill(database: DataSource): Promise<void> {
  const runs = [FIRST_RUN, SECOND_RUN, THIRD_RUN];
  for (const [i, run] of runs.entries()) {
    await database.query(
      `INSERT INTO harvest_run (id, source_id, state, started_at, ended_at) VALUES ($1, 'test', 'believed', $2, $3)`,
      [run, at(i), at(i)],
    );
  }
  await database.query(
    `INSERT INTO source (id, state, last_run_at, last_good_run_at) VALUES ('test', 'healthy', $1, $1)`,
    [at(2)],
  );
  const version = (callId: string, number: number, seq: number, run: number, changes: unknown) =>
    database.query(
      `INSERT INTO call_version (call_id, version, seq, content, content_hash, changes, seen_at, run_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        callId,
        number,
        seq,
        JSON.stringify(content('stood')),
        `hash-${seq}`,
        JSON.stringify(changes),
        at(run),
        runs[run],
      ],
    );
  for (const [callId, name, first, last] of [
    [STOOD, 'stood', 1, 5],
    [CAME, 'came', 3, 3],
  ] as const) {
    await database.query(
      `INSERT INTO call (id, content, content_hash, version, first_seq, seq, source_status, search, first_seen_at) VALUES ($1, $2, $3, $4, $5, $6, 'open', '', $7)`,
      [callId, JSON.stringify(content(name)), `hash-${last}`, callId === STOOD ? 4 : 1, first, last, at(0)],
    );
    await database.query(
      `INSERT INTO sighting (source_id, key, call_id, last_seen_at) VALUES ('test', $1, $2, $3)`,
      [`TEST/${name}/en`, callId, at(2)],
    );
  }
  await version(STOOD, 1, 1, 0, []);
  for (const [i, changes] of THEN.entries())
    await version(STOOD, i + 2, [2, 4, 5][i]!, [1, 2, 2][i]!, changes);
  await version(CAME, 1, 3, 1, []);
}

describe('a database that the first version of the program filled', () => {
  let made: TestDatabase;
  let server: TestApp;
  beforeAll(async () => {
    const earlier = await earlierDatabase('First', 'with');
    made = earlier.made;
    await fill(earlier.source);
    await earlier.source.destroy();
    server = await startApp({}, { working: false, databaseUrl: made.url });
  });
  afterAll(async () => {
    await server?.stop();
    await made?.drop();
  });
  const query = (sql: string) => server.app.get(DataSource).query(sql);

  it("has for each version the kinds of today: only what came after a source's first run was new", async () => {
    const rows = await query(
      'SELECT call_id AS call, version, ARRAY(SELECT unnest(kinds) ORDER BY 1) AS kinds, source_id AS source FROM call_version ORDER BY seq',
    );
    expect(rows.map((r: any) => [r.call, r.version, r.kinds])).toEqual([
      [STOOD, 1, []],
      [STOOD, 2, ['budget', 'details', 'opened', 'text']],
      [CAME, 1, ['new']],
      [STOOD, 3, ['closed']],
      [STOOD, 4, ['details']],
    ]);
    expect(new Set(rows.map((r: any) => r.source))).toEqual(new Set(['test']));
  });

  it('keeps the order of the changes and what they say', async () => {
    const [{ changes }] = await query(
      `SELECT changes FROM call_version WHERE call_id = '${STOOD}' AND version = 2`,
    );
    expect(changes.map((c: any) => [c.field, c.kind])).toEqual([
      ['title', 'text'],
      ['callTitle', 'details'],
      ['sourceStatus', 'opened'],
      ['deadlines', 'details'],
      ['keywords', 'details'],
      ['budget', 'budget'],
      ['sections', 'details'],
      ['sections.Scope', 'text'],
    ]);
    expect(changes).toEqual(THEN[0]!.map((c) => ({ ...c, kind: expect.any(String) })));
  });

  it('knows of each source record what its source said, as of when, and the call again by its keys', async () => {
    const rows = await query(
      'SELECT s.content AS said, s.content_hash = c.content_hash AS same, s.leads, s.changed_at AS changed, c.content, c.identity_keys AS keys FROM source_record s JOIN call c ON c.id = s.call_id',
    );
    expect(rows).toHaveLength(2);
    for (const { said, same, leads, changed, content: now, keys } of rows) {
      expect({ said, same, leads, changed, keys }).toEqual({
        said: now,
        same: true,
        leads: true,
        changed: new Date(at(2)),
        keys: identityKeys(now),
      });
      expect(now.alsoAt).toEqual([]);
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  it('tells its changes over the API in sentences that are true', async () => {
    const { items, total } = (
      await api<{ items: EventView[]; total: number }>(server.url, '/v1/changes?limit=100')
    ).body;
    expect(total).toBe(7);
    const told = Object.fromEntries(items.map((e) => [`${e.version} ${e.kind}`, e.says.en]));
    expect(told['1 new']).toEqual(['New: seen for the first time.']);
    expect(told['2 opened']).toEqual(['The call has opened.']);
    expect(told['3 closed']).toEqual(['Its source says it is closed.']);
    expect(told['4 details']).toEqual(['Its status at the source changed.']);
    expect(told['2 text']).toEqual(['The title changed; before: “Old”', 'The text changed: Scope']);
    expect(told['2 details']).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Deadline: .* \(before: /),
        'Changed: order of the sections',
      ]),
    );
    expect((await api(server.url, `/v1/calls/${STOOD}`)).body).toMatchObject({
      id: STOOD,
      seenAt: [{ source: 'test', leads: true }],
    });
  });
});
