import { suite } from '../support/world.js';

suite(
  'features/monitoring/world',
  'features/queue',
  'features/queue-redis',
  'features/disk-full',
  'features/disks-and-database',
);
