import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

interface Expression {
  at: string;
  source: string;
  flags: string;
}
interface Verdict {
  status: 'safe' | 'vulnerable' | 'unknown';
  growth: string;
  attack: string;
}

const ROOT = resolve(__dirname, '../..');
const JUDGE = join(__dirname, 'judge-expressions.mjs');
/**
 * The expressions found to be linear, with the version of the checker: checking all of them takes minutes and
 * always gives the same result.
 */
const JUDGED = join(__dirname, 'judged-expressions.txt');
const VERSION = `recheck ${(JSON.parse(readFileSync(join(ROOT, 'node_modules/recheck/package.json'), 'utf8')) as { version: string }).version}`;
const markOf = ({ source, flags }: Expression): string =>
  createHash('sha256').update(`/${source}/${flags}`).digest('hex').slice(0, 16);

/** Applied only to texts from the installation's operators or their programs, never to third-party text. */
const OF_THE_OPERATORS =
  /^src\/platform\/(config\/(environment[\w-]*|plain-vocabulary)|database\/embedded\/[\w-]+)\.ts:/;

/**
 * Built at the point of use from fixed parts: a literal text, a year, the name of a list in the form, the
 * words of somebody's name.
 */
const OUT_OF_LITERALS = [
  'src/calls/domain/page/edition.ts',
  'src/notifications/domain/delivery/redacted.ts',
  'src/privacy/domain/traces.ts',
  'src/profiles/pages/profile-form.ts',
];

const FILES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path}`)
  .filter((path) => /\.(tsx?|mjs)$/.test(path) && !path.startsWith('src/app/database/migrations/'))
  .sort();

/** The regular expression literals in a file, and the lines that build one from a text. */
function writtenIn(path: string, text: string): { literals: Expression[]; made: string[] } {
  const [literals, made]: [Expression[], string[]] = [[], []];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    const at = `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      literals.push({ at, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    if (ts.isNewExpression(node) && node.expression.getText(file) === 'RegExp') made.push(at);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { literals, made };
}

/**
 * Returns the expressions that the files create when loaded, by intercepting the constructor. Expressions
 * that a library creates while a file loads it count as the library's.
 */
async function madeBy(paths: string[]): Promise<Expression[]> {
  const heard: Expression[] = [];
  const plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, given: [string, string?]) {
      const made = new target(...given);
      const place = new Error()
        .stack!.split('\n')
        .find((line) => line.includes(`${ROOT}/src/`) || line.includes('/node_modules/'));
      const path = place?.includes(`${ROOT}/src/`) && /(\/[^():]+)[:)]/.exec(place)?.[1];
      if (path) heard.push({ at: `${relative(ROOT, path)}:made`, source: made.source, flags: made.flags });
      return made;
    },
  });
  try {
    for (const path of paths) await import(join(ROOT, path));
  } finally {
    globalThis.RegExp = plain;
  }
  return heard;
}

const judged = (expressions: Expression[]): Promise<Verdict[]> =>
  new Promise((done, failed) => {
    const judge = execFile(process.execPath, [JUDGE], { maxBuffer: 1 << 28 }, (error, out) =>
      error ? failed(error) : done(JSON.parse(out) as Verdict[]),
    );
    judge.stdin!.end(JSON.stringify(expressions));
  });

async function slowOnes(expressions: Expression[]): Promise<string[]> {
  const verdicts = await judged(expressions);
  return expressions.flatMap(({ at, source, flags }, i) => {
    const { status, growth, attack } = verdicts[i]!;
    return status === 'safe' ? [] : [`${at} /${source}/${flags} is ${growth || status}: ${attack}`];
  });
}

/**
 * An expression applied to third-party text may look at each character only a bounded number of times,
 * however long the text is. A checker decides this, using automata where possible and otherwise the step
 * counts of generated attack strings; no time is measured.
 */
describe('regular expressions', () => {
  const written = FILES.map((path) => ({ path, ...writtenIn(path, readFileSync(join(ROOT, path), 'utf8')) }));

  it('are linear in the length of the text, whatever it is', async () => {
    const makers = written
      .filter(({ path, made }) => made.length > 0 && !OUT_OF_LITERALS.includes(path))
      .map(({ path }) => path);
    const made = await madeBy(makers);
    expect(makers.filter((path) => !made.some(({ at }) => at.startsWith(path)))).toEqual([]);
    const all = [...written.flatMap(({ literals }) => literals), ...made].filter(
      ({ at }) => !OF_THE_OPERATORS.test(at),
    );
    const each = [
      ...new Map(all.map((expression) => [`${expression.source}/${expression.flags}`, expression])).values(),
    ];
    expect(each.length).toBeGreaterThan(500);
    const [version, ...known] = existsSync(JUDGED) ? readFileSync(JUDGED, 'utf8').trim().split('\n') : [];
    const judgedBefore = new Set(version === VERSION ? known : []);
    expect(await slowOnes(each.filter((expression) => !judgedBefore.has(markOf(expression))))).toEqual([]);
    const marks = each.map(markOf).sort();
    if (marks.join() === [...judgedBefore].join()) return;
    writeFileSync(JUDGED, `${[VERSION, ...marks].join('\n')}\n`);
    throw new Error(
      `${relative(ROOT, JUDGED)} was written anew from this run, which found all of them to be linear: run again`,
    );
  });

  it('of other kinds are told', async () => {
    const planted = [
      String.raw`\s+$`,
      '(a+)+$',
      String.raw`\d[^/]*$`,
      String.raw`<[^>]*>`,
      String.raw`(?:\d{1,3}[ .]?)+ ?€`,
    ];
    const bounded = [String.raw`(?<!\s)\s+$`, String.raw`\S{0,200}@`, '<[^<>]*>'];
    const slow = await slowOnes(
      [...planted, ...bounded].map((source) => ({ at: 'planted', source, flags: '' })),
    );
    expect(slow.map((said) => planted.findIndex((source) => said.startsWith(`planted /${source}/`)))).toEqual(
      planted.map((_, i) => i),
    );
  });
});
