import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const STORY = '.story.ts';

/**
 * The stories of a folder as one test file, since the application, or the libraries of a rule, are loaded
 * anew for each file: half of all the time that the tests took. Each story starts what it needs, and what one
 * spies on or sets is taken back before the next.
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
