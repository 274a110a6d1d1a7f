import { Logger } from '@nestjs/common';
import { CarnotError, Postponed } from '../../../src/kernel/errors.js';
import {
  ATTEMPTS,
  type Queues,
  job,
  type JobData,
  type NextJob,
  type RunnableJob,
} from '../../../src/platform/queue/job.js';
import { JobRunner, type QueueDriver, type Workers } from '../../../src/platform/queue/job-runner.js';
import { MATCH, CONTACTS } from '../../../src/profiles/jobs.js';
import { DELIVER } from '../../../src/notifications/deliver.job.js';

export type Run = (call: number) => Promise<NextJob[]> | NextJob[];
export const CHANNELS = ['pigeon', 'tram-tram'];
export const MATCH_A = job(MATCH, { profileId: 'a' });

/** Runs these jobs and no others. */
export const runnerOf = (queues: Queues, jobs: RunnableJob[]): JobRunner =>
  new JobRunner(queues, { byName: () => new Map(jobs.map((j) => [j.definition.name, j])) });

/** A driver as seen by the suite. */
export interface DriverUnderTest {
  driver: QueueDriver;
  /** Resolves when no job is waiting or running. */
  idle(): Promise<void>;
  /** Its time, in milliseconds from an arbitrary origin. */
  now(): number;
  endings(): Promise<{ completed: number; failed: number }>;
  /** Closes its inspection connections. */
  close(): Promise<void>;
}

/**
 * One process's share of the queue, with jobs of the test: `match` does what the test says, the others
 * nothing.
 */
export class Party {
  readonly runs: number[] = [];
  readonly gaveUp: string[] = [];
  readonly others: string[] = [];
  readonly queues: Queues;
  readonly workers: Workers;

  constructor(
    readonly under: DriverUnderTest,
    private readonly matches: Run,
    private readonly moreGivingUp?: () => Promise<void>,
  ) {
    const jobs = [MATCH, CONTACTS, DELIVER].map((definition): RunnableJob => ({
      definition,
      runs: {
        run: (data) => this.run(definition.name, data as never),
        giveUp: (_data, error) => this.giveUp(error),
      },
    }));
    this.queues = under.driver.queues();
    this.workers = under.driver.workers(this.queues, runnerOf(this.queues, jobs));
  }

  private async run(name: string, data: { profileId: string } & JobData<typeof DELIVER>): Promise<NextJob[]> {
    if (name === 'deliver') return this.deliver(data);
    if (name !== 'match') return (this.others.push(`${name} ${data.profileId}`), []);
    this.runs.push(this.under.now());
    return this.matches(this.runs.length);
  }

  /** A pigeon never arrives. */
  private async deliver({ channel }: JobData<typeof DELIVER>): Promise<NextJob[]> {
    if (channel === 'pigeon') await new Promise(() => undefined);
    this.others.push(`by ${channel}`);
    return [];
  }

  private async giveUp(error: Error): Promise<void> {
    this.gaveUp.push(error.message);
    await this.moreGivingUp?.();
  }

  /** Adds jobs and waits until they and all jobs they create are done. */
  async done(...jobs: NextJob[]): Promise<void> {
    await this.queues.add(jobs);
    await this.under.idle();
  }

  async close(): Promise<void> {
    await this.queues.close();
    await this.under.close();
  }
}

const calledOff = (retryPolicy: 'never' | 'person') => (): never => {
  throw new CarnotError('Refused', 'refused', retryPolicy);
};

