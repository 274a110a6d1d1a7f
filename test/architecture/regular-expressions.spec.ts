import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { growthOf } from './lint-rules.mjs';

interface Expression {
  path: string;
  source: string;
  flags: string;
}

const ROOT = resolve(__dirname, '../..');
/** Applied only to texts from the installation's operators, never to third-party text. */
const OF_THE_OPERATORS = /^src\/(platform\/config\/environment[\w-]*|app\/config\/vocabulary)\.ts$/;
/**
 * Built at the point of use from fixed parts: a literal text, a year, the name of a list in the form, the
 * words of somebody's name.
 */
const OUT_OF_LITERALS = [
  'src/calls/domain/related-calls.ts',
  'src/kernel/one-line.ts',
  'src/privacy/domain/traces.ts',
  'src/profiles/pages/profile-form.ts',
];

const makers = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path}`)
  .filter((path) => /\.tsx?$/.test(path) && readFileSync(join(ROOT, path), 'utf8').includes('new RegExp('))
  .filter((path) => !OF_THE_OPERATORS.test(path) && !OUT_OF_LITERALS.includes(path));

/**
 * Returns the expressions that the files create when loaded, by intercepting the constructor. Expressions
 * that a library creates while a file loads it count as the library's.
 */
async function madeBy(paths: string[]): Promise<Expression[]> {
  const made: Expression[] = [];
  const plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, given: [string, string?]) {
      const { source, flags } = new target(...given);
      const place = new Error()
        .stack!.split('\n')
        .find((line) => line.includes(`${ROOT}/src/`) || line.includes('/node_modules/'));
      const path = place?.includes(`${ROOT}/src/`) && /(\/[^():]+)[:)]/.exec(place)?.[1];
      if (path) made.push({ path: relative(ROOT, path), source, flags });
      return new target(source, flags);
    },
  });
  try {
    for (const path of paths) await import(join(ROOT, path));
  } finally {
    globalThis.RegExp = plain;
  }
  return made;
}

/**
 * An expression applied to third-party text may look at each character only a bounded number of times,
 * however long the text is. Those that stand in the code are looked at by the linter (`lint-rules.mjs`).
 */
describe('regular expressions that are put together', () => {
  it('are linear in the length of the text, whatever it is', async () => {
    const made = await madeBy(makers);
    expect(makers.filter((maker) => !made.some(({ path }) => path === maker))).toEqual([]);
    expect(made.length).toBeGreaterThan(40);
    expect(
      // Files load others, those of the operators too.
      made
        .filter(({ path }) => !OF_THE_OPERATORS.test(path))
        .flatMap((expression) => {
          const growth = growthOf(expression);
          return growth ? [`${expression.path} /${expression.source}/ ${growth}`] : [];
        }),
    ).toEqual([]);
  });
});

describe('what is said of an expression', () => {
  it.each([String.raw`\s+$`, '(a+)+$', String.raw`\d[^/]*$`, '<[^>]*>', String.raw`(?:\d{1,3}[ .]?)+ ?€`])(
    '/%s/ takes more than linear time',
    (source) => expect(growthOf({ source, flags: '' })).not.toBeNull(),
  );

  it.each([String.raw`(?<!\s)\s+$`, String.raw`\S{0,200}@`, '<[^<>]*>'])('/%s/ takes linear time', (source) =>
    expect(growthOf({ source, flags: '' })).toBeNull(),
  );
});
