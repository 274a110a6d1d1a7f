import { DataSource } from 'typeorm';
import type { CallFilter } from '../../src/calls/store/call-filter.js';
import { CallRepository } from '../../src/calls/store/call.repository.js';
import { inContext, rowsOfInstitute } from '../../src/platform/database/request-context.js';
import { startInbox, type InboxTest } from '../support/institutes/inbox.js';
import { aCall, deadline } from '../support/matching/calls.js';
import { aProfile } from '../support/matching/profiles.js';
import { toldOf } from '../support/notifications/told.js';

/** So many calls have closed since the institute began, and all of them fitted, changed and were told. */
const CLOSED = 4_000;
/** A list reads some rows of each open call, and here there are two. */
const FEW = 150;

interface Node {
  'Node Type': string;
  'Rows Removed by Join Filter'?: number;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
}

const FILL = [
  `INSERT INTO call SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'first_seq', -2 * n, 'seq', 1 - 2 * n,
     'content_hash', 'closed ' || n, 'identity_keys', '[]'::jsonb, 'topic', 'what was called for in time ' || n, 'deadlines', '[]'::jsonb,
     'opens_at', now() - interval '4 years', 'first_seen_at', now() - interval '4 years', 'last_deadline_at', now() - interval '3 years'))).*
     FROM generate_series(1, ${CLOSED}) n CROSS JOIN call c WHERE c.seq = (SELECT min(seq) FROM call)`,
  `INSERT INTO call_version SELECT (jsonb_populate_record(v, jsonb_build_object('call_id', c.id, 'version', 1, 'seq', c.seq,
     'seen_at', now() - interval '3 years', 'kinds', '["extended"]'::jsonb))).*
     FROM call c CROSS JOIN call_version v WHERE c.seq < 0 AND v.seq = (SELECT min(seq) FROM call_version)`,
  `INSERT INTO match SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'call_id', c.id))).*
     FROM call c CROSS JOIN match m WHERE c.seq < 0 AND m.id = (SELECT id FROM match ORDER BY score DESC LIMIT 1)`,
  `INSERT INTO own_match (profile_id, call_id, score, result) SELECT profile_id, call_id, score + 1, result FROM match`,
  `INSERT INTO notification_item SELECT (jsonb_populate_record(i, jsonb_build_object('key', 'call/' || c.id, 'call_id', c.id))).*
     FROM call c CROSS JOIN notification_item i WHERE c.seq < 0 AND i.key = (SELECT min(key) FROM notification_item)`,
  'VACUUM ANALYZE',
];

const OPEN = 400;
/** So many calls that are open fit. */
const FILL_OPEN = [
  `INSERT INTO call SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'first_seq', -2 * n, 'seq', 1 - 2 * n, 'content_hash', 'open ' || n, 'identity_keys', '[]'::jsonb, 'topic', 'open ' || n))).*
     FROM generate_series(10001, ${10_000 + OPEN}) n CROSS JOIN call c WHERE c.seq = (SELECT max(seq) FROM call WHERE last_deadline_at > now())`,
  `INSERT INTO call_version SELECT (jsonb_populate_record(v, jsonb_build_object('call_id', c.id, 'version', 1, 'seq', c.seq))).*
     FROM call c CROSS JOIN call_version v WHERE c.seq < -20000 AND v.seq = (SELECT max(seq) FROM call_version)`,
  `INSERT INTO match SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'call_id', c.id))).*
     FROM call c CROSS JOIN match m WHERE c.seq < -20000 AND m.id = (SELECT id FROM match ORDER BY score DESC LIMIT 1)`,
  'VACUUM ANALYZE',
];