/** What every queue driver must do alike. `open` returns an empty driver. */
export function queueSuite(open: () => Promise<DriverUnderTest>): void {
  let p: Party;
  async function party(
    run: Run,
    { working = true, giveUp }: { working?: boolean; giveUp?: () => Promise<void> } = {},
  ): Promise<Party> {
    p = new Party(await open(), run, giveUp);
    await p.queues.ready();
    if (working) await p.workers.start();
    return p;
  }
  // The errors are under test, and not meant for the test output.
  beforeAll(() => Logger.overrideLogger(false));
  afterEach(async () => {
    await p.workers.close(0);
    await p.close();
  });

  it('what a job returns is queued next', async () => {
    await party(() => [job(CONTACTS, { profileId: 'a' }), job(CONTACTS, { profileId: 'b' })]);
    await p.done(MATCH_A);
    expect(p.others.sort()).toEqual(['contacts a', 'contacts b']);
  });

  it('waiting for its turn is no failed try, however often', async () => {
    await party((n) => {
      if (n <= 8) throw new Postponed(n === 1 ? 600 : 20);
      return [];
    });
    await p.done(MATCH_A);
    expect(p.runs).toHaveLength(9);
    expect(p.runs[1]! - p.runs[0]!).toBeGreaterThanOrEqual(590);
    expect(p.gaveUp).toEqual([]);
    expect(await p.under.endings()).toEqual({ completed: 1, failed: 0 });
  });

  it.each(['never', 'person'] as const)(
    'an error that says "%s" is not tried again, and given up once',
    async (retryPolicy) => {
      await party(calledOff(retryPolicy));
      await p.done(MATCH_A);
      expect(p.runs).toHaveLength(1);
      expect(p.gaveUp).toEqual(['refused']);
      expect(await p.under.endings()).toEqual({ completed: 0, failed: 1 });
    },
  );

  it('an error that nobody foresaw is tried six times and given up once', async () => {
    await party(() => {
      throw new TypeError('not foreseen');
    });
    await p.done(MATCH_A);
    expect(p.runs).toHaveLength(ATTEMPTS);
    expect(p.gaveUp).toEqual(['not foreseen']);
    expect(await p.under.endings()).toEqual({ completed: 0, failed: 1 });
  });

  it('an error of a kind that passes is tried again, after as long as the other side asks for', async () => {
    await party((n) => {
      if (n === 1) throw new CarnotError('HttpThrottled', 'wait', 'later', { retryAfterMs: 1_500 });
      return [];
    });
    await p.done(MATCH_A);
    expect(p.runs).toHaveLength(2);
    expect(p.runs[1]! - p.runs[0]!).toBeGreaterThanOrEqual(1_490);
    expect(p.runs[1]! - p.runs[0]!).toBeLessThan(4_000);
    expect(await p.under.endings()).toEqual({ completed: 1, failed: 0 });
  });

  it('where giving up fails too the job ends all the same', async () => {
    await party(
      () => {
        throw new Error('wrong');
      },
      { giveUp: () => Promise.reject(new Error('wronger')) },
    );
    await p.done(MATCH_A);
    expect(p.runs).toHaveLength(ATTEMPTS);
    expect(await p.under.endings()).toEqual({ completed: 0, failed: 1 });
  });

  it('a job whose data are in no known form fails at once', async () => {
    await party(() => []);
    await p.done(job(MATCH, { profile: 'a' } as never));
    expect(p.runs).toEqual([]);
    expect(await p.under.endings()).toEqual({ completed: 0, failed: 1 });
  });

  it('a job for a queue that there is not is refused', async () => {
    await party(() => []);
    await expect(p.queues.add([job(DELIVER, { channel: 'fax', notificationId: 'x' })])).rejects.toThrow(
      /no queue "deliver-fax"/,
    );
  });

  it('a job that waits is not added again, with a delay or without', async () => {
    await party(() => [], { working: false });
    await p.queues.add([MATCH_A, MATCH_A, job(MATCH, { profileId: 'b' })]);
    await p.queues.add([MATCH_A], 500);
    expect((await p.queues.counts())['match']).toEqual({ waiting: 2, delayed: 0, active: 0, failed: 0 });
    await p.workers.start();
    await p.under.idle();
    expect(p.runs).toHaveLength(2);
  });

  it('a round of thousands is queued once, however often it is found due', async () => {
    await party(() => [], { working: false });
    const round = Array.from({ length: 1_250 }, (_, i) => job(MATCH, { profileId: `p${i}` }));
    await p.queues.add(round);
    await p.queues.add([...round, job(CONTACTS, { profileId: 'a' }), MATCH_A]);
    const counts = await p.queues.counts();
    expect([counts['match']?.waiting, counts['notify']?.waiting]).toEqual([1_251, 1]);
    await p.queues.clear();
  });

  it('a job that nobody waits for is done after those that somebody does, and counted with them', async () => {
    await party(() => [], { working: false });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((profileId) => job(CONTACTS, { profileId }));
    await p.queues.add([a!, b!].map((one) => ({ ...one, last: true })));
    await p.queues.add([c!, d!]);
    expect((await p.queues.counts())['notify']).toEqual({ waiting: 4, delayed: 0, active: 0, failed: 0 });
    await p.workers.start();
    await p.under.idle();
    const [first, last] = [p.others.slice(0, 2), p.others.slice(2)].map((some) => some.sort());
    expect([first, last]).toEqual([
      ['contacts c', 'contacts d'],
      ['contacts a', 'contacts b'],
    ]);
  });

  it('a job that is to wait is done when its time has come', async () => {
    await party(() => [], { working: false });
    const from = p.under.now();
    await p.queues.add([MATCH_A], 400);
    expect((await p.queues.counts())['match']).toEqual({ waiting: 0, delayed: 1, active: 0, failed: 0 });
    await p.workers.start();
    await p.under.idle();
    expect(p.runs).toHaveLength(1);
    expect(p.runs[0]! - from).toBeGreaterThanOrEqual(390);
  });

  it('a job that is added while it is worked on is done once more afterwards', async () => {
    let leave: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const workedOn = new Promise<void>((resolve) => {
      begun = resolve;
    });
    await party((n) =>
      n === 1
        ? new Promise((resolve) => {
            begun();
            leave = () => resolve([]);
          })
        : [],
    );
    await p.queues.add([MATCH_A]);
    const idle = p.under.idle();
    await workedOn;
    await p.queues.add([MATCH_A, MATCH_A]);
    await p.queues.add([MATCH_A]);
    expect((await p.queues.counts())['match']!.active).toBe(1);
    leave();
    await idle;
    expect(p.runs).toHaveLength(2);
  });

  it('a job that has ended, well or badly, can be added again', async () => {
    await party((n) => {
      if (n === 2) calledOff('never')();
      return [];
    });
    for (let n = 1; n <= 3; n += 1) await p.done(MATCH_A);
    expect(p.runs).toHaveLength(3);
    expect(await p.under.endings()).toEqual({ completed: 2, failed: 1 });
  });

  it('what was given up is counted, and what is thrown away is gone', async () => {
    await party(calledOff('never'));
    await p.done(MATCH_A);
    expect((await p.queues.counts())['match']).toEqual({ waiting: 0, delayed: 0, active: 0, failed: 1 });
    await p.workers.close(0);
    await p.queues.add([job(MATCH, { profileId: 'b' })]);
    expect((await p.queues.health()).find((q) => q.name === 'match')).toMatchObject({
      waiting: 1,
      active: 0,
    });
    await p.queues.clear();
    expect((await p.queues.counts())['match']).toEqual({ waiting: 0, delayed: 0, active: 0, failed: 0 });
  });
}
