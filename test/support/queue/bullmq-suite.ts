import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Postponed } from '../../../src/kernel/errors.js';
import type { Environment } from '../../../src/platform/config/environment.js';
import { bullmqDriver, type BullmqWorkers } from '../../../src/platform/queue/bullmq/bullmq-driver.js';
import { bullmqQueue } from './bullmq-queue.js';
import { CHANNELS, MATCH_A, Party, queueSuite, type DriverUnderTest, type Run } from './queue-suite.js';
import { until } from '../until.js';
import { DELIVER } from '../../../src/notifications/deliver.job.js';
import { CONTACTS, MATCH } from '../../../src/profiles/jobs.js';
import { job, type NextJob } from '../../../src/platform/queue/job.js';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** BullMQ on one of its stores; `look` gives the suite a view of what happens to its jobs. */
async function bullmq(env: Environment, empty: boolean): Promise<DriverUnderTest> {
  const driver = await bullmqDriver(env, CHANNELS, true);
  const look = (await bullmqDriver(env, CHANNELS, false)).queues();
  if (empty) await look.clear();
  const idle = async (): Promise<void> => {
    const busy = async (): Promise<number> =>
      Object.values(await look.counts()).reduce((sum, c) => sum + c.waiting + c.delayed + c.active, 0);
    // A job to be repeated is added once the first has ended, so the queue must be idle twice.
    for (let idle = 0; idle < 2; await sleep(60)) idle = (await busy()) ? 0 : idle + 1;
  };
  const endings = async () => {
    const all = await Promise.all(
      look.names.map((name) => bullmqQueue(look, name).getJobCounts('completed', 'failed')),
    );
    return {
      completed: all.reduce((n, c) => n + c['completed']!, 0),
      failed: all.reduce((n, c) => n + c['failed']!, 0),
    };
  };
  const quick: typeof driver.workers = (queues, runner) => {
    const workers = driver.workers(queues, runner) as BullmqWorkers;
    const { wait } = workers;
    workers.wait = (attempts, error) => Math.min(wait(attempts, error), 2_000);
    return workers;
  };
  return {
    driver: { queues: () => driver.queues(), workers: quick },
    idle,
    now: () => Date.now(),
    endings,
    close: () => look.close(),
  };
}

/** What both of BullMQ's stores must do: the port's suite, and what requires concurrent workers. */
export function bullmqSuite(environment: () => Partial<Environment>): void {
  describe('as every driver', () => queueSuite(() => bullmq(environment() as Environment, true)));

  let open: Party[] = [];
  async function party(run: Run, { empty = false, working = true } = {}): Promise<Party> {
    const started = new Party(await bullmq(environment() as Environment, empty), run);
    await started.queues.ready();
    if (working) await started.workers.start();
    open.push(started);
    return started;
  }
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    await party(() => [], { empty: true, working: false });
  });
  afterEach(async () => {
    for (const one of open) await one.workers.close(0);
    for (const one of open) await one.close();
    open = [];
  });

  it('each channel has a queue of its own, so that one that hangs holds up no other', async () => {
    const p = await party(() => []);
    const deliveries = (channel: string): NextJob[] =>
      Array.from({ length: 10 }, () => job(DELIVER, { channel, notificationId: randomUUID() }));
    await p.queues.add([
      ...deliveries('pigeon'),
      ...deliveries('tram-tram'),
      job(CONTACTS, { profileId: 'a' }),
    ]);
    await until('the others', async () => p.others.length === 11);
    expect((await p.queues.counts())['deliver-pigeon']).toMatchObject({ active: 4, waiting: 6 });
  });

  it('closing lets a job under way end', async () => {
    let ended = false;
    const p = await party(async () => {
      await sleep(600);
      ended = true;
      return [];
    });
    await p.queues.add([MATCH_A]);
    await until('it to be worked on', async () => p.runs.length === 1);
    const from = Date.now();
    await p.workers.close(4_000);
    expect(ended).toBe(true);
    expect(Date.now() - from).toBeLessThan(2_500);
    expect(await p.under.endings()).toEqual({ completed: 1, failed: 0 });
  });

  it('closing does not wait for one that takes longer, and another worker takes it over', async () => {
    const stuck = await party(() => new Promise(() => undefined));
    await stuck.queues.add([MATCH_A]);
    await until('it to be worked on', async () => stuck.runs.length === 1);
    await stuck.workers.close(300);
    const other = await party(() => []);
    await until('it to be taken over', async () => other.runs.length === 1);
    await other.under.idle();
    expect(await other.under.endings()).toEqual({ completed: 1, failed: 0 });
  });

  it('two that start at once share the work, and each job is done once', async () => {
    const [a, b] = await Promise.all([
      party(() => sleep(20).then(() => [])),
      party(() => sleep(20).then(() => [])),
    ]);
    const jobs = Array.from({ length: 30 }, (_, i) => job(MATCH, { profileId: `p${i}` }));
    await Promise.all([a.queues.add(jobs), b.queues.add(jobs)]);
    await a.under.idle();
    expect(a.runs.length + b.runs.length).toBeGreaterThanOrEqual(30);
    expect((await a.under.endings()).completed).toBe(a.runs.length + b.runs.length);
  });

  it("a try that was postponed is no try in BullMQ's own count", async () => {
    const p = await party((n) => {
      if (n <= 3) throw new Postponed(20);
      return [];
    });
    await p.done(MATCH_A);
    const [done] = await bullmqQueue(p.queues, 'match').getJobs(['completed']);
    expect(done!.attemptsMade).toBeLessThanOrEqual(1);
  });
}
