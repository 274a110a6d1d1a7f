import { world } from '../../support/world.js';

world(__dirname);
