/**
 * `npm run check`: the files that differ from main, formatted, linted, typed, and the unit tests that load them, in some seconds. What it leaves out
 * (features, pages, processes) is in `.ci/run`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const git = (...args) =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n');

function base() {
  for (const name of ['@{upstream}', 'main', 'origin/main'])
    try {
      return git('merge-base', 'HEAD', name)[0];
    } catch {
      // There is none by that name.
    }
  return 'HEAD';
}

const changed = [
  ...git('diff', '--name-only', base()),
  ...git('ls-files', '--others', '--exclude-standard'),
].filter((file) => file && existsSync(file));
const code = changed.filter((file) => /\.(tsx?|[cm]?js)$/.test(file));
const typed = changed.filter((file) => /\.tsx?$/.test(file));

const bin = (name) => `node_modules/${name}`;
const CHECKS = {
  format: changed.length && [
    bin('prettier/bin/prettier.cjs'),
    '--check',
    '--ignore-unknown',
    '--log-level',
    'warn',
    ...changed,
  ],
  lint: code.length && [bin('oxlint/bin/oxlint'), ...code],
  types: typed.length && [bin('typescript-7/bin/tsc'), '-p', 'test'],
  'unit tests': typed.length && [
    bin('jest/bin/jest.js'),
    '--selectProjects',
    'unit',
    '--passWithNoTests',
    '--silent',
    '--findRelatedTests',
    ...typed,
  ],
};

/** Prints what a check says only if it fails. */
const run = ([name, args]) =>
  new Promise((resolve) => {
    const from = Date.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const out of [child.stdout, child.stderr]) out.on('data', (text) => (said += text));
    child.on('close', (status) => {
      console.log(
        `${status === 0 ? 'ok    ' : 'FAILED'} ${name}, ${Math.round((Date.now() - from) / 1000)} s`,
      );
      if (status !== 0) console.log(said);
      resolve(status === 0);
    });
  });

const results = await Promise.all(
  Object.entries(CHECKS)
    .filter(([, args]) => args)
    .map(run),
);
console.log(`${changed.length} changed files`);
process.exitCode = results.every(Boolean) ? 0 : 1;
