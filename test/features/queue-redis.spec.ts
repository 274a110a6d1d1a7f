import { queueHealthSuite } from '../support/queue/queue-health-suite.js';
import { ownRedis } from '../support/queue/redis.js';
import { bullmqSuite } from '../support/queue/bullmq-suite.js';
import type { Environment } from '../../src/platform/config/environment.js';
import { bullmqDriver } from '../../src/platform/queue/bullmq/bullmq-driver.js';
import { lineTo } from '../support/database/database-line.js';
import { until } from '../support/until.js';
import { MATCH } from '../../src/profiles/jobs.js';
import { job } from '../../src/platform/queue/job.js';

const url = ownRedis();

// A separate file means a separate process state: BullMQ's store is chosen once per process.
if (url) {
  describe('the queue in Redis', () => bullmqSuite(() => ({ REDIS_URL: url })));
  describe('how the queues in Redis do', () => queueHealthSuite(() => ({ REDIS_URL: url })));
  describe('a Redis that is gone', () => {
    it('lets nobody wait who adds or counts jobs, until it is there again', async () => {
      const line = await lineTo(url);
      const driver = await bullmqDriver({ REDIS_URL: line.url } as Environment, [], false);
      const queues = driver.queues();
      try {
        await queues.ready();
        await line.cut();
        // Not only after the next reconnection attempt, which comes later each time.
        const away = "Stream isn't writeable";
        await until('the loss to be noticed', () =>
          queues.counts().then(
            () => false,
            () => true,
          ),
        );
        await expect(queues.counts()).rejects.toThrow(away);
        await expect(queues.add([job(MATCH, { profileId: 'leti' })])).rejects.toThrow(away);
        await line.open();
        await until('an answer', () => queues.counts());
      } finally {
        await line.open().catch(() => undefined);
        await queues.close();
        await line.cut();
      }
    });
  });
} else {
  process.stderr.write('\nTEST_REDIS_URL is not set: the queue is NOT tested on Redis.\n');
  it.skip('the queue in Redis: set TEST_REDIS_URL', () => undefined);
}
