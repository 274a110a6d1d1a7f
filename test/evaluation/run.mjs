/**
 * `npm run evaluate -- --search` compares the search of calls with a search library and with PostgreSQL alone, on
 * judged queries; anything else is the command that evaluates the matching.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const args = process.argv.slice(2);
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const what =
  args[0] === '--search'
    ? [jest, 'test/features/search', '--selectProjects', 'integration', '-t', 'what officers type']
    : [join(root, 'dist', 'cli.js'), 'evaluate', ...args];
const cwd = args[0] === '--search' ? root : process.cwd();
process.exit(spawnSync(process.execPath, what, { stdio: 'inherit', cwd }).status ?? 1);
