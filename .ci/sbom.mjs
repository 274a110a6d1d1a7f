/**
 * Writes the list of packages that an installation has, as CycloneDX: `npm run -s sbom > sbom.cdx.json`. It is npm's own, cut down to what the lock
 * file does not call of development. npm's `--omit dev` leaves out some that the program needs (yaml, zod), and npm tells of several copies of one
 * version what holds for the first.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ROOT = new URL('..', import.meta.url);
const ASKED = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
const DEVELOPMENT = 'cdx:npm:package:development';

const { name, packages } = JSON.parse(readFileSync(new URL('package-lock.json', ROOT), 'utf8'));
const installed = new Set(
  Object.entries(packages).flatMap(([path, { version, dev }]) =>
    path && !dev ? [`${path.replace(/^.*node_modules\//, '')}@${version}`] : [],
  ),
);
const all = JSON.parse(execFileSync('npm', ASKED, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 }));
const components = all.components
  .filter((one) => installed.has(`${one.name}@${one.version}`))
  .map((one) => ({ ...one, properties: one.properties.filter((of) => of.name !== DEVELOPMENT) }));
const refs = new Set([all.metadata.component, ...components].map((one) => one['bom-ref']));
const dependencies = all.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
// npm calls it by the name of its folder.
all.metadata.component.name = name;
process.stdout.write(`${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`);
