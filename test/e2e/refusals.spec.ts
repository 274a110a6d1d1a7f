import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
