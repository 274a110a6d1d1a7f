import Sequencer from '@jest/test-sequencer';
import { relative, sep } from 'node:path';

/**
 * The files with the most measured CPU seconds, and those that wait longest for servers. All others follow.
 */
const LONGEST = [
  'suites/browser',
  // In a fresh process, since it measures one.
  'pages/holds',
  // Waits for most of its time.
  'suites/queue',
  // In `npm test`, next to the first file that loads the application, two that do not: they find compiled
  // what it compiles meanwhile.
  'sources/funding-tenders-plan',
  'evaluation/judged-day',
  'suites/api',
  'suites/harvest',
  'suites/matching',
  'suites/messages',
  'suites/pages',
  'suites/apart',
  'suites/institutes',
  'suites/operation',
  'pages/row-level-security',
  'suites/persistence',
  'e2e/commands-beside',
  'e2e/first-run',
  'features/queue-redis',
  'features/delivery/world',
  'e2e/killed',
  'e2e/backup-commands',
  'e2e/replay',
  'e2e/replay-real-days',
  'e2e/json-log',
  'e2e/check-source-command',
  'e2e/embedded-postgres',
];

/**
 * On a clean checkout jest has no timings and goes by file size, which puts the worlds last (one or two lines
 * that read the stories of a folder): the longest would then run alone at the end while other workers idle.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const place = ({ path, context }) => {
      const name = relative(context.config.rootDir, path).split(sep).slice(1).join('/');
      const at = LONGEST.indexOf(name.replace(/\.spec\.ts$/, ''));
      return at < 0 ? LONGEST.length : at;
    };
    return sorted.sort((a, b) => place(a) - place(b));
  }
}
