import { suite } from '../support/world.js';

suite('pages/calls/world', 'pages/people/world', 'pages/profile/world');
