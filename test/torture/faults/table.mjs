/** Tries faults one after the other, each in its own process, and prints each result as a row. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { HEAD, isGood, rowOf } from './judging.mjs';

const ONE = fileURLToPath(new URL('one.mjs', import.meta.url));
const NOTES = 20;
const say = (text) => process.stdout.write(`${text}\n`);

/** Returns a process's standard output and exit status; stderr is inherited. */
async function run(file, args) {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  const [status] = await once(child, 'close');
  process.off('exit', stop);
  return { status, output };
}

/** Returns the result of a fault; null if it could not be completed. */
async function tried(name, asked) {
  const { status, output } = await run(ONE, [JSON.stringify({ ...asked, name })]);
  return status === 0 ? JSON.parse(output.trim().split('\n').at(-1)) : null;
}

/** Prints the table; returns whether all was good. */
export async function tryFaults(faults, asked) {
  const rows = [];
  let good = true;
  for (const { name, title } of faults) {
    const shown = await tried(name, asked);
    good &&= isGood(shown);
    rows.push(rowOf(title, shown));
    for (const kind of ['lost', 'doubled', 'wrong'])
      for (const note of (shown?.[kind] ?? []).slice(0, NOTES)) say(`${name}: ${kind}: ${note}`);
  }
  [...HEAD, ...rows].forEach(say);
  return good;
}
