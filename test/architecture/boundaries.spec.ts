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
  modules: { source: string; dependencies: { resolved: string; dependencyTypes: string[] }[] }[];
  summary: { violations: Violation[]; totalCruised: number; ruleSetUsed: { forbidden: { name: string }[] } };
}

const ROOT = resolve(__dirname, '../..');
const CLI = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Runs as `npm run boundaries` does: the library is an ES module, which jest's module system cannot load. */
async function cruise(folder: string): Promise<Cruise> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CLI, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'],
    { cwd: folder, maxBuffer: 100_000_000 },
  );
  return JSON.parse(stdout) as Cruise;
}

/** Returns how many files of `src` each of them loads, itself not counted; types load nothing. */
function loads({ modules }: Cruise): Map<string, number> {
  const needs = new Map(
    modules.map(({ source, dependencies }) => [
      source,
      dependencies
        .filter((d) => d.resolved.startsWith('src/') && !d.dependencyTypes.includes('type-only'))
        .map((d) => d.resolved),
    ]),
  );
  const all = (from: string): Set<string> => {
    const found = new Set([from]);
    for (const file of found) for (const next of needs.get(file) ?? []) found.add(next);
    return found;
  };
  return new Map(
    [...needs.keys()]
      .filter((file) => /^src\/.*\.tsx?$/.test(file))
      .map((file) => [file, all(file).size - 1]),
  );
}
const share = (numbers: number[], part: number): number =>
  numbers.sort((a, b) => a - b)[Math.floor(numbers.length * part)]!;

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
  let loaded: Map<string, number>;
  let planted: Cruise['summary'];

  beforeAll(async () => {
    folder = plant(Object.assign({}, PACKAGES, LAWFUL, ...Object.values(BREACHES)) as Tree);
    const [ours, theirs] = await Promise.all([cruise(ROOT), cruise(folder)]);
    [house, planted, loaded] = [ours.summary, theirs.summary, loads(ours)];
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

  it('let a file be tried by itself: it loads a few others', () => {
    const median = share([...loaded.values()], 0.5);
    const domain = share(
      [...loaded].filter(([file]) => file.includes('/domain/')).map(([, files]) => files),
      0.9,
    );
    const of = (file: string): number => loaded.get(`src/${file}`)!;
    process.stdout.write(
      `${loaded.size} files of src; the median file loads ${median}, the ninth tenth of domain ${domain}\n`,
    );
    expect(median).toBeLessThanOrEqual(40);
    expect(domain).toBeLessThanOrEqual(40);
    expect(of('platform/mail/smtp.mailer.ts')).toBeLessThanOrEqual(25);
    expect(of('platform/config/settings.ts')).toBeLessThanOrEqual(40);
    expect(of('harvest/domain/scan-agreement.ts')).toBeLessThanOrEqual(30);
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
