import { Logger } from '@nestjs/common';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { aCall } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { ORDERS } from '../../support/orders.js';
import { ReadingInstallation } from '../../support/matching/reading.js';
import { startStandIn, type StandIn } from '../../support/stand-in.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { ReadJob } from '../../../src/matching/reading/read.job.js';

/** Real language model output on the calls of one day, if present next to the checkout. */
const SHARED = join(__dirname, '../../../../shared');
const [SERVE, DAY] = [join(SHARED, 'reader/serve.mjs'), join(SHARED, 'evaluation/live')];
const FAULTS = {
  http500: 0.05,
  http429: 0.01,
  reset: 0.03,
  badJson: 0.05,
  prose: 0.1,
  wrongQuote: 0.05,
  stranger: 0.05,
};
const there = existsSync(SERVE) && existsSync(DAY);
if (!there)
  console.warn(`SKIPPED: no language model reads what really stood there, because ${SERVE} is not there`);

type Grade = 'wanted' | 'partly' | 'not';
interface Listed {
  id: string;
  title: string;
  text: string | null;
  typeOfAction: string | null;
}

(there ? describe : describe.skip)('a language model that reads what really stood there', () => {
  const clock = new TestClock('2026-06-30T06:00:00Z');
  let standIn: StandIn;
  let r: ReadingInstallation;
  let stored: Listed[];
  let answers: Map<string, Grade>;
  const callOf = ({ id, title, text, typeOfAction }: Listed, over: { title?: string; text?: string } = {}) =>
    aCall(id, {
      title: over.title ?? title,
      typesOfAction: typeOfAction === null ? [] : [typeOfAction],
      opensAt: '2026-06-01T00:00:00Z',
      deadlines: [{ at: '2026-12-01T16:00:00Z', timeTold: true }],
      sections: [{ kind: 'other', title: '', text: over.text ?? text ?? '' }],
    });
  /** Returns the grades that count, by institute and reference. */
  const grades = async (): Promise<Map<string, Grade>> =>
    new Map(
      (
        await r.rows<{ pair: string; grade: Grade }>(
          `SELECT m.profile_id || ' ' || (call.content->>'reference') AS pair, e->'reading'->>'grade' AS grade
             FROM match m JOIN call ON call.id = m.call_id CROSS JOIN LATERAL jsonb_array_elements(m.result->'evidence') e WHERE e->>'signal' = 'reading'`,
        )
      ).map(({ pair, grade }) => [pair, grade]),
    );
  const right = (all: Map<string, Grade>): string[] =>
    [...all].filter(([pair, grade]) => grade !== (answers.get(pair) ?? 'not')).map(([pair]) => pair);
  /** Reads until nothing waits: the queue retries failures, after a pause as well. */
  async function read(): Promise<void> {
    for (let i = 0; i < 8; i += 1) {
      await r.due(MatchJob, ReadJob);
      clock.move({ minutes: 6 });
    }
    await r.due(MatchJob);
  }

  beforeAll(async () => {
    for (const level of ['warn', 'error', 'log'] as const)
      jest.spyOn(Logger.prototype, level).mockImplementation();
    const lines = (file: string): string[] => readFileSync(file, 'utf8').trim().split('\n');
    answers = new Map(
      lines(join(SHARED, 'reader/answers.dev.tsv')).map((line) => {
        const [institute, call, grade] = line.split('\t');
        return [`${institute} ${call}`, grade === '2' ? 'wanted' : 'partly'];
      }),
    );
    const named = new Set([...answers.keys()].map((pair) => pair.split(' ')[1]));
    stored = gunzipSync(readFileSync(join(DAY, 'calls.jsonl.gz')))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Listed)
      .filter(({ id, text }) => named.has(id) && text !== null)
      .slice(0, 40);
    const profiles = readdirSync(join(DAY, 'profiles')).map((name) =>
      Profile.parse(parse(readFileSync(join(DAY, 'profiles', name), 'utf8'))),
    );
    standIn = await startStandIn(SERVE, '--faults', JSON.stringify(FAULTS));
    r = await ReadingInstallation.with(profiles, clock);
    await r.start({ READER_URL: `${standIn.origin}/v1`, READER_MODEL: 'reader' });
    await r.store(stored.map((call) => callOf(call)));
    await read();
  });
  afterAll(async () => {
    await r?.stop();
    await standIn?.stop();
    jest.restoreAllMocks();
  });

  it('counts what it said, though it now and then fails, talks, or says what does not stand there', async () => {
    const counted = await grades();
    expect(right(counted)).toEqual([]);
    const { body } = await r.get('/v1/reader');
    expect(body).toMatchObject({ state: 'done', waiting: { calls: 0 } });
    expect(counted.size).toBeGreaterThan(60);
    // Pairs refused twice are left to the built-in ranking.
    expect(body.left.total).toBeLessThan(counted.size / 10);
  });

  it('shows a quote where it stands in the call', async () => {
    const [{ read, placed }] = (await r.rows(
      `SELECT count(*)::int AS read, count(field)::int AS placed FROM reading WHERE grade IN ('wanted', 'partly')`,
    )) as [{ read: number; placed: number }];
    expect(read).toBeGreaterThan(30);
    expect(placed / read).toBeGreaterThan(0.9);
  });

  it('is given no order by a call: none of these texts changes a grade', async () => {
    const before = await grades();
    const ordering = stored.map((call, i) => {
      const order = ORDERS[i % ORDERS.length]!;
      return callOf(
        call,
        i % 2 ? { text: `${order}\n${call.text}\n${order}` } : { title: `${call.title} ${order}` },
      );
    });
    expect(ORDERS.length).toBeGreaterThanOrEqual(12);
    await r.store(ordering);
    await read();
    const after = await grades();
    expect(right(after)).toEqual([]);
    for (const [pair, grade] of after)
      if (before.has(pair)) expect([pair, grade]).toEqual([pair, before.get(pair)]);
    expect(after.size).toBeGreaterThan(before.size * 0.9);
    const institutes = new Set([...after.keys()].map((pair) => pair.split(' ')[0]));
    expect(institutes.size).toBe(10);
  });
});
