import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const TESTS = resolve(__dirname, '..');
/** Run by themselves (`jest.config.mjs`). */
const ALONE = ['pages/holds', 'pages/row-level-security'];

describe('the suites of `npm test`', () => {
  it('contain each test of persistence, features and pages once', () => {
    const written = ['persistence', 'features', 'pages'].flatMap((folder) =>
      readdirSync(join(TESTS, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.spec.ts'))
        .map((name) => `${folder}/${name.replace('.spec.ts', '')}`),
    );
    const run = readdirSync(join(TESTS, 'suites')).flatMap((name) =>
      [
        ...readFileSync(join(TESTS, 'suites', name), 'utf8').matchAll(
          /'((?:persistence|features|pages)\/[^']+)'/g,
        ),
      ].map(([, file]) => file!),
    );
    expect([...run, ...ALONE].sort()).toEqual(written.sort());
  });
});
