import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

interface TextFile {
  path: string;
  text: string;
}
interface Convention {
  says: string;
  of: RegExp;
  /** The violations in a file, as a person would look for them. */
  wrong: (file: TextFile) => string[];
  /** Files that break the convention, to prove that violations are detected. */
  planted: TextFile[];
}

const ROOT = resolve(__dirname, '../..');
/** Binary and git-ignored files. Git is not queried, since an archive of the project has to pass too. */
const LEFT_OUT = /^(node_modules|dist|coverage|\.git|\.data.*|local\.yaml|.*\.(log|gz|png|ico|woff2))$/;

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.test(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
    );
}

const found =
  (pattern: RegExp) =>
  ({ text }: TextFile): string[] =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`line ${i + 1}: ${line.trim()}`] : []));

const ROLES =
  'module|controller|job|entity|repository|source|channel|signal|mailer|middleware|pipe|interceptor|filter|guard|embedder|d';
const KEBAB = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${ROLES}))?\\.tsx?$`);
const ROOMS =
  /^src\/((access|audit|backups|calendars|calls|decisions|funded-projects|harvest|matching|monitoring|network|notifications|outbox|pipeline|privacy|profiles|proposals|spreadsheets|newsletters|explain|mcp|kernel|i18n|ui|platform|app|commands|demo)\/|(main|worker|backup|start|cli|demo)\.ts$|(build|generate|generate-list)\.mjs$|README\.md$)/;
const inSrc = (name: string, text: string): TextFile => ({ path: `src/${name}`, text });

/** The file endings by which people look for a class; an entity may stand beside its repository. */
const ROLE_OF: Record<string, string> = {
  Module: 'module',
  Controller: 'controller',
  Entity: '(entity|repository)',
};
const misplacedRoles = ({ path, text }: TextFile): string[] =>
  [...text.matchAll(/^@(Module|Controller|Entity)\(/gm)]
    .map(([, role]) => role!)
    .filter((role) => !new RegExp(`\\.${ROLE_OF[role]}\\.tsx?$`).test(path));

/** Scripts are JavaScript, and start the compiled program: the type check sees neither. */
const notExported = ({ path, text }: TextFile): string[] =>
  [...text.matchAll(/^import \{([^}]+)\} from '([^']*\/dist\/[^']*)';/gm)].flatMap(([, names, from]) => {
    const module = join(dirname(path), from!).replace('dist', 'src').replace(/\.js$/, '');
    const source = ['.ts', '.tsx'].map((end) => join(ROOT, module + end)).find(existsSync);
    const exported = source ? readFileSync(source, 'utf8') : '';
    return names!
      .split(',')
      .map((name) => name.trim().split(' as ')[0]!)
      .filter(
        (name) =>
          name &&
          !new RegExp(`^export [\\w* ]*\\b${name}\\b|^export \\{[^}]*\\b${name}\\b`, 'm').test(exported),
      )
      .map((name) => `${name} of ${from}`);
  });

const CONVENTIONS: Convention[] = [
  {
    says: 'a folder of src is one that the boundaries know',
    of: /^src\//,
    wrong: ({ path }) => (ROOMS.test(path) ? [] : [path]),
    planted: [inSrc('shared/money.ts', ''), inSrc('money.ts', '')],
  },
  {
    says: 'no name says "anything"',
    of: /^src\//,
    wrong: ({ path }) =>
      /(^|\/)((utils?|helpers?|common|shared|types|misc)(\/|\.ts$)|index\.ts$)/.test(path) ? [path] : [],
    planted: ['utils.ts', 'helpers.ts', 'types.ts', 'page/index.ts', 'common/money.ts'].map((name) =>
      inSrc(`calls/domain/${name}`, ''),
    ),
  },
  {
    says: 'a name is in kebab-case and ends with its role',
    of: /^src\/.*\.tsx?$/,
    wrong: (file) => [...(KEBAB.test(basename(file.path)) ? [] : [file.path]), ...misplacedRoles(file)],
    planted: [
      inSrc('calls/domain/callContent.ts', ''),
      inSrc('calls/domain/call_content.ts', ''),
      inSrc('calls/calls.thing.ts', ''),
      inSrc('calls/api/calls.ts', '@Controller()\nexport class Calls {}'),
      inSrc('calls/store/call.ts', "@Entity('call')"),
    ],
  },
  {
    says: 'a controller of a capability lies in its api/ or pages/',
    of: /^src\/(?!(platform|ui)\/).*\.controller\.tsx?$/,
    wrong: ({ path }) => (/^src\/[^/]+\/(api|pages)\//.test(path) ? [] : [path]),
    planted: ['calls.controller.ts', 'search/search.controller.ts', 'store/api/calls.controller.ts'].map(
      (name) => inSrc(`calls/${name}`, ''),
    ),
  },
  {
    says: 'a link between our texts leads somewhere',
    of: /\.md$/,
    wrong: ({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, to]) => to!)
        .filter((to) => !existsSync(join(ROOT, dirname(path), to))),
    planted: [{ path: 'src/README.md', text: '[there](nowhere/README.md)' }],
  },
  {
    says: 'a script beside the program imports what that exports',
    of: /^test\/.*\.mjs$/,
    wrong: notExported,
    planted: ['platform/nowhere.js', 'platform/database/row-scope.js'].map((from) => ({
      path: 'test/benchmark/list.mjs',
      text: `import { rowsOfNobody } from '../../dist/${from}';`,
    })),
  },
  {
    says: 'no text names a machine of ours: no registry, no absolute path',
    of: /./,
    wrong: found(
      /(?<![\w.}*-])\/(work|root|home|Users)\/[\w.]|registry\.(npmjs|yarnpkg|npmmirror)\b|npm\.pkg\.github|artifactory|verdaccio|_authToken|(^|--)registry[ =]\s*http/,
    ),
    planted: [
      `${'/wo'}rk/main`,
      `'${'/ro'}ot/.npmrc'`,
      `${'/ho'}me/me/x`,
      `https://registry.${'npmjs'}.org/x`,
      `regis${'try'}=http://mirror`,
    ].map((text) => ({ path: 'README.md', text })),
  },
  {
    says: 'the lock file does not say where a package was fetched',
    of: /^package-lock\.json$/,
    wrong: found(/"resolved"/),
    planted: [{ path: 'package-lock.json', text: '"resolved": "https://mirror.example/zod.tgz"' }],
  },
  {
    says: 'every package is pinned to one version',
    of: /^package\.json$/,
    wrong: ({ text }) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Record<
        string,
        Record<string, string>
      >;
      return Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, v]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(v))
        .map((e) => e.join(' '));
    },
    planted: ['^1.0.0', '~1.0.0', '1.x', '*', 'latest', '>=1.0.0', 'npm:zod@^1.0.0', 'npm:zod'].map(
      (zod) => ({ path: 'package.json', text: JSON.stringify({ dependencies: { zod } }) }),
    ),
  },
];

