import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const TESTS = resolve(__dirname, '..');
const table = readFileSync(join(TESTS, '../.github/ASVS.md'), 'utf8');

/** A test named in a row, and the words from its titles that identify the cases. */
interface Named {
  row: string;
  path: string;
  titles: string[];
}

/** "`a/b`: some words, others, `c/d`" names two tests, the first by words from two titles. */
function namedIn(text: string): Named[] {
  return [...text.matchAll(/^\| (?<row>[^|]+) \| (?:yes|no|partly|–) \|.*\|(?<tests>[^|]*)\|$/gm)].flatMap(
    (found) => {
      const { row, tests } = found.groups as { row: string; tests: string };
      return [...tests.matchAll(/`([^`]+)`(?:: ([^`]+))?/g)].map(([, path, titles]) => ({
        row,
        path: path!,
        titles: (titles ?? '')
          .split(',')
          .map((words) => words.trim())
          .filter(Boolean),
      }));
    },
  );
}

/** The text of a test: a file, named without its ending, or all files of a folder. */
function textOf(path: string): string | null {
  const at = join(TESTS, path);
  if (existsSync(at) && statSync(at).isDirectory())
    return readdirSync(at)
      .map((name) => readFileSync(join(at, name), 'utf8'))
      .join('\n');
  const file = ['.spec.ts', '.story.ts', '.spec.tsx']
    .map((end) => `${at}${end}`)
    .find((name) => existsSync(name));
  return file ? readFileSync(file, 'utf8') : null;
}

const problems = (named: Named[]): string[] =>
  named
    .filter(({ path }) => !path.startsWith('npm run '))
    .flatMap(({ row, path, titles }) => {
      const text = textOf(path);
      if (text === null) return [`${row}: there is no test ${path}`];
      return titles
        .filter((words) => !text.replaceAll("\\'", "'").includes(words))
        .map((words) => `${row}: ${path} has no "${words}"`);
    });

describe('the table of the security standard', () => {
  it('names tests that are there', () => {
    const named = namedIn(table);
    expect(named.length).toBeGreaterThan(150);
    expect(problems(named)).toEqual([]);
  });

  it('is noticed where one is gone, or its title', () => {
    const row =
      '| 1.1 | yes | how | `features/access/access`: says 401 without a token, never heard of, `features/none` |';
    expect(problems(namedIn(row))).toEqual([
      '1.1: features/access/access has no "never heard of"',
      '1.1: there is no test features/none',
    ]);
  });
});
