import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestPortal } from '../support/harvest/portal.js';
import { ran } from '../support/command.js';
import { Program } from '../support/system.js';

interface Entry {
  level: string;
  message: string;
  context?: string;
}

const NESTS = pathToFileURL(resolve(__dirname, '../../node_modules/@nestjs/common/index.js')).href;
const RUN = pathToFileURL(resolve(__dirname, '../../dist/app/failure.js')).href;
/** All that a process may print before its application exists, and what no code of ours prints. */
const EARLY = `
  import { Logger } from ${JSON.stringify(NESTS)};
  import { runProcess } from ${JSON.stringify(RUN)};
  runProcess(async () => {
    new Logger('Database').warn('Processes of an earlier version are still connected.');
    console.error('a library has %d\\nproblems', 2);
    process.emitWarning('old ways', 'DeprecationWarning');
    setTimeout(() => { throw new Error('nobody caught it'); }, 50);
    await new Promise((resolve) => setTimeout(resolve, 10));
  });
`;

/** The lines of both streams, each of which must be an entry. */
const entries = (output: string): Entry[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        return JSON.parse(line) as Entry;
      } catch {
        throw new Error(`not JSON: ${line}`);
      }
    });

describe('with LOG_FORMAT=json', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-json-'));
  beforeAll(() => chmodSync(folder, 0o711));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const env = { LOG_FORMAT: 'json', DATA_DIR: join(folder, 'data') };

  it('each line of a first start, of a run, of commands beside it and of the stop is an entry', async () => {
    const portal = await TestPortal.start(new Date());
    const program = new Program('start', {
      ...env,
      LOG_LEVEL: 'debug',
      PORT: '0',
      FUNDING_TENDERS_URL: portal.url,
    });
    try {
      await program.says(/institutes? (is|are) notified|Nobody is notified/);
      const messages = entries(program.output).map(({ message }) => message);
      // The operator still finds the address and the token.
      const said = (pattern: RegExp) => messages.map((m) => pattern.exec(m)?.[1]).find(Boolean)!;
      const [url, token] = [said(/^Sign in: (http:\S+)\/sign-in /), said(/^Admin token: (\S+) /)];
      const answer = await fetch(`${url}/v1/calls?limit=1`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
      for (const [args, status, level, message] of [
        [['audit', 'verify'], 0, 'log', /^The audit log is intact/],
        [['audit', 'verify', `1:${'0'.repeat(64)}`], 1, 'error', /tampered/],
        [['preview-mail', 'leti', '--first'], 0, 'log', /Subject: /],
        [['--help'], 0, 'log', /COMMAND is one of:/],
        [['test-mail', 'nobody'], 1, 'fatal', /takes one mail address/],
        [['nothing'], 1, 'fatal', /There is no command "nothing"/],
      ] as const) {
        const { status: ended, output } = await ran([...args], env);
        expect([args, ended, entries(output)]).toEqual([
          args,
          status,
          expect.arrayContaining([expect.objectContaining({ message: expect.stringMatching(message) })]),
        ]);
        expect(entries(output).map((entry) => entry.level)).toContain(level);
      }
    } finally {
      await program.end('SIGTERM');
      await portal.close();
    }
    entries(program.output);
  });

  it('a configuration that cannot be is one entry', async () => {
    const program = new Program('start', { ...env, PORT: 'eighty' });
    await program.says(/PORT/);
    expect(entries(program.output)).toEqual([
      expect.objectContaining({ level: 'fatal', message: expect.stringContaining('PORT') }),
    ]);
  });

  it('a start that cannot be is one entry', async () => {
    const program = new Program('worker', {
      LOG_FORMAT: 'json',
      DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/nothing',
    });
    await program.says(/nothing listens there/);
    expect(entries(program.output)).toEqual([
      expect.objectContaining({
        level: 'fatal',
        message: expect.stringMatching(
          /^carnot-europe did not start\.\nThe database cannot be used: nothing/,
        ),
      }),
    ]);
  });

  it('so is what comes before the application, from a library, from Node, and what nobody caught', () => {
    const file = join(folder, 'early.mjs');
    writeFileSync(file, EARLY);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      env: { PATH: process.env['PATH'], LOG_FORMAT: 'json' },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(entries(`${stdout}\n${stderr}`)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 'warn', context: 'Database' }),
        expect.objectContaining({ level: 'error', message: 'a library has 2\nproblems' }),
        expect.objectContaining({ level: 'warn', message: expect.stringContaining('old ways') }),
        expect.objectContaining({ level: 'fatal', message: expect.stringContaining('nobody caught it') }),
      ]),
    );
  });
});
