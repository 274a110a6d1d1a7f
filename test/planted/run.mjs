#!/usr/bin/env node
/**
 * Plants one defect after the other in a copy of the sources and checks that the tests of that place find it.
 *
 *   node test/planted/run.mjs [--checkout FOLDER] [--before] [--only 3]
 *
 * `--checkout` names another checkout, with packages installed and built; `--before` runs the test files that
 * held the tests then. Planted defects are reverted, also on interruption. Exit status 1 if a defect is not
 * found.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFECTS } from './defects.mjs';

const { values } = parseArgs({
  options: {
    checkout: { type: 'string', default: resolve(import.meta.dirname, '../..') },
    before: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});
let restore = () => undefined;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    restore();
    process.exit(130);
  });

function plant({ file, from, to }) {
  const path = join(values.checkout, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) return false;
  restore = () => writeFileSync(path, text);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  return true;
}

/** Returns how many tests failed, and how many there were. */
function asked(files, named) {
  const args = [
    'node_modules/jest/bin/jest.js',
    ...files.split(' '),
    ...(named ? ['-t', named] : []),
    '--json',
    '--silent',
    '-w',
    '2',
  ];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: values.checkout,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const { numFailedTests, numPassedTests } = JSON.parse(stdout.slice(stdout.indexOf('{"')));
  return { failed: numFailedTests, of: numFailedTests + numPassedTests };
}

let missed = 0;
for (const [i, defect] of DEFECTS.entries()) {
  const files = values.before && defect.before !== undefined ? defect.before : defect.asks;
  if (files === null || (values.only && Number(values.only) !== i + 1)) continue;
  if (!plant(defect)) {
    console.log(`${i + 1}. ${defect.is}: could not be planted`);
    missed += values.before ? 0 : 1;
    continue;
  }
  try {
    const { failed, of } = asked(files, values.before ? undefined : defect.named);
    if (!failed) missed += 1;
    console.log(`${i + 1}. ${defect.is}: ${failed ? `found by ${failed} of ${of}` : `NOT FOUND by ${of}`}`);
  } finally {
    restore();
  }
}
console.log(missed ? `${missed} not found` : 'all found');
process.exit(missed ? 1 : 0);
