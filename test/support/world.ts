import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const STORY = '.story.ts';

/**
 * Runs the stories of a folder as one test file: the application, or a rule's libraries, would be reloaded
 * per file, which took half of all test time. Each story starts what it needs; spies and settings are undone
 * before the next.
 */
export function world(folder: string): void {
  const stories = readdirSync(folder)
    .filter((name) => name.endsWith(STORY))
    .sort();
  for (const name of stories) {
    describe(name.slice(0, -STORY.length), () => {
      jest.requireActual(join(folder, name));
      afterAll(() => {
        jest.restoreAllMocks();
      });
    });
  }
}

/**
 * Runs several of such files as one, as `npm test` does: each that loads the application takes three seconds
 * of a processor before its first test. Each of them runs by itself, too.
 */
export function suite(...files: string[]): void {
  for (const file of files)
    describe(file, () => {
      jest.requireActual(resolve(__dirname, '..', `${file}.spec`));
    });
}
