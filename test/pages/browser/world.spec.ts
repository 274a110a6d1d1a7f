import { closeChromium } from '../../support/pages/browser.js';
import { world } from '../../support/world.js';

world(__dirname);
afterAll(closeChromium);
