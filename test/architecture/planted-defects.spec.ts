import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFECTS } from '../planted/defects.mjs';

const ROOT = resolve(__dirname, '../..');

describe('the defects that are planted to try the tests', () => {
  it('have their place in the sources still, each exactly one', () => {
    const lost = DEFECTS.filter(
      ({ file, from }) => readFileSync(resolve(ROOT, file), 'utf8').split(from).length !== 2,
    );
    expect(lost.map(({ is, file }) => `${is}: ${file}`)).toEqual([]);
    expect(DEFECTS.length).toBeGreaterThanOrEqual(35);
  });

  it('are looked for by tests that each change has to pass', () => {
    const asked = DEFECTS.flatMap(({ asks }) => asks.split(' '));
    expect(asked.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
    // What waits for a release is not among them: `.ci/release` plants all without RELEASE.
    expect(readFileSync(resolve(ROOT, '.ci/release'), 'utf8')).toMatch(
      /^step planted env -u RELEASE npm run planted$/m,
    );
  });
});
