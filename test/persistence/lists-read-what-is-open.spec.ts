import { DataSource } from 'typeorm';
import { inContext } from '../../src/platform/database/request-context.js';
import { rowsOfInstitute } from '../../src/platform/database/row-scope.js';
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
  `INSERT INTO notification_item SELECT (jsonb_populate_record(i, jsonb_build_object('key', 'call/' || c.id, 'call_id', c.id))).*
     FROM call c CROSS JOIN notification_item i WHERE c.seq < 0 AND i.key = (SELECT min(key) FROM notification_item)`,
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
          competences: [{ label: 'Wind', weight: 1, keywords: ['offshore wind', 'wind turbine'] }],
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

  /** Returns the rows of each table that the statements of a page read, those found in an index alone aside. */
  async function readBy(path: string): Promise<Map<string, number>> {
    const asked: [string, unknown[] | undefined][] = [];
    const query = database.query.bind(database);
    const spy = jest.spyOn(database, 'query').mockImplementation((sql: string, values?: unknown[]) => {
      asked.push([sql, values]);
      return query(sql, values) as never;
    });
    const { status, body } = await inbox.officer.get(path);
    spy.mockRestore();
    expect([status, body.includes('Offshore wind turbine blades')]).toEqual([200, true]);
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
    for (const [sql, values] of asked.filter(([s]) => /^\s*(SELECT|WITH)\b/.test(s))) {
      const rows: { 'QUERY PLAN': { Plan: Node }[] }[] = await inContext(
        { kind: 'person', rows: rowsOfInstitute('wind') },
        () => query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values),
      );
      count(rows[0]!['QUERY PLAN'][0]!.Plan);
    }
    return read;
  }

  it.each(['/institutes/wind/inbox', '/calls', '/calls?status=open', '/changes', '/deadlines'])(
    'at %s reads what is open, and none of the thousands of calls that closed, fitted and were told of before',
    async (path) => {
      expect([...(await readBy(path))].filter(([, rows]) => rows > FEW)).toEqual([]);
    },
  );
});
