import Sequencer from '@jest/test-sequencer';
import { relative, sep } from 'node:path';

/**
 * The files with the most measured CPU seconds, and those that wait longest for servers. All others follow.
 */
const LONGEST = [
  'pages/browser/world',
  // Next to the first file that loads the application, two that do not: they find compiled what it compiles
  // meanwhile.
  'sources/funding-tenders-plan',
  'evaluation/judged-day',
  'features/harvest/world',
  'e2e/commands-beside',
  'e2e/first-run',
  'features/notifications/world',
  'pages/browser-every-page',
  'pages/across-institutes',
  'features/queue',
  'features/queue-redis',
  'features/monitoring/world',
  'features/access/world',
  'features/api/world',
  'features/matching/world',
  'e2e/killed',
  'e2e/backup-commands',
  'e2e/replay',
  'pages/holds',
  'pages/calls/world',
  'features/reading/world',
  'pages/profile/world',
  'features/pipeline/world',
  'e2e/replay-real-days',
  'e2e/json-log',
  'pages/people/world',
  'features/profiles/world',
  'features/sources/world',
  'features/calls/world',
  'features/harvest-faults',
  'features/proposals/world',
  'pages/row-level-security',
  'e2e/check-source-command',
  'pages/fuzz',
  'features/meaning/world',
  'features/delivery/world',
  'features/together/world',
  'e2e/embedded-postgres',
  'persistence/backup',
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
