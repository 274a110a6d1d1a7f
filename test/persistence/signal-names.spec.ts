import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SignalNames1791753000000 } from '../../src/app/database/migrations/1791753000000-signal-names.js';
import type { TestDatabase } from '../support/database/database.js';
import { earlierDatabase } from '../support/database/earlier-database.js';

const CALL = `INSERT INTO call (id, content, content_hash, version, first_seq, seq, source_status, search, first_seen_at)
  VALUES ($1, '{}', 'h', 1, 1, 1, 'open', '', now())`;
const MATCH = `INSERT INTO match (id, profile_id, call_id, score, result, profile_revision, call_version, matched_at)
  VALUES (gen_random_uuid(), 'ours', $1, $2, $3, 1, 1, now())`;

const scored = (...evidence: object[]) => ({ score: 50, competences: [], evidence });
const piece = (more: object) => ({
  competence: '',
  term: 'x',
  field: '',
  spans: [],
  contribution: 5,
  ...more,
});
/** The stored parts of a match, before and now. */
const RESULTS = [
  [
    scored(
      piece({ competence: 'Waves', spans: [{ start: 0, end: 4 }] }),
      piece({ part: 'meaning', term: 'part' }),
      piece({ part: 'reading', reading: { grade: 'partly', quote: 'part', at: '2026-05-01T06:00:00Z' } }),
      piece({ part: 'reading' }),
    ),
    scored(
      piece({ competence: 'Waves', spans: [{ start: 0, end: 4 }] }),
      piece({ signal: 'meaning', term: 'part' }),
      piece({ signal: 'reading', reading: { grade: 'partly', quote: 'part', at: '2026-05-01T06:00:00Z' } }),
      piece({ signal: 'reading' }),
    ),
  ],
  [scored(piece({ competence: 'Waves' })), scored(piece({ competence: 'Waves' }))],
  [scored(), scored()],
  [{}, {}],
] as const;

describe('the evidence of matches that were stored when a signal was called a part', () => {
  let made: TestDatabase;
  let source: DataSource;
  const stored = async (): Promise<unknown[]> =>
    (await source.query<{ result: unknown }[]>('SELECT result FROM match ORDER BY score')).map(
      (row) => row.result,
    );
  beforeAll(async () => {
    ({ made, source } = await earlierDatabase('SignalNames'));
    await source.query(
      `INSERT INTO profile (id, content, revision, updated_at) VALUES ('ours', '{"contacts": []}', 1, now())`,
    );
    for (const [i, [before]] of RESULTS.entries()) {
      const call = randomUUID();
      await source.query(CALL, [call]);
      await source.query(MATCH, [call, i, before]);
    }
  });
  afterAll(async () => {
    await source?.destroy();
    await made?.drop();
  });

  it('says the same in its order, and is as it was once the migration is undone', async () => {
    const [before, after] = [0, 1].map((side) => RESULTS.map((pair) => pair[side]));
    const runner = source.createQueryRunner();
    try {
      await new SignalNames1791753000000().up(runner);
      expect(await stored()).toEqual(after);
      await new SignalNames1791753000000().down(runner);
      expect(await stored()).toEqual(before);
    } finally {
      await runner.release();
    }
  });
});
