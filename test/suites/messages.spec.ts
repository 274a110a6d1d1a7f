import { suite } from '../support/world.js';

suite('features/notifications/world', 'features/delivery/world');
