import { suite } from '../support/world.js';

suite('features/access/world', 'features/privacy/world', 'features/wiring');
