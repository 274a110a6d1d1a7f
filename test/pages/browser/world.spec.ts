import { closeChromium } from '../../support/browser.js';
import { world } from '../../support/world.js';

world(__dirname);
afterAll(closeChromium);
