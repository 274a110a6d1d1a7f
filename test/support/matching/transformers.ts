import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The version the tests run; users with their own model may have a newer one. */
const PACKAGE = '@huggingface/transformers@4.3.1';
const PATIENCE_MS = 240_000;
// The runtime for this machine's CPU is part of the package; without its script nothing more is downloaded
// for GPUs.
const OPTIONS = [
  'install',
  '--no-save',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  '--loglevel=error',
];

function install(): { folder: string; why: string | null } {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-transformers-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  try {
    execFileSync('npm', [...OPTIONS, PACKAGE], { cwd: folder, timeout: PATIENCE_MS, stdio: 'pipe' });
    return { folder, why: null };
  } catch (error) {
    return { folder, why: (error as Error).message.split('\n').slice(0, 2).join(' ') };
  }
}

/**
 * Runs tests with the package, which is installed outside the project: half a gigabyte that nothing else
 * needs. If it cannot be had (no network) they are skipped with a notice; in the project's CI they fail
 * instead.
 */
export function describeWithTransformers(name: string, tests: (importFrom: string) => void): void {
  const { folder, why } = install();
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (why === null) {
    return describe(name, () => {
      tests(folder);
      afterAll(remove);
    });
  }
  remove();
  if (process.env['CI'] === 'true')
    return describe(name, () => {
      it('has the package', () => {
        throw new Error(why);
      });
    });
  process.stderr.write(`\nLEFT OUT, "${name}" is not tested: ${why}\n`);
  describe.skip(name, () => tests(folder));
}
