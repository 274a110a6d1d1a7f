import { suite } from '../support/world.js';

suite(
  'persistence/backup',
  'persistence/backups-by-themselves',
  'persistence/belonging',
  'persistence/embedding',
  'persistence/limits',
  'persistence/lists-read-what-is-open',
  'persistence/old-code',
  'persistence/prepared-statements',
  'persistence/released',
  'persistence/row-level-security',
  'persistence/schema',
  'persistence/sealed',
);
