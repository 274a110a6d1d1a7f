import type { Queue } from 'bullmq';
import { Postponed } from '../../../src/kernel/errors.js';
import type { QueueHealth } from '../../../src/kernel/ports.js';
import type { Environment } from '../../../src/platform/config/environment.js';
import { bullmqDriver } from '../../../src/platform/queue/bullmq/bullmq-driver.js';
import type { Queues, NextJob } from '../../../src/platform/queue/job.js';
import type { Workers } from '../../../src/platform/queue/job-runner.js';
import { MATCH } from '../../../src/profiles/jobs.js';
import { runnerOf } from './queue-suite.js';
import { bullmqQueue } from './bullmq-queue.js';
import { until } from '../until.js';

const MINUTE = 60_000;
const CHANNELS = ['pigeon'];

/** What is reported about the queues, on any store. No worker runs unless the test starts it. */
export function queueHealthSuite(environment: () => Partial<Environment>): void {
  let queues: Queues;
  let workers: Workers;
  let run: () => Promise<NextJob[]> = () => Promise.resolve([]);
  beforeEach(async () => {
    const driver = await bullmqDriver(environment() as Environment, CHANNELS, true);
    queues = driver.queues();
    workers = driver.workers(queues, runnerOf(queues, [{ definition: MATCH, runs: { run: () => run() } }]));
    await queues.ready();
    for (const name of queues.names) await queue(name).obliterate({ force: true });
    for (const name of queues.names) await queue(name).resume();
  });
  afterEach(async () => {
    await workers.close(0);
    await queues.close();
  });

  const queue = (name = 'match'): Queue => bullmqQueue(queues, name);
  const health = async (name = 'match'): Promise<QueueHealth> =>
    (await queues.health()).find((q) => q.name === name)!;
  const add = (n: number, minutesAgo: number, options = {}) =>
    Promise.all(
      Array.from({ length: n }, (_, i) =>
        queue().add(
          'match',
          { profileId: `p${minutesAgo}-${i}` },
          { timestamp: Date.now() - minutesAgo * MINUTE, ...options },
        ),
      ),
    );

  it('empty queues have nothing that waits, and all of them are told', async () => {
    expect((await queues.health()).map((q) => q.name).sort()).toEqual([
      'deliver-pigeon',
      'embed',
      'harvest',
      'mail',
      'match',
      'notify',
      'read',
    ]);
    expect(await health()).toEqual({
      name: 'match',
      waiting: 0,
      delayed: 0,
      active: 0,
      failed: 0,
      oldestWaitingMs: null,
    });
  });

  it('the oldest of many that wait is found, though newer ones came by the hundred', async () => {
    await add(1, 20);
    await add(120, 1);
    const { waiting, oldestWaitingMs } = await health();
    expect(waiting).toBe(121);
    expect(oldestWaitingMs! / MINUTE).toBeCloseTo(20, 0);
    expect(await health('notify')).toMatchObject({ waiting: 0, oldestWaitingMs: null });
  });

  it('jobs that wait for their time do not count, those of a higher rank do', async () => {
    await add(3, 60, { delay: 600 * MINUTE });
    expect(await health()).toMatchObject({ waiting: 0, delayed: 3, oldestWaitingMs: null });
    await add(2, 30, { priority: 5 });
    const { waiting, oldestWaitingMs } = await health();
    expect(waiting).toBe(2);
    expect(oldestWaitingMs! / MINUTE).toBeCloseTo(30, 0);
  });

  it('what is worked on and what was given up is counted, and waits no more', async () => {
    let leave: () => void = () => undefined;
    const begun = new Promise<void>((begin) => {
      run = () =>
        new Promise((resolve) => {
          leave = () => resolve([]);
          begin();
        });
    });
    await add(1, 40);
    await workers.start();
    // The store marks it active a moment before it is run.
    await begun;
    expect(await health()).toMatchObject({ active: 1, waiting: 0, oldestWaitingMs: null });
    leave();
    await until('the end', async () => (await health()).active === 0);
    await queue().add('nothing', {});
    await until('the failure', async () => (await health()).failed === 1);
  });

  it('one that had its try and came back has waited since then, and not since it was added', async () => {
    run = () => {
      throw new Postponed(600 * MINUTE);
    };
    const [job] = await add(1, 300);
    await workers.start();
    await until('its try', async () => (await health()).delayed === 1);
    await workers.close(0);
    await (await queue().getJob(job!.id!))!.promote();
    expect((await health()).oldestWaitingMs).toBeLessThan(MINUTE);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { waiting, oldestWaitingMs } = await health();
    expect(waiting).toBe(1);
    expect(oldestWaitingMs).toBeGreaterThanOrEqual(300);
    await add(1, 10);
    expect((await health()).oldestWaitingMs! / MINUTE).toBeCloseTo(10, 0);
  });
}
