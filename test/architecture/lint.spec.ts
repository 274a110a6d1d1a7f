import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint');
const [DOMAIN, STORY] = ['src/calls/domain/x.ts', 'test/features/calls/x.story.ts'];
const wide = 'x'.repeat(110);

/** A file, a text in it, and the rule that it breaks. */
const BREACHES: [string, string, string][] = [
  [DOMAIN, `// ${wide}`, 'house(comment-width)'],
  [DOMAIN, `/**\n * ${wide}\n */`, 'house(comment-width)'],
  [DOMAIN, `// ${'TO'}${'DO'}: later`, 'eslint(no-warning-comments)'],
  [DOMAIN, 'export const x = new Date();', 'house(no-clock)'],
  [DOMAIN, 'export const x = Date.now();', 'eslint(no-restricted-properties)'],
  [DOMAIN, 'export const x = DateTime.now();', 'eslint(no-restricted-properties)'],
  [DOMAIN, 'export const x = Math.random();', 'eslint(no-restricted-properties)'],
  [DOMAIN, "export const x = process.env['X'];", 'eslint(no-restricted-properties)'],
  [
    DOMAIN,
    "import { randomUUID } from 'node:crypto';\nexport const x = randomUUID;",
    'eslint(no-restricted-imports)',
  ],
  [DOMAIN, 'export const x = await fetch(url);', 'eslint(no-restricted-globals)'],
  ['src/kernel/x.ts', 'export const x = new Date();', 'house(no-clock)'],
  ['src/harvest/sources/x/x.ts', 'export const x = Date.now();', 'eslint(no-restricted-properties)'],
  ['src/app/x.ts', "console.log('x');", 'eslint(no-console)'],
  ['src/app/x.ts', 'await import(path);', 'house(computed-import)'],
  ['src/app/x.ts', 'await import(`../harvest/sources/${id}.js`);', 'house(computed-import)'],
  ['src/app/x.ts', String.raw`export const x = /\s+$/;`, 'house(linear-expressions)'],
  ['src/app/x.ts', "export const T = { en: 'Open', fr: 'Ouvert' };", 'house(texts-in-catalogues)'],
  [
    'src/app/x.ts',
    'export const T = { en: (n: number) => `${n} open`, fr: (n: number) => `${n} ouverts` };',
    'house(texts-in-catalogues)',
  ],
  [
    'src/app/x.ts',
    "export const T = { fr: { open: 'Ouvert' }, en: { open: 'Open' } };",
    'house(texts-in-catalogues)',
  ],
  ['src/app/x.ts', "export const t = language === 'fr' ? 'Clos' : 'Closed';", 'house(texts-in-catalogues)'],
  [
    'src/app/x.ts',
    "export const t = v.language === 'fr' ? '\\u00a0: ' : ': ';",
    'house(texts-in-catalogues)',
  ],
  [
    'src/app/x.ts',
    "export const t = 'en' === language ? `${n} open` : `${n} ouverts`;",
    'house(texts-in-catalogues)',
  ],
  ['src/app/x.ts', "export const t = 'Prolongé';", 'house(texts-in-catalogues)'],
  ['src/app/x.ts', 'export const t = `l’appel ${id}`;', 'house(texts-in-catalogues)'],
  ['src/app/x.tsx', 'export const T = () => <p>Échéance</p>;', 'house(texts-in-catalogues)'],
  [STORY, 'setTimeout(resolve, 500);', 'eslint(no-restricted-globals)'],
  [
    'src/calls/x.ts',
    "import { NotFoundException } from '@nestjs/common';\nexport const x = new NotFoundException('No call.');",
    'eslint(no-restricted-imports)',
  ],
  [
    STORY,
    "import { eventually } from '../../support/until.js';\neventually('it');",
    'eslint(no-restricted-imports)',
  ],
  [STORY, 'jest.retryTimes(1);', 'eslint(no-restricted-properties)'],
  [STORY, 'jest.setTimeout(60_000);', 'eslint(no-restricted-properties)'],
  [STORY, "it('ends', () => undefined, 60_000);", 'house(no-time-limit)'],
  [STORY, "it.each([1])('ends %i', () => undefined, 60_000);", 'house(no-time-limit)'],
];

const LAWFUL: [string, string][] = [
  [DOMAIN, 'export const x = new Date(0);'],
  ['src/app/x.ts', "export const TEXTS = messages({ name: { en: 'Open', fr: 'Ouvert' } });"],
  ['src/app/x.ts', 'export const S = z.object({ en: z.string(), fr: z.string() });'],
  ['src/app/x.ts', "t(missing === 'fr' ? 'confirm.only-english' : 'confirm.only-french');"],
  ['src/app/x.ts', "export const other = language === 'fr' ? 'en' : 'fr';"],
  ['src/app/x.ts', "export const t = 'the caller’s own';"],
  ['src/app/x.ts', String.raw`export const x = /(?<!\s)\s+$/;`],
  ['src/i18n/x.ts', "export const t = 'Prolongé';"],
  ['src/harvest/source-registry.ts', 'await import(path);'],
  [STORY, "import { until } from '../../support/until.js';\nuntil('it');"],
  ['test/features/api/health.story.ts', 'setTimeout(resolve, 500);'],
];

/** Returns the rules that each of these files breaks. */
function brokenBy(files: [string, string][]): string[][] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lint-')));
  try {
    const config = JSON.parse(readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8')) as Record<string, unknown>;
    // Types would need the libraries of each planted file.
    const here = { ...config, options: {}, jsPlugins: [join(__dirname, 'lint-rules.mjs')] };
    writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(here));
    const paths = files.map(([path, text], i) => {
      const name = path.replace('/x.', `/x${i}.`);
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      return name;
    });
    const { stdout } = spawnSync(process.execPath, [OXLINT, '--format', 'json', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    return paths.map((path) => [
      ...new Set(diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code)),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the rules of the linter', () => {
  it('are broken by each planted breach, and no other rule is', () => {
    const broken = brokenBy(BREACHES.map(([path, text]) => [path, text]));
    expect(BREACHES.map(([path, text], i) => [path, text, ...broken[i]!])).toEqual(BREACHES);
  });

  it('let be what they are not about', () => {
    const broken = brokenBy(LAWFUL);
    expect(LAWFUL.filter((_, i) => broken[i]!.length > 0)).toEqual([]);
  });
});
