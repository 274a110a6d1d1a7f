import { readFileSync } from 'node:fs';
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
});
