import { suite } from '../support/world.js';

suite(
  'pages/across-institutes',
  'pages/decisions-stay-inside',
  'pages/let-in-later',
  'pages/newer-values',
  'pages/unsent-mail',
  'pages/fuzz',
);
