import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect, createServer } from 'node:tls';

const SCRIPT = resolve(__dirname, '../../config/servers/certificates.sh');

describe('the certificates of the servers in docker-compose.yml', () => {
  let folder: string;
  const make = () => execFileSync('sh', [SCRIPT, folder], { stdio: 'pipe' });
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'carnot-europe-certificates-'));
    make();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The error that a client gets from a server with the certificate of `of` as `name`; null if trusted. */
  async function doubts(of: string, name: string): Promise<string | null> {
    const server = createServer({ cert: file(`${of}/server.crt`), key: file(`${of}/server.key`) }, (socket) =>
      socket.on('error', () => undefined).end(),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect({ port, host: '127.0.0.1', servername: name, ca: file('ca/ca.crt') });
    try {
      return await Promise.race([
        once(client, 'secureConnect').then(() => null),
        once(client, 'error').then(([error]: NodeJS.ErrnoException[]) => error!.code!),
      ]).catch((error: NodeJS.ErrnoException) => error.code!);
    } finally {
      client.destroy();
      server.close();
    }
  }

  it('prove each server under its own name alone', async () => {
    for (const [of, name, told] of [
      ['postgres', 'postgres', null],
      ['redis', 'redis', null],
      ['redis', 'postgres', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ] as const)
      expect([of, name, await doubts(of, name)]).toEqual([of, name, told]);
  });

  it('have keys for their owner alone, and the one that signed them is gone', () => {
    for (const name of ['postgres', 'redis'])
      expect(statSync(join(folder, name, 'server.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'ca'))).toEqual(['ca.crt']);
    const keys = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.key'));
    expect(keys.sort()).toEqual(['postgres/server.key', 'redis/server.key']);
  });

  it('stay while they hold, and are made anew, all of them, where one is gone', () => {
    const before = file('ca/ca.crt');
    make();
    expect(file('ca/ca.crt')).toBe(before);
    rmSync(join(folder, 'redis/server.crt'));
    make();
    expect(existsSync(join(folder, 'redis/server.crt'))).toBe(true);
    expect(file('ca/ca.crt')).not.toBe(before);
  });
});
