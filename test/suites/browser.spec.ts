import { suite } from '../support/world.js';

suite('pages/browser/world', 'pages/browser-every-page');
