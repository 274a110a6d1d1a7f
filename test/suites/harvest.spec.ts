import { suite } from '../support/world.js';

suite('features/harvest/world', 'features/harvest-faults', 'features/sources/world');
