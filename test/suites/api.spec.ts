import { suite } from '../support/world.js';

suite('features/api/world', 'features/calls/world');
