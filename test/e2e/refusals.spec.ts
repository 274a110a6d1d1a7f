import { spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Program } from '../support/system.js';

const ended = async (program: Program): Promise<string> => {
  await program.says(/did not start/);
  await new Promise<void>((resolve) =>
    program.running ? program.child.once('exit', () => resolve()) : resolve(),
  );
  expect(program.child.exitCode).toBe(1);
  return program.output;
};

describe('a start that cannot be', () => {
  it('names every mistake of the environment at once, with the mend, and no secret', async () => {
    const said = await ended(
      new Program('start', {
        PORT: 'many',
        ADMIN_TOKEN: 'short-secret',
        CLOCK: 'yesterday',
        SMTP_URL: 'http://me:hunter2@mail',
      }),
    );
    for (const name of ['PORT', 'ADMIN_TOKEN', 'CLOCK', 'SMTP_URL']) expect(said).toContain(`- ${name} `);
    expect(said).toContain('- SMTP_URL is set, but not MAIL_FROM: ');
    expect(said.match(/Fix:/g)).toHaveLength(5);
    expect(said).not.toMatch(/short-secret|hunter2|at .*\.js/);
  });

  it.each(['main', 'worker'] as const)('says that %s needs a database', async (name) => {
    expect(await ended(new Program(name, {}))).toMatch(/DATABASE_URL is missing.*Fix: Set DATABASE_URL=/);
  });

  it('says that the database is out of reach', async () => {
    const said = await ended(
      new Program('worker', { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/nothing' }),
    );
    expect(said).toContain('nothing listens there. Start PostgreSQL, or correct DATABASE_URL');
    expect(said).not.toContain('hunter2');
  });

  it('on a full disk leaves no half of a key, with which the next one could not be either', () => {
    const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-full-'));
    const box = pathToFileURL(resolve('dist/platform/secrets/secret-box.js')).href;
    const script = `import('${box}').then(({ secretBoxOf }) => secretBoxOf({ DATA_DIR: '${folder}' }))`;
    // No file can grow, as on a full disk.
    const started = (before: string) =>
      spawnSync('sh', ['-c', `${before} exec "$0" -e "$1"`, process.execPath, script]).status;
    expect(started("trap '' XFSZ; ulimit -f 0;")).toBe(1);
    expect(started('')).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it('says that the port is taken, and takes its database along', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const said = await ended(
      new Program('start', {
        PORT: String(port),
        DATA_DIR: mkdtempSync(join(tmpdir(), 'carnot-europe-port-')),
      }),
    );
    expect(said).toContain(`Port ${port} is used by another program`);
    taken.close();
  });
});
