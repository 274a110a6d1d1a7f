import { suite } from '../support/world.js';

suite('features/queue', 'features/queue-redis');
