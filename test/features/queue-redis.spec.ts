import { queueHealthSuite } from '../support/queue-health-suite.js';
import { ownRedis } from '../support/redis.js';
import { bullmqSuite } from '../support/bullmq-suite.js';

const url = ownRedis();

// A file of its own, and so a process state of its own: BullMQ's store is chosen once for the whole process.
if (url) {
  describe('the queue in Redis', () => bullmqSuite(() => ({ REDIS_URL: url })));
  describe('how the queues in Redis do', () => queueHealthSuite(() => ({ REDIS_URL: url })));
} else {
  process.stderr.write('\nTEST_REDIS_URL is not set: the queue is NOT tested on Redis.\n');
  it.skip('the queue in Redis: set TEST_REDIS_URL', () => undefined);
}
