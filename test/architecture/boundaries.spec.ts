import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { BREACHES, LAWFUL, PACKAGES, type Tree } from './planted-breaches.js';

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
  cycle?: { name: string }[];
}
interface Cruise {
  summary: { violations: Violation[]; totalCruised: number; ruleSetUsed: { forbidden: { name: string }[] } };
}

const ROOT = resolve(__dirname, '../..');
const CLI = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Runs as `npm run boundaries` does: the library is an ES module, which jest's module system cannot load. */
async function cruise(folder: string): Promise<Cruise['summary']> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CLI, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'],
    { cwd: folder, maxBuffer: 100_000_000 },
  );
  return (JSON.parse(stdout) as Cruise).summary;
}

function plant(tree: Tree): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'boundaries-')));
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('boundaries', () => {
  let folder: string;
  let house: Cruise['summary'];
  let planted: Cruise['summary'];

  beforeAll(async () => {
    folder = plant(Object.assign({}, PACKAGES, LAWFUL, ...Object.values(BREACHES)) as Tree);
    [house, planted] = await Promise.all([cruise(ROOT), cruise(folder)]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // A cycle is reported once, for one of its files.
  const concerns = (v: Violation, file: string): boolean =>
    v.from === file || !!v.cycle?.some((c) => c.name === file);
  const brokenBy = (file: string): string[] => [
    ...new Set(planted.violations.filter((v) => concerns(v, file)).map((v) => v.rule.name)),
  ];

  it('are kept by src', () => {
    expect(house.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)).toEqual([]);
    // A cruise that reads no files finds no violations either.
    expect(house.totalCruised).toBeGreaterThan(100);
  });

  it('have a planted breach for every rule', () => {
    // The order of the capabilities has one rule per capability.
    const rules = new Set(house.ruleSetUsed.forbidden.map((rule) => rule.name));
    expect(Object.keys(BREACHES).sort()).toEqual([...rules].sort());
  });

  it.each(
    Object.entries(BREACHES).flatMap(([rule, files]) => Object.keys(files).map((file) => [rule, file])),
  )('%s is seen to fail on %s, and no other rule is', (rule, file) => expect(brokenBy(file)).toEqual([rule]));

  it.each(Object.keys(LAWFUL))('let %s be', (file) => expect(brokenBy(file)).toEqual([]));
});