describe('a list', () => {
  let inbox: InboxTest;
  let database: DataSource;
  beforeAll(async () => {
    const wind = (title: string, days: number) =>
      aCall(title, {
        title,
        keywords: ['offshore wind', 'wind turbine'],
        sections: [
          { kind: 'scope', title: 'Scope', text: 'Offshore wind: a wind turbine for offshore wind.' },
        ],
        deadlines: [deadline(days)],
      });
    inbox = await startInbox(
      [
        aProfile('wind', {
          competences: [
            {
              label: 'Wind',
              description: '',
              weight: 1,
              exclusions: [],
              keywords: ['offshore wind', 'wind turbine'],
            },
          ],
        }),
      ],
      [wind('Offshore wind turbine blades', 20), wind('Offshore wind turbine towers', 40)],
    );
    database = inbox.test.app.get(DataSource);
    await inbox.store([wind('Offshore wind turbine blades', 25), wind('Offshore wind turbine towers', 40)]);
    await toldOf(inbox.test, 'wind', await inbox.id('Offshore wind turbine blades'));
    for (const statement of FILL) await database.query(statement);
  });
  afterAll(() => inbox?.stop());

  /** Returns the plans of the statements of a page, as they ran. */
  async function plansOf(path: string): Promise<Node[]> {
    const asked: Parameters<DataSource['query']>[] = [];
    const query = database.query.bind(database);
    const spy = jest.spyOn(database, 'query').mockImplementation((sql, values) => {
      asked.push([sql, values]);
      return query(sql, values) as never;
    });
    const { status, body } = await inbox.officer.get(path);
    spy.mockRestore();
    expect([status, body.includes('Offshore wind turbine blades')]).toEqual([200, true]);
    const plans: Node[] = [];
    for (const [sql, values] of asked.filter(([s]) => /^\s*(SELECT|WITH)\b/.test(s))) {
      const rows: { 'QUERY PLAN': { Plan: Node }[] }[] = await inContext(
        { kind: 'person', rows: rowsOfInstitute('wind') },
        () => query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values),
      );
      plans.push(rows[0]!['QUERY PLAN'][0]!.Plan);
    }
    return plans;
  }

  /** Returns how many rows of each table the statements of a page read, but for those of an index alone. */
  async function readBy(path: string): Promise<Map<string, number>> {
    const read = new Map<string, number>();
    const count = (node: Node): void => {
      const table = node['Relation Name'];
      if (table !== undefined && node['Node Type'] !== 'Index Only Scan')
        read.set(
          table,
          (read.get(table) ?? 0) +
            (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        );
      node.Plans?.forEach(count);
    };
    (await plansOf(path)).forEach(count);
    return read;
  }

  it.each(['/institutes/wind/inbox', '/calls', '/calls?status=open', '/changes', '/deadlines'])(
    'at %s reads what is open, and none of the thousands of calls that closed, fitted and were told of before',
    async (path) => {
      expect([...(await readBy(path))].filter(([, rows]) => rows > FEW)).toEqual([]);
    },
  );

  it('of changes begins a year ago, and goes back to a day that is chosen', async () => {
    const total = async (query: string): Promise<string> => {
      const { body } = await inbox.officer.get(`/changes${query}`);
      return /([\d,]+) changes?\./.exec(body)![1]!;
    };
    expect([await total(''), await total('?since=2020-01-01')]).toEqual(['1', '4,001']);
    const { body } = await inbox.officer.get('/changes.csv');
    expect(body.trim().split('\n')).toHaveLength(2);
  });

  it('of all calls shows each topic where its newest call is, with the others below, on whatever page they would be', async () => {
    const twin = (reference: string, title: string) => aCall(reference, { title, deadlines: [deadline(30)] });
    for (const call of [
      twin('A', 'Nacelles that float 2026'),
      twin('B', 'Towers that float'),
      twin('C', 'Nacelles that float 2027'),
    ])
      await inbox.store([call]);
    const calls = inbox.test.app.get(CallRepository);
    const pages = async (filter: CallFilter) => {
      const first = await calls.listFolded(filter, new Date(), 1, null);
      const second = await calls.listFolded(filter, new Date(), 1, first.items[0]!.place);
      return {
        folded: first.folded,
        total: first.total,
        titles: [...first.items, ...second.items].map(({ call, below }) =>
          [call, ...below].map(({ content }) => content.title).sort(),
        ),
      };
    };
    const titles = [['Nacelles that float 2026', 'Nacelles that float 2027'], ['Towers that float']];
    expect(await pages({})).toEqual({ total: CLOSED + 5, folded: 0, titles });
    expect(await pages({ status: 'open' })).toEqual({ total: 5, folded: 1, titles });
  });

  it("of deadlines compares none of an institute's calls with all others", async () => {
    for (const statement of FILL_OPEN) await database.query(statement);
    const compared = (node: Node): number =>
      (node['Rows Removed by Join Filter'] ?? 0) * node['Actual Loops'] +
      (node.Plans ?? []).reduce((sum, inner) => sum + compared(inner), 0);
    const [most] = (await plansOf('/deadlines')).map(compared).sort((a, b) => b - a);
    expect(most).toBeLessThan(10 * OPEN);
  });
});
