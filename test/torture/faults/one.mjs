/**
 * Runs one fault in its own process, since BullMQ keeps one store per process; prints the result as a line of
 * JSON.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS } from './faults.mjs';

const { name, ...asked } = JSON.parse(process.argv[2]);
const { faults } = await import(FAULTS.find((one) => one.name === name).file);
const fault = faults[name];
const folder = mkdtempSync(join(tmpdir(), `carnot-europe-torture-${name}-`));
// The servers do not run as root and need to traverse to their own files.
chmodSync(folder, 0o711);
if (!process.env.TORTURE_KEEP)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
const began = performance.now();
const say = (text) =>
  process.stderr.write(
    `${String(Math.round((performance.now() - began) / 1_000)).padStart(4)} s  ${name}: ${text}\n`,
  );
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
let status = 0;
try {
  const shown = await fault.run({ folder, asked, say });
  const wrong = [...(shown.wrong ?? []), ...(fault.judge?.(shown) ?? [])];
  process.stdout.write(
    `${JSON.stringify({ ...shown, expected: undefined, wrong, tookMs: performance.now() - began })}\n`,
  );
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  status = 1;
}
process.exit(status);
