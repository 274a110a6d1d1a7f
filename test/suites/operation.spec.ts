import { suite } from '../support/world.js';

suite('features/monitoring/world', 'features/disk-full', 'features/disks-and-database');
