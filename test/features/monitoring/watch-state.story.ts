import { DataSource } from 'typeorm';
import { Queues } from '../../../src/platform/queue/job.js';
import { WorkerMonitor, WorkerPulse, QueueMonitor } from '../../../src/monitoring/service-monitors.js';
import { SourceObservation } from '../../../src/harvest/store/source.repository.js';
import { SOURCE, Monitoring } from '../../support/queue/watching.js';

let w: Monitoring;
beforeAll(async () => {
  w = await Monitoring.start();
});
afterAll(() => w?.stop());
beforeEach(() => w.forget());

const told = async (subject?: string) =>
  (await w.alarms()).filter((a) => !subject || a.subject === subject).map((a) => `${a.previous} ${a.state}`);
const ofWorkers = () => told('workers');
/** The minutes that each alarm says the trouble has lasted, oldest first. */
const minutes = async (subject: string): Promise<number[]> =>
  (
    await w.query<{ lasted: number }>(
      'SELECT round(extract(epoch FROM raised_at - trouble_since) / 60)::int AS lasted FROM alarm WHERE subject = $1 ORDER BY raised_at',
      [subject],
    )
  ).map(({ lasted }) => lasted);

describe('a state that is observed', () => {
  it('is no alarm at the first look where it is good, and one where it is bad', async () => {
    expect(await w.seen('healthy')).toBeNull();
    expect(await w.seen('ok', null, 'queue/match')).toBeNull();
    expect(await w.seen('broken', 'why', 'source/other')).toMatchObject({
      previous: 'new',
      state: 'broken',
      reason: 'why',
    });
    expect(await told()).toEqual(['new broken']);
  });

  it('is an alarm where it changes, and nothing where it stays', async () => {
    for (const state of ['healthy', 'broken', 'broken', 'blocked', 'healthy', 'healthy', 'quiet']) {
      await w.seen(state);
      w.clock.move({ minutes: 1 });
    }
    expect(await told()).toEqual(['healthy broken', 'broken blocked', 'blocked healthy', 'healthy quiet']);
  });

  it.each([
    ['a change', true],
    ['a first look', false],
  ])('is one alarm where ten see %s at once', async (_, known) => {
    if (known) await w.seen('healthy');
    const alarms = await Promise.all(Array.from({ length: 10 }, () => w.seen('unreachable', 'no answer')));
    expect(alarms.filter(Boolean)).toHaveLength(1);
    expect(await told()).toEqual([known ? 'healthy unreachable' : 'new unreachable']);
    await Promise.all(Array.from({ length: 10 }, () => w.seen('healthy')));
    expect(await told()).toHaveLength(2);
  });

  it('is one alarm where several processes see it', async () => {
    const other = await Monitoring.start({}, { beside: w });
    try {
      await w.seen('healthy');
      await Promise.all([w, other, w, other].map((each) => each.seen('broken')));
      expect(await told()).toEqual(['healthy broken']);
    } finally {
      await other.stop();
    }
  });

  it('remembers since when the subject is not well, through every bad state', async () => {
    await w.seen('healthy');
    const began = (await w.seen('throttled'))!;
    w.clock.move({ hours: 2 });
    expect((await w.seen('blocked'))!.troubleSince).toEqual(began.raisedAt);
    w.clock.move({ hours: 1 });
    expect((await w.seen('healthy'))!.troubleSince).toEqual(began.raisedAt);
    w.clock.move({ hours: 1 });
    const again = (await w.seen('broken'))!;
    expect(again.troubleSince).toEqual(again.raisedAt);
  });
});

describe('a look at the sources', () => {
  it('finds what changed in the database, once, and passes over one that was never read', async () => {
    await w.put('new');
    await w.look();
    expect(await w.query('SELECT * FROM monitor WHERE subject = $1', [SOURCE])).toEqual([]);
    await w.put('healthy');
    await w.look();
    await w.put('broken', 'not an object');
    await Promise.all([w.look(), w.look(), w.look()]);
    expect((await w.alarms()).filter((a) => a.subject === SOURCE)).toEqual([
      expect.objectContaining({
        previous: 'healthy',
        state: 'broken',
        reason: 'not an object',
        name: 'EU Funding & Tenders Portal',
      }),
    ]);
    await w.put('healthy');
    await w.look();
    await w.look();
    expect(await told(SOURCE)).toEqual(['healthy broken', 'broken healthy']);
  });

  it('locks none that is as it was, so that no harvest that is due passes it over', async () => {
    const locking = jest.spyOn(w.test.app.get(DataSource), 'transaction');
    await w.put('new');
    await w.look();
    await w.put('healthy');
    await w.look();
    const before = locking.mock.calls.length;
    await w.test.app.get(SourceObservation).observeSource('funding-tenders', w.clock.now());
    expect(locking.mock.calls.length).toBe(before);
    locking.mockRestore();
  });

  it('does not wait for one that is being changed', async () => {
    await w.put('broken');
    const sources = w.test.app.get(SourceObservation);
    await w.test.app.get(DataSource).transaction(async (tx) => {
      await tx.query('SELECT * FROM source FOR UPDATE');
      expect(await sources.observeSource('funding-tenders', w.clock.now())).toBeNull();
    });
    expect(await sources.observeSource('funding-tenders', w.clock.now())).toMatchObject({ state: 'broken' });
  });
});

