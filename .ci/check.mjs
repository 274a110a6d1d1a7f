/**
 * `npm run check`: the files that differ from main are formatted, linted and typed, and the unit tests that load them pass. Some seconds; what it
 * leaves out (features, pages, processes) is in `.ci/run`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What more test files than these load takes longer than one wants to wait: `npm run test:unit`. */
const MOST_TESTS = 12;

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

/** Runs a program of a package; returns its status, and what it said. */
const run = (program, ...args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [`node_modules/${program}`, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const out of [child.stdout, child.stderr]) out.on('data', (text) => (said += text));
    child.on('close', (status) => resolve({ status, said }));
  });

const jest = (...args) => run('jest/bin/jest.js', '--selectProjects', 'unit', ...args);
async function unitTests() {
  const { said } = await jest('--listTests', '--findRelatedTests', ...typed);
  const tests = said.split('\n').filter((line) => line.endsWith('.spec.ts'));
  if (tests.length === 0) return { status: 0, said };
  if (tests.length <= MOST_TESTS) return jest('--silent', '--runTestsByPath', ...tests);
  console.log(`LEFT OUT unit tests: ${tests.length} files load what changed; npm run test:unit`);
  return { status: 0, said };
}

const CHECKS = {
  format: [
    changed,
    () => run('prettier/bin/prettier.cjs', '--check', '--ignore-unknown', '--log-level', 'warn', ...changed),
  ],
  lint: [code, () => run('oxlint/bin/oxlint', ...code)],
  types: [typed, () => run('typescript-7/bin/tsc', '-p', 'test')],
  'unit tests': [typed, unitTests],
};

console.log(`${changed.length} files differ from ${base().slice(0, 8)}`);
const failed = await Promise.all(
  Object.entries(CHECKS).map(async ([name, [files, check]]) => {
    if (files.length === 0) return false;
    const from = Date.now();
    const { status, said } = await check();
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}, ${Math.round((Date.now() - from) / 1000)} s`);
    if (status !== 0) console.log(said);
    return status !== 0;
  }),
);
process.exitCode = failed.some(Boolean) ? 1 : 0;
