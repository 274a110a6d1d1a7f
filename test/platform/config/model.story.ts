import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../../src/platform/config/config-error.js';
import { readModel } from '../../../src/app/config/learned-model.js';
import '../../support/signals.js';

describe('what was learned', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'carnot-europe-model-'));
    cpSync(join(__dirname, '../../../config/model'), join(folder, 'model'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const weigh = (change: (text: string) => string): void => {
    const path = join(folder, 'model/weights.yaml');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  const problem = (): string => {
    try {
      readModel(folder);
    } catch (error) {
      return (error as ConfigError).problems.join('\n');
    }
    return '';
  };

  it('is read as it is shipped, and is small', () => {
    const { vectors, weights } = readModel(folder);
    expect(weights.model).toBe(vectors.model);
    expect(readFileSync(join(folder, 'model/vectors.bin')).length).toBeLessThan(10_000_000);
  });

  it.each([
    [
      'a file is cut off',
      () =>
        writeFileSync(
          join(folder, 'model/vectors.bin'),
          readFileSync(join(folder, 'model/vectors.bin')).subarray(0, 5_000),
        ),
      /vectors\.bin cannot be read: .*Fix: /,
    ],
    [
      'a file is missing',
      () => rmSync(join(folder, 'model/vectors.bin')),
      /vectors\.bin cannot be read: .*Fix: /,
    ],
    [
      'they were not learned together',
      () =>
        writeFileSync(
          join(folder, 'model/weights.yaml'),
          readFileSync(join(folder, 'model/weights.yaml'), 'utf8').replace(/^model: .*/m, 'model: other'),
        ),
      /belongs to other\. Fix: /,
    ],
    [
      'a weight is below 0',
      () =>
        writeFileSync(
          join(folder, 'model/weights.yaml'),
          readFileSync(join(folder, 'model/weights.yaml'), 'utf8').replace(
            / {2}meaning: .*/,
            '  meaning: -1',
          ),
        ),
      /weights\.yaml:\d+:\d+ written\.meaning: /,
    ],
    [
      'a weight is of no signal',
      () => weigh((text) => text.replace('  words: ', '  luck: 1\n  words: ')),
      /weights\.yaml:\d+:\d+ written\.luck: does not match any signal; use one of: words, meaning,/,
    ],
    [
      'a weight is missing',
      () => weigh((text) => text.replace(/ {2}meaning: .*\n/, '')),
      /written\.meaning: is required/,
    ],
  ])('stops the start where %s', (_what, spoil, said) => {
    spoil();
    expect(problem()).toMatch(said);
  });
});