describe('a look at the queues', () => {
  it('alarms where a job waits for too long with no worker to take it, and gives the all-clear when it is gone', async () => {
    await w.waiting('match', 14);
    await w.look();
    expect(await told('queue/match')).toEqual([]);
    await w.waiting('match', 20);
    await w.look();
    await w.look();
    expect((await w.alarms()).filter((a) => a.subject === 'queue/match')).toEqual([
      expect.objectContaining({
        previous: 'ok',
        state: 'late',
        reason: '2 jobs wait, the oldest for 20 minutes; 0 are being worked on',
        open: true,
      }),
    ]);
    await w.queue('match').drain();
    await w.look();
    expect(await told('queue/match')).toEqual(['ok late', 'late ok']);
  });

  it('alarms where more wait than should', async () => {
    const short = await Monitoring.start({}, { beside: w, monitoring: { longestQueue: 3 } });
    try {
      for (const minutes of [1, 2, 3, 4]) await w.waiting('match', minutes);
      await short.look();
      expect(await told('queue/match')).toEqual(['new long']);
    } finally {
      await short.stop();
    }
  });

  it('goes on after the clock of the machine was set back', async () => {
    await w.waiting('match', 4_000);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
    try {
      await w.test.app.get(QueueMonitor, { strict: false }).due();
    } finally {
      clock.mockRestore();
    }
    expect(await told('queue/match')).toEqual(['new late']);
  });

  it('judges nothing in the first minutes after a start', async () => {
    await w.waiting('match', 4_000);
    const fresh = await Monitoring.start({}, { beside: w, monitoring: { graceSeconds: 120 } });
    try {
      for (const check of [QueueMonitor, WorkerMonitor])
        await fresh.test.app.get(check, { strict: false }).due();
      expect(await w.query('SELECT * FROM monitor')).toEqual([]);
    } finally {
      await fresh.stop();
    }
  });
});

it('counts the time that a late queue has waited as trouble, and that of a source since it is so', async () => {
  await w.waiting('match', 20);
  await w.put('healthy');
  await w.look();
  await w.put('broken', 'why');
  await w.query(`UPDATE source SET state_since = $1::timestamptz - interval '5 minutes'`, [w.clock.now()]);
  await w.look();
  expect([await minutes('queue/match'), await minutes(SOURCE)]).toEqual([[20], [5]]);
});

/** All but the clock on the wall. */
const TIMERS = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

describe('a look at the workers', () => {
  const pulse = () => w.test.app.get(WorkerPulse, { strict: false });

  it('alarms where none ever ran, and gives the all-clear when one does', async () => {
    await w.look();
    expect(await ofWorkers()).toEqual(['new stopped']);
    await pulse().due();
    await w.look();
    expect(await ofWorkers()).toEqual(['new stopped', 'stopped ok']);
  });

  it('alarms where the last sign of life is too old, though nothing waits in any queue', async () => {
    await pulse().due();
    await w.look();
    await w.query(`UPDATE setting SET value = to_jsonb($1::text) WHERE key = 'worker-seen'`, [
      new Date(Date.now() - 16 * 60_000).toISOString(),
    ]);
    await w.look();
    expect(await ofWorkers()).toEqual(['ok stopped']);
    expect((await w.newest()).reason).toBe('no worker gave a sign of life for 16 minutes');
    w.clock.move({ minutes: 1 });
    await pulse().due();
    await w.look();
    expect(await minutes('workers')).toEqual([16, 17]);
  });

  it('takes none for dead whose clock is slow, and none for alive because its clock is fast', async () => {
    for (const [minutes, silent, told] of [
      [-60, 0, []],
      [60, 16, ['ok stopped']],
    ] as const) {
      jest.useFakeTimers({ doNotFake: TIMERS, now: Date.now() + minutes * 60_000 });
      await pulse().due();
      jest.useRealTimers();
      await w.query(
        `UPDATE setting SET value = to_jsonb((value #>> '{}')::timestamptz - make_interval(mins => $1)) WHERE key = 'worker-seen'`,
        [silent],
      );
      await w.look();
      expect({ minutes, told: await ofWorkers() }).toEqual({ minutes, told });
    }
  });

  it('takes none for alive that does not reach the queue', async () => {
    jest.spyOn(w.test.app.get(Queues), 'health').mockRejectedValueOnce(new Error('out of reach'));
    await expect(pulse().due()).rejects.toThrow('out of reach');
    expect((await pulse().lastSeen()).at).toBeNull();
  });
});
