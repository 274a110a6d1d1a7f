/** Runs a benchmark of this folder by name: `npm run bench -- matching [its own options]`. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const names = readdirSync(import.meta.dirname)
  .filter((f) => f.endsWith('.mjs') && f !== 'run.mjs')
  .map((f) => f.slice(0, -4));
const [name, ...others] = process.argv.slice(2);
if (!names.includes(name)) {
  process.stderr.write(`Which benchmark? npm run bench -- ${names.join(' | ')}\n`);
  process.exit(1);
}
process.exit(
  spawnSync(process.execPath, [join(import.meta.dirname, `${name}.mjs`), ...others], { stdio: 'inherit' })
    .status ?? 1,
);
