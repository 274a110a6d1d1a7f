/**
 * How long each text holds the process, and thereby everybody else: all shapes of text, sent in every way in
 * which a route takes one, among as many calls as are open at a time. Printed is the longest turn of the event
 * loop, in time of the processor.
 *
 *   npm run bench -- holds ['one letter']
 *
 * It is the walk of `test/pages/holds.spec.ts`; a name restricts it to one shape.
 */
import { spawnSync } from 'node:child_process';

const [shape] = process.argv.slice(2);
process.exit(
  spawnSync(
    'npx',
    ['jest', 'test/pages/holds', '--selectProjects', 'integration', ...(shape ? ['-t', `of ${shape},`] : [])],
    { stdio: 'inherit', env: { ...process.env, HOLDS: 'all' } },
  ).status ?? 1,
);
