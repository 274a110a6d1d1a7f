import { suite } from '../support/world.js';

suite('features/proposals/world', 'features/pipeline/world', 'features/network/world');
