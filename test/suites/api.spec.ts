import { suite } from '../support/world.js';

suite(
  'features/api/world',
  'features/calls/world',
  'features/access/world',
  'features/mcp/world',
  'features/newsletters/world',
  'features/privacy/world',
  'features/wiring',
);
