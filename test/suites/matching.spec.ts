import { suite } from '../support/world.js';

suite(
  'features/matching/world',
  'features/meaning/world',
  'features/search/world',
  'features/reading/world',
  'features/profiles/world',
);
