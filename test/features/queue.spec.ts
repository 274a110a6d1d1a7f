import { z } from 'zod';
import { NO_ROWS } from '../../src/platform/database/request-context.js';
import { defineJob, type JobDefinition, jobsByName } from '../../src/platform/queue/job.js';
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

describe('a program with its jobs wired only in part', () => {
  const data = z.strictObject({});
  const rows = { forJob: () => NO_ROWS };
  const [dream, wake] = ['dream', 'wake'].map((name) => defineJob({ name, queue: 'mail', data, rows })) as [
    JobDefinition,
    JobDefinition,
  ];
  const run = { run: () => Promise.resolve([]) };
  const wired =
    (found: JobDefinition[], defined = [dream, wake]) =>
    () =>
      jobsByName(
        found.map((definition) => ({ definition, runs: run })),
        defined,
      );

  it('refuses to start where a job is queued and nothing runs it, and names it', () => {
    expect(wired([dream])).toThrow(/wake has none/);
  });

  it('refuses to start where two classes run one job', () => {
    expect(wired([dream, wake, wake])).toThrow(/exactly one class .* wake has 2/);
  });

  it('refuses to start with a class for a job that is not defined', () => {
    expect(wired([dream, wake], [dream])).toThrow(/wake is not defined/);
  });

  it('refuses two jobs of one name', () => {
    expect(() => defineJob({ name: 'dream', queue: 'mail', data, rows })).toThrow(/two jobs called dream/);
  });

  it('starts where each job has a class', () => {
    expect([...wired([dream, wake])().keys()]).toEqual(['dream', 'wake']);
  });
});
