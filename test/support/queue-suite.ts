import { Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { CarnotError, Postponed } from '../../src/domain/errors.js';
import { job, JOBS, queueNames, type JobData, type JobName, type NextJob, type Stage } from '../../src/domain/jobs.js';
import type { Environment } from '../../src/platform/config/environment.js';
import { connectQueue, type QueueConnection } from '../../src/platform/queue/connection.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { Workers } from '../../src/platform/queue/workers.js';
import { until } from './until.js';

type Run = (call: number) => Promise<NextJob[]> | NextJob[];
const CHANNELS = ['pigeon', 'tram-tram'];
const MATCH = job('match', { profileId: 'a' });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const calledOff = (remedy: 'never' | 'person') => (): never => { throw new CarnotError('Refused', 'refused', remedy); };

/** One process's part of the queue, with stages of the test's: `match` does what the test says, the others nothing. */
class Party {
  readonly runs: number[] = [];
  readonly gaveUp: string[] = [];
  readonly others: string[] = [];
  private constructor(readonly queues: Queues, readonly workers: Workers) {}

  static async start(connection: QueueConnection, run: Run, options: { giveUp?: () => Promise<void>; working?: boolean } = {}): Promise<Party> {
    const stages = (Object.keys(JOBS) as JobName[]).map((name): Stage => ({ job: name, run: (data) => party.stage(name, data as never, run), giveUp: (_data, error) => party.giveUp(error, options.giveUp) }));
    const queues = new Queues(connection, CHANNELS);
    const party = new Party(queues, new Workers(connection, queues, stages));
    await queues.ready();
    if (options.working !== false) await party.workers.start();
    return party;
  }

  /** The queue behind a name, to look into it. */
  queue(name = 'match'): Queue {
    return (this.queues as unknown as { queues: Map<string, Queue> }).queues.get(name)!;
  }

  private async stage(name: JobName, data: { profileId: string }, run: Run): Promise<NextJob[]> {
    if (name === 'deliver') return this.deliver(data as unknown as JobData<'deliver'>);
    if (name !== 'match') return this.others.push(`${name} ${data.profileId}`), [];
    this.runs.push(Date.now());
    return run(this.runs.length);
  }

  /** A pigeon never arrives. */
  private async deliver({ channel }: JobData<'deliver'>): Promise<NextJob[]> {
    if (channel === 'pigeon') await new Promise(() => undefined);
    this.others.push(`by ${channel}`);
    return [];
  }

  private async giveUp(error: Error, more?: () => Promise<void>): Promise<void> {
    this.gaveUp.push(error.message);
    await more?.();
  }

  /** Waits until nothing waits or is under way. */
  async idle(timeoutMs = 20_000): Promise<void> {
    await until('the queue to be idle', async () => (await this.queue().getJobCountByTypes('waiting', 'active', 'delayed')) === 0, timeoutMs);
    await sleep(150);
  }

  async only(state: 'completed' | 'failed'): Promise<{ attemptsMade: number }> {
    const [jobs, all] = [await this.queue().getJobs([state]), await this.queue().getJobCountByTypes('completed', 'failed')];
    if (jobs.length !== 1 || all !== 1) throw new Error(`${jobs.length} of ${all} jobs ${state}`);
    return jobs[0]!;
  }
}

/** What both of BullMQ's stores must do alike for the stages. */
export function queueSuite(environment: () => Partial<Environment>): void {
  let open: { party: Party; connection: QueueConnection }[] = [];
  async function party(run: Run, options: Parameters<typeof Party.start>[2] = {}): Promise<Party> {
    const connection = await connectQueue(environment() as Environment, queueNames(CHANNELS).length);
    const started = await Party.start(connection, run, options);
    open.push({ party: started, connection });
    return started;
  }
  // The errors are what is tested, and not for the reader of the test's output.
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    const sweeper = await party(() => [], { working: false });
    for (const name of sweeper.queues.names) await sweeper.queue(name).obliterate({ force: true });
  });
  afterEach(async () => {
    for (const { party: one } of open) await one.workers.close(0);
    for (const { party: one } of open) await one.queues.close();
    open = [];
  });

  it('what a stage returns is queued next', async () => {
    const p = await party(() => [job('contacts', { profileId: 'a' }), job('contacts', { profileId: 'b' })]);
    await p.queues.add([MATCH]);
    await until('both', async () => p.others.length === 2);
    expect(p.others.sort()).toEqual(['contacts a', 'contacts b']);
  });

  it('each channel has a queue of its own, so that one that hangs holds up no other', async () => {
    const p = await party(() => []);
    const deliveries = (channel: string) => Array.from({ length: 10 }, () => job('deliver', { channel, notificationId: randomUUID() }));
    await p.queues.add([...deliveries('pigeon'), ...deliveries('tram-tram'), job('contacts', { profileId: 'a' })]);
    await until('the others', async () => p.others.length === 11);
    expect(await p.queue('deliver-pigeon').getJobCounts('active', 'waiting')).toEqual({ active: 4, waiting: 6 });
    await expect(p.queues.add(deliveries('fax'))).rejects.toThrow(/no queue "deliver-fax"/);
  });

  it('waiting for its turn is no failed try, however often', async () => {
    const p = await party((n) => { if (n <= 8) throw new Postponed(n === 1 ? 600 : 20); return []; });
    await p.queues.add([MATCH]);
    await until('its turn', async () => p.runs.length === 9);
    await p.idle();
    expect((await p.only('completed')).attemptsMade).toBeLessThanOrEqual(1);
    expect(p.runs[1]! - p.runs[0]!).toBeGreaterThanOrEqual(590);
    expect(p.gaveUp).toEqual([]);
  });

  it.each(['never', 'person'] as const)('an error that says "%s" is not tried again, and given up once', async (remedy) => {
    const p = await party(calledOff(remedy));
    await p.queues.add([MATCH]);
    await until('the end', async () => p.gaveUp.length > 0);
    await p.idle();
    expect(p.runs).toHaveLength(1);
    expect(p.gaveUp).toEqual(['refused']);
    await p.only('failed');
  });

  it('an error that nobody foresaw is tried six times and given up once', async () => {
    const p = await party(() => { throw new TypeError('not foreseen'); });
    p.workers.wait = () => 20;
    await p.queues.add([MATCH]);
    await until('the end', async () => p.gaveUp.length > 0);
    await p.idle();
    expect(p.runs).toHaveLength(6);
    expect(p.gaveUp).toEqual(['not foreseen']);
    await p.only('failed');
  });

  it('an error of a kind that passes is tried again, after as long as the other side asks for', async () => {
    const p = await party((n) => { if (n === 1) throw new CarnotError('HttpThrottled', 'wait', 'later', { retryAfterMs: 1_500 }); return []; });
    await p.queues.add([MATCH]);
    await until('the second try', async () => p.runs.length === 2);
    expect(p.runs[1]! - p.runs[0]!).toBeGreaterThanOrEqual(1_490);
    expect(p.runs[1]! - p.runs[0]!).toBeLessThan(4_000);
    await p.idle();
    await p.only('completed');
  });

  it('where giving up fails too the job ends all the same', async () => {
    const p = await party(() => { throw new Error('wrong'); }, { giveUp: () => Promise.reject(new Error('wronger')) });
    p.workers.wait = () => 10;
    await p.queues.add([MATCH]);
    await until('the end', async () => (await p.queue().getFailedCount()) === 1);
    await p.idle();
    expect(p.runs).toHaveLength(6);
  });

  it('a job whose data are in no known form fails at once', async () => {
    const p = await party(() => []);
    await p.queues.add([job('match', { profile: 'a' } as never)]);
    await until('the end', async () => (await p.queue().getFailedCount()) === 1);
    expect(p.runs).toEqual([]);
  });

  it('a job that waits is not added again', async () => {
    const p = await party(() => [], { working: false });
    await p.queues.add([MATCH, MATCH, job('match', { profileId: 'b' })]);
    await p.queues.add([MATCH]);
    await p.workers.start();
    await p.idle();
    expect(p.runs).toHaveLength(2);
  });

  it('a job that is added while it is worked on is done once more afterwards', async () => {
    let leave: () => void = () => undefined;
    const p = await party((n) => (n === 1 ? new Promise((resolve) => { leave = () => resolve([]); }) : []));
    await p.queues.add([MATCH]);
    await until('it to be worked on', async () => p.runs.length === 1);
    await p.queues.add([MATCH, MATCH]);
    await p.queues.add([MATCH]);
    expect(p.runs).toHaveLength(1);
    leave();
    await until('the second time', async () => p.runs.length === 2);
    await p.idle();
    expect(p.runs).toHaveLength(2);
  });

  it('a job that has ended, well or badly, can be added again', async () => {
    const p = await party((n) => { if (n === 2) calledOff('never')(); return []; });
    for (const n of [1, 2, 3]) {
      await p.queues.add([MATCH]);
      await until(`time ${n}`, async () => p.runs.length === n);
      await p.idle();
    }
    expect(p.runs).toHaveLength(3);
  });

  it('closing lets a job under way end', async () => {
    let ended = false;
    const p = await party(async () => { await sleep(600); ended = true; return []; });
    await p.queues.add([MATCH]);
    await until('it to be worked on', async () => p.runs.length === 1);
    const from = Date.now();
    await p.workers.close(4_000);
    expect(ended).toBe(true);
    expect(Date.now() - from).toBeLessThan(2_500);
    await p.only('completed');
  });

  it('closing does not wait for one that takes longer, and another worker takes it over', async () => {
    const stuck = await party(() => new Promise(() => undefined));
    await stuck.queues.add([MATCH]);
    await until('it to be worked on', async () => stuck.runs.length === 1);
    const from = Date.now();
    await stuck.workers.close(300);
    expect(Date.now() - from).toBeLessThan(2_000);
    const other = await party(() => []);
    await until('it to be taken over', async () => other.runs.length === 1, 40_000);
    await other.idle();
    await other.only('completed');
  }, 60_000);

  it('two that start at once share the work, and each job is done once', async () => {
    const [a, b] = await Promise.all([party(() => sleep(20).then(() => [])), party(() => sleep(20).then(() => []))]);
    const jobs = Array.from({ length: 30 }, (_, i) => job('match', { profileId: `p${i}` }));
    await Promise.all([a.queues.add(jobs), b.queues.add(jobs)]);
    await a.idle();
    expect(a.runs.length + b.runs.length).toBeGreaterThanOrEqual(30);
    expect(await a.queue().getCompletedCount()).toBe(a.runs.length + b.runs.length);
  });
}
