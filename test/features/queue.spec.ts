import { JOBS, type JobName, type Processor } from '../../src/kernel/jobs.js';
import { ProcessorRunner } from '../../src/platform/queue/processor-runner.js';
import { bullmqSuite } from '../support/queue/bullmq-suite.js';
import { freshDatabase } from '../support/database/database.js';
import { queueHealthSuite } from '../support/queue/queue-health-suite.js';
import { OrderedQueue } from '../support/queue/ordered-queue.js';
import { CHANNELS, queueSuite } from '../support/queue/queue-suite.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

describe('the queue in PostgreSQL', () => bullmqSuite(() => ({ DATABASE_URL: database.url })));
describe('how the queues in PostgreSQL do', () => queueHealthSuite(() => ({ DATABASE_URL: database.url })));

describe('the queue that tests work off in order', () =>
  queueSuite(async () => {
    const queue = new OrderedQueue(CHANNELS);
    return {
      driver: queue,
      idle: async () => {
        await queue.run();
      },
      now: () => queue.now,
      endings: async () => queue.endings(),
      close: async () => undefined,
    };
  }));

describe('workers that are wired only in part', () => {
  const stages = (Object.keys(JOBS) as JobName[]).map((job): Processor => ({
    job,
    run: () => Promise.resolve([]),
  }));
  const wired = (all: Processor[]) => () => new ProcessorRunner({} as never, all);

  it('refuse to start where a job has no stage, and name it', () => {
    expect(wired(stages.filter((s) => s.job !== 'judge'))).toThrow(/without one: judge/);
  });

  it('refuse to start where a job has two stages', () => {
    expect(wired([...stages, stages[0]!])).toThrow(/exactly one stage/);
  });

  it('refuse to start with a stage for a job that there is not', () => {
    expect(wired([...stages, { job: 'dream' as never, run: () => Promise.resolve([]) }])).toThrow(/dream/);
  });
});