describe('what several processes share', () => {
  const sources = filesIn('src')
    .filter((path) => /\.(ts|sql)$/.test(path))
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n');

  it('has a number of its own for each advisory lock', () => {
    const inCode = [...sources.matchAll(/_LOCK = ([\d_]+);/g)].map(([, n]) => n!.replaceAll('_', ''));
    const inSql = [...sources.matchAll(/pg_advisory_xact_lock\((\d+)\)/g)].map(([, n]) => n!);
    const all = [...inCode, ...new Set(inSql)];
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter((number, i) => all.indexOf(number) !== i)).toEqual([]);
  });

  it('stands in the table of what may run how often, with each job', () => {
    const readme = readFileSync(join(ROOT, 'src/app/README.md'), 'utf8');
    const table = readme.slice(readme.indexOf('## Several processes'), readme.indexOf('## Who did what'));
    const named = new Set([...table.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!));
    const jobs = [...sources.matchAll(/defineJob\(\{\s+name: '([a-z-]+)'/g)].map(([, name]) => name!);
    expect(jobs.length).toBeGreaterThan(20);
    expect(jobs.filter((name) => !named.has(name))).toEqual([]);
  });
});

describe('conventions', () => {
  // This file contains the planted violations.
  const files = filesIn('.')
    .filter((path) => path !== 'test/architecture/conventions.spec.ts')
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

  describe.each(CONVENTIONS)('$says', ({ of, wrong, planted }) => {
    const concerned = files.filter((file) => of.test(file.path));

    it('is kept', () => {
      expect(concerned.length).toBeGreaterThan(0);
      expect(concerned.flatMap((file) => wrong(file).map((what) => `${file.path}: ${what}`))).toEqual([]);
    });

    it('is seen to fail', () => {
      expect(planted.filter((file) => !of.test(file.path) || wrong(file).length === 0)).toEqual([]);
    });
  });
});
