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
  'e2e/replay',
  'e2e/replay-telling',
  'pages/across-institutes',
  'pages/browser-every-page',
  'features/notifications/world',
  'e2e/torture',
  'features/access/world',
  'features/queue',
  'features/queue-redis',
  'features/monitoring/world',
  'features/api/world',
  'pages/calls/world',
  'e2e/first-run',
  'e2e/killed',
  'e2e/backup-commands',
  'pages/second-wall',
  'e2e/preview-mail-command',
  'features/pipeline/world',
  'features/profiles/world',
  'e2e/replay-real-days',
  'pages/profile/world',
  'features/meaning/world',
  'features/matching/world',
  'e2e/reparse-command',
  'pages/people/world',
  'features/reading/world',
  'features/sources/world',
  'features/delivery/world',
  'e2e/embedded-postgres',
  'features/proposals/world',
  'features/calls/world',
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
