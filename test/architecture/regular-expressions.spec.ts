import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

interface Expression { at: string; source: string; flags: string }
interface Verdict { status: 'safe' | 'vulnerable' | 'unknown'; growth: string; attack: string }

const ROOT = resolve(__dirname, '../..');
const JUDGE = join(__dirname, 'judge-expressions.mjs');

/** These meet what the operators of the installation wrote, or what a program of theirs says, and nobody else's text. */
const OF_THE_OPERATORS = /^src\/platform\/(config\/(environment[\w-]*|plain-vocabulary)|database\/embedded\/[\w-]+)\.ts:/;

/** Made where they are used, out of parts that leave no choice: a literal text, a year, the name of a list of the form. */
const OUT_OF_LITERALS = ['src/domain/call/page/edition.ts', 'src/domain/notification/redacted.ts', 'src/web/profile/profile-form.ts'];

const FILES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map((path) => `src/${path}`)
  .filter((path) => /\.(tsx?|mjs)$/.test(path) && !path.startsWith('src/persistence/migrations/')).sort();

/** The expressions that stand in a file as such, and the lines that make one out of a text. */
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

/** What the files make when they are loaded: the constructor is listened to meanwhile. */
async function madeBy(paths: string[]): Promise<Expression[]> {
  const heard: Expression[] = [];
  const plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, given: [string, string?]) {
      const made = new target(...given);
      const place = new Error().stack!.split('\n').find((line) => line.includes(`${ROOT}/src/`));
      const path = place && /(\/[^():]+)[:)]/.exec(place)?.[1];
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

const judged = (expressions: Expression[]): Promise<Verdict[]> => new Promise((done, failed) => {
  const judge = execFile(process.execPath, [JUDGE], { maxBuffer: 1 << 28 }, (error, out) => (error ? failed(error) : done(JSON.parse(out) as Verdict[])));
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
 * An expression that meets a text of somebody else may look at each character so many times at most, and not the more often the longer
 * the text is. A judge decides, with automata where it can and by the steps of attacks that it breeds where it cannot; no time is measured.
 */
describe('regular expressions', () => {
  const written = FILES.map((path) => ({ path, ...writtenIn(path, readFileSync(join(ROOT, path), 'utf8')) }));

  it('are linear in the length of the text, whatever it is', async () => {
    const makers = written.filter(({ path, made }) => made.length > 0 && !OUT_OF_LITERALS.includes(path)).map(({ path }) => path);
    const made = await madeBy(makers);
    expect(makers.filter((path) => !made.some(({ at }) => at.startsWith(path)))).toEqual([]);
    const all = [...written.flatMap(({ literals }) => literals), ...made].filter(({ at }) => !OF_THE_OPERATORS.test(at));
    const each = [...new Map(all.map((expression) => [`${expression.source}/${expression.flags}`, expression])).values()];
    expect(each.length).toBeGreaterThan(500);
    expect(await slowOnes(each)).toEqual([]);
  }, 600_000);

  it('of other kinds are told', async () => {
    const planted = [String.raw`\s+$`, '(a+)+$', String.raw`\d[^/]*$`, String.raw`<[^>]*>`, String.raw`(?:\d{1,3}[ .]?)+ ?€`];
    const bounded = [String.raw`(?<!\s)\s+$`, String.raw`\S{0,200}@`, '<[^<>]*>'];
    const slow = await slowOnes([...planted, ...bounded].map((source) => ({ at: 'planted', source, flags: '' })));
    expect(slow.map((said) => planted.findIndex((source) => said.startsWith(`planted /${source}/`)))).toEqual(planted.map((_, i) => i));
  }, 600_000);
});
