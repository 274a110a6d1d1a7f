import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
/** Where cross-institute access is implemented, and where a route's own reason is passed on. */
const MAKERS = [
  'src/platform/database/request-context.ts',
  'src/platform/access/across-institutes.ts',
  'src/platform/queue/job.ts',
  'src/audit/request-context.ts',
];
/** Where the visible rows are determined, from a reason and from the caller. */
const SCOPES = [
  'src/platform/database/request-context.ts',
  'src/platform/queue/job.ts',
  'src/audit/request-context.ts',
];

interface TextFile {
  path: string;
  text: string;
}
const files: TextFile[] = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ path: join('src', name), text: readFileSync(join(ROOT, 'src', name), 'utf8') }));
const security = readFileSync(join(ROOT, '.github/SECURITY.md'), 'utf8');

const CALL = /\b(?:[aA]crossInstitutes|ofAllInstitutes)\(\s*(?:'((?:[^'\\]|\\.)*)')?/g;

/** The reasons in a file; null for a reason that is not a literal. */
const reasonsIn = ({ text }: TextFile): (string | null)[] =>
  [...text.matchAll(CALL)].map(([, why]) => why ?? null);
const listed = (text: string): string[] =>
  [...text.slice(text.indexOf('## Row-level security')).matchAll(/^\| [^|]*\| (.+) \|$/gm)]
    .map(([, why]) => why!)
    .filter((why) => why !== 'why');

/** Cross-institute access without a listed reason, and listed reasons that nothing uses. */
function problems(all: TextFile[], known: string[]): string[] {
  const given = all.filter(({ path }) => !MAKERS.includes(path));
  const reasons = given.flatMap((file) => reasonsIn(file).map((why) => ({ path: file.path, why })));
  return [
    ...reasons
      .filter(({ why }) => why === null || !known.includes(why))
      .map(({ path, why }) => `${path}: ${why === null ? 'does not say why' : `"${why}" is not listed`}`),
    ...known
      .filter((why) => !reasons.some((r) => r.why === why))
      .map((why) => `"${why}" is listed for nothing`),
    ...all
      .filter(
        ({ path, text }) =>
          !SCOPES.includes(path) &&
          /\bimport\b[^;]*\b(ALL_ROWS|NETWORK_ROWS)\b[^;]*request-context\.js/.test(text),
      )
      .map(({ path }) => `${path}: sees more than its own by itself`),
  ];
}

describe('what sees the rows of all institutes', () => {
  it('says why, and stands in the list of the security policy, with nothing else', () => {
    expect(listed(security).length).toBeGreaterThan(20);
    expect(problems(files, listed(security))).toEqual([]);
  });

  it('is noticed where it does not', () => {
    const planted: TextFile[] = [
      { path: 'src/calls/a.ts', text: "return acrossInstitutes(\n  'nobody has heard of it', () => 1);" },
      { path: 'src/calls/b.ts', text: '@AcrossInstitutes(WHY)' },
      { path: 'src/calls/c.ts', text: "import { ALL_ROWS } from '../platform/database/request-context.js';" },
      { path: 'src/calls/d.ts', text: "acrossInstitutes('known', () => 1)" },
    ];
    expect(problems(planted, ['known', 'gone'])).toEqual([
      'src/calls/a.ts: "nobody has heard of it" is not listed',
      'src/calls/b.ts: does not say why',
      '"gone" is listed for nothing',
      'src/calls/c.ts: sees more than its own by itself',
    ]);
  });
});
