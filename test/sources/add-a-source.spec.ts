import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../..');
const ID = 'invented-agency';
const SITE = 'https://invented-agency.example';
const COPIED = ['src', 'test', 'config', 'package.json', 'tsconfig.json', 'jest.config.mjs'];

/** The commands of the README's section, block by block, for another source than the one that it is written for. */
function commands(): string[] {
  const [, section = ''] =
    /^## Add a source in ten minutes$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(
      readFileSync(join(ROOT, 'src/harvest/README.md'), 'utf8'),
    ) ?? [];
  const blocks = [...section.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, block]) =>
    block!.replace(/^ +/gm, '').replace(/^ID=.*\n/m, ''),
  );
  return blocks.map((block) => `ID=${ID}\n${block}`);
}

const page = (address: string, body: string): string =>
  `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>x</title><link rel="canonical" href="${SITE}${address}"></head>\n<body>${body}</body></html>\n`;

const FIXTURES: Record<string, string> = {
  'calls.html': page(
    '/calls/',
    '<ul class="calls"><li><a href="/calls/tides-2031/">Tides</a></li><li><a href="/calls/peat-2031/">Peat</a></li></ul>',
  ),
  'tides-2031.html': page(
    '/calls/tides-2031/',
    '<article><h1>Tides 2031</h1><p>Energy from slow water.</p><p>Deadline: 5 March 2031 at 12:00 (CET)</p></article>',
  ),
  'peat-2031.html': page(
    '/calls/peat-2031/',
    '<article><h1>Peat 2031</h1><p>Bogs that are wet again.</p></article>',
  ),
  'where.md': `# Where the form was seen\n\nNowhere: this site was invented for a test of the way in which the README says that a source is added.\n`,
};

/** Every file of the project but what is built or installed, by what is in it. */
function files(folder: string, inside = ''): Map<string, string> {
  const entries = readdirSync(join(folder, inside), { withFileTypes: true }).filter(
    (e) => !/^(node_modules|dist)$/.test(e.name),
  );
  return new Map(
    entries.flatMap((e): [string, string][] => {
      const path = join(inside, e.name);
      return e.isDirectory()
        ? [...files(folder, path)]
        : [
            [
              path,
              createHash('sha256')
                .update(readFileSync(join(folder, path)))
                .digest('hex'),
            ],
          ];
    }),
  );
}

describe('a source is added as the README says', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'add-a-source-')));
  const own = (file: string): string => join(folder, 'src/harvest/sources', ID, file);

  beforeAll(() => {
    // With what was built of the rest, as whoever adds a source has it.
    for (const name of [...COPIED, 'dist'].filter((n) => existsSync(join(ROOT, n))))
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a block of the README and gives what it printed, whether it failed or not. */
  async function run(block: string): Promise<{ failed: boolean; text: string }> {
    // The inner jest must not take itself for a worker of this one.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(JEST_WORKER_ID|NODE_OPTIONS)$/.test(name)),
    );
    try {
      const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', block], {
        cwd: folder,
        env,
        maxBuffer: 50_000_000,
      });
      return { failed: false, text: stdout + stderr };
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return { failed: true, text: stdout + stderr };
    }
  }

  it('in one folder, whose pages fail until they were read, and is then found', async () => {
    const [copy, read, build, ...more] = commands();
    expect(more).toEqual([]);
    const before = files(folder);

    expect(await run(copy!)).toMatchObject({ failed: false });
    for (const [name, text] of Object.entries(FIXTURES)) writeFileSync(own(`fixtures/${name}`), text);
    writeFileSync(
      own('site.ts'),
      readFileSync(own('site.ts'), 'utf8').replace('https://calls.example', SITE),
    );
    writeFileSync(
      own('parse-call.ts'),
      readFileSync(own('parse-call.ts'), 'utf8').replace("'TEMPLATE'", "'INVENTED'"),
    );

    const first = await run(read!);
    expect(first.text).toMatch(/tides-2031\.expected\.json was missing[^\n]*: read it, then run again/);
    expect(first.failed).toBe(true);
    expect(JSON.parse(readFileSync(own('fixtures/tides-2031.expected.json'), 'utf8'))).toMatchObject({
      calls: [
        {
          dataSource: 'INVENTED',
          reference: 'tides-2031',
          url: `${SITE}/calls/tides-2031/`,
          deadlines: [{ at: '2031-03-05T12:00:00+01:00', timeTold: true }],
        },
      ],
    });

    const second = await run(read!);
    expect(second.text).toMatch(/Tests: +\d+ skipped, \d{2,} passed/);
    expect(second.failed).toBe(false);

    const built = await run(build!);
    expect(built.text).toMatch(new RegExp(`\\[[^\\]]*'anr'[^\\]]*'${ID}'[^\\]]*\\]`));
    expect(built.failed).toBe(false);

    const after = files(folder);
    const changed = [...after].filter(([path, hash]) => before.get(path) !== hash).map(([path]) => path);
    expect(changed.length).toBeGreaterThan(Object.keys(FIXTURES).length);
    expect(changed.filter((path) => !path.startsWith(`src/harvest/sources/${ID}/`))).toEqual([]);
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
  });
});
