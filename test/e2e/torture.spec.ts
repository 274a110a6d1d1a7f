import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { isGood, rowOf, wrongOf } from '../torture/faults/judging.mjs';
import { verdict } from '../torture/verdict.mjs';
import { beforeRelease } from '../support/release.js';

/** What a failed test has left running; jest's worker would wait for it. */
const alive = new Set<ChildProcess>();
afterAll(() => alive.forEach((child) => child.kill('SIGTERM')));

/**
 * Runs the program with small numbers; `npm run torture -- --kills 200`, also with `--redis`, is for changes
 * to the delivery.
 */
async function torture(...args: string[]): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, [resolve(__dirname, '../torture/run.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  alive.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  const [status] = (await once(child, 'close')) as [number];
  return { status, output };
}

describe('npm run torture', () => {
  beforeRelease('workers that are killed while they deliver')('with a few kills', () => {
    it('kills workers while they deliver and restarts their servers, and nothing is lost, doubled or wrong', async () => {
      const { status, output } = await torture('--kills', '3', '--notifications', '40', '--seed', '3');
      // A busy machine delivers for longer between two kills, and leaves fewer for the last.
      expect(output).toMatch(/3 kills, while at least [1-9]\d* notifications were due/);
      expect(output).toMatch(/PostgreSQL restarted 1 times/);
      expect(output).toMatch(/rejected with 554 [1-9]/);
      expect(output).toMatch(/\nlost 0, doubled 0, wrong 0, repeated-in-doubt \d+\n$/);
      expect(status).toBe(0);
    });
  });

  it.each([
    [['--kills', 'none'], '--kills takes a whole number from 1 on, and not "none".'],
    [['--kill', '2'], "Unknown option '--kill'"],
    [['telepathy'], 'There is no fault "telepathy".'],
  ])('refuses %j', async (args, says) => {
    const { status, output } = await torture(...args);
    expect({ status, output }).toEqual({ status: 2, output: expect.stringContaining(says) });
    expect(output).toContain('npm run torture -- [--kills 200]');
  });
});

describe('what a torture run has shown', () => {
  const row = (id: string, state = 'sent') => ({ id, state, print: `print of ${id}` });
  const took = (id: string | null, worker: string, at: number, over: object = {}) => ({
    id,
    worker,
    at,
    answered: true,
    wrong: null,
    ...over,
  });
  const counted = ({
    rows = [row('a')],
    taken = [took('a', 'w1', 10)],
    kills = {},
    sentBy = {},
    written = { a: 'print of a' },
  }: any) => {
    const { lost, doubled, wrong, inDoubt } = verdict({
      rows,
      taken,
      written: new Map(Object.entries(written)),
      kills: new Map(Object.entries(kills)),
      sentBy: new Map(Object.entries(sentBy)),
    });
    return { lost: lost.length, doubled: doubled.length, wrong: wrong.length, inDoubt: inDoubt.length };
  };
  const NONE = { lost: 0, doubled: 0, wrong: 0, inDoubt: 0 };
  const twice = [took('a', 'w1', 10), took('a', 'w2', 30)];
  const killed = (at: number, ...sending: string[]) => ({ w1: { at, sending: new Set(sending) } });

  it('is nothing where each was taken once', () => {
    expect(counted({})).toEqual(NONE);
  });

  it('calls lost what did not leave, what nobody took, and what is gone', () => {
    expect(counted({ taken: [] })).toEqual({ ...NONE, lost: 1 });
    expect(counted({ rows: [row('a', 'failed')] })).toEqual({ ...NONE, lost: 1 });
    expect(counted({ rows: [], taken: [] })).toEqual({ ...NONE, lost: 1 });
  });

  it('calls wrong what differs, what nobody wrote, and a row that was changed', () => {
    expect(counted({ taken: [took('a', 'w1', 10, { wrong: 'a: subject' })] })).toEqual({ ...NONE, wrong: 1 });
    expect(counted({ taken: [took('a', 'w1', 10), took(null, 'w1', 20, { wrong: 'nothing' })] })).toEqual({
      ...NONE,
      wrong: 1,
    });
    expect(counted({ written: { a: 'another print' } })).toEqual({ ...NONE, wrong: 1 });
  });

  it('has doubts where the first sender was killed before it could note it, or was given no answer', () => {
    expect(counted({ taken: twice, kills: killed(20, 'a') })).toEqual({ ...NONE, inDoubt: 1 });
    expect(counted({ taken: [took('a', 'w1', 10, { answered: false }), took('a', 'w1', 30)] })).toEqual({
      ...NONE,
      inDoubt: 1,
    });
  });

  it('names who sent a message again, and then what is known of it', () => {
    const { doubled } = verdict({
      rows: [{ ...row('a'), tries: [{ at: '2026-01-01T00:00:00.000Z', ok: false, answer: 'x' }] }],
      written: new Map(),
      taken: twice,
      kills: new Map(),
      sentBy: new Map(),
    });
    // The table of faults matches the beginning of this text.
    expect(doubled).toEqual([
      'a: by w1, then w2 (w1 at 1970-01-01T00:00:00.010Z; w2 at 1970-01-01T00:00:00.030Z; noted at 2026-01-01T00:00:00.000Z: x)',
    ]);
  });

  it.each(['host:25 (CONN): Timeout', 'host:443: no answer in time', 'not sent within 75 seconds'])(
    'has doubts where the first sender noted in between that it waits no longer: %s',
    (answer) => {
      const noted = (at: number, what: object = {}) => ({
        ...row('a'),
        tries: [{ at: new Date(at).toISOString(), ok: false, answer, ...what }],
      });
      expect(counted({ taken: twice, rows: [noted(20)] })).toEqual({ ...NONE, inDoubt: 1 });
      for (const other of [
        noted(9),
        noted(31),
        noted(20, { ok: true }),
        noted(20, { answer: 'host:25 (DATA): 451 not now' }),
      ])
        expect(counted({ taken: twice, rows: [other] })).toEqual({ ...NONE, doubled: 1 });
    },
  );

  it('calls every other repetition doubled', () => {
    expect(counted({ taken: twice })).toEqual({ ...NONE, doubled: 1 });
    // Its row was no longer being sent when its sender died; or another sender sent it while its sender
    // lived; or it was already marked.
    expect(counted({ taken: twice, kills: killed(20, 'b') })).toEqual({ ...NONE, doubled: 1 });
    expect(counted({ taken: twice, kills: killed(40, 'a') })).toEqual({ ...NONE, doubled: 1 });
    expect(counted({ taken: twice, kills: killed(20, 'a'), sentBy: { a: 25 } })).toEqual({
      ...NONE,
      doubled: 1,
    });
    expect(counted({ taken: [...twice, took('a', 'w3', 50)], kills: killed(20, 'a') })).toEqual({
      ...NONE,
      inDoubt: 1,
      doubled: 1,
    });
  });
});

describe('what a fault has shown', () => {
  const answer = (over: object) => ({
    what: 'api',
    status: 200,
    body: '',
    type: 'text/html',
    ms: 1,
    ...over,
  });
  const problem = { status: 503, type: 'application/problem+json; charset=utf-8', body: '{"status":503}' };

  it('is wrong where the program answered nothing, an error of its own or its inside, and not where it said what is away', () => {
    const fine = [
      answer({}),
      answer(problem),
      answer({ what: 'page', status: 507 }),
      answer({ what: 'ready', ...problem }),
    ];
    expect(wrongOf(fine)).toEqual([]);
    for (const over of [
      { status: 0, body: 'ECONNRESET' },
      { status: 500 },
      { status: 502, what: 'page' },
      { status: 503 },
      { ...problem, what: 'metrics' },
      { ...problem, what: 'health' },
      { ...problem, body: 'Error: x\n    at query (/app/dist/a.js:1:1)' },
    ])
      expect([over, wrongOf([answer(over)])]).toEqual([over, [expect.any(String)]]);
  });

  it('is good where nothing was lost, doubled or wrong, and stands in a row', () => {
    const shown = {
      lost: [],
      doubled: [],
      wrong: [],
      inDoubt: ['a'],
      taken: 5,
      backMs: 1_250,
      sendsAgainMs: null,
      slowestMs: 40,
      said: 'health 200',
    };
    expect(isGood(shown)).toBe(true);
    expect(rowOf('it', shown)).toBe('| it | 0 | 0 | 0 | 1 | 5 | 1.3 | – | 0.0 | health 200 |');
    for (const kind of ['lost', 'doubled', 'wrong']) expect(isGood({ ...shown, [kind]: ['a'] })).toBe(false);
    expect(isGood(null)).toBe(false);
    expect(rowOf('it', { leftOut: 'no git' })).toBe('| it | left out: no git |');
  });
});
