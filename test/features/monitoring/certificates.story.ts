import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import pg from 'pg';
import { Certificates, tlsServers } from '../../../src/platform/metrics/metrics.js';
import { startApp, type TestApp } from '../../support/app.js';

const SCRIPT = resolve(__dirname, '../../../config/servers/certificates.sh');

describe('the certificates', () => {
  let folder: string;
  let cert: string;
  let key: string;
  let expiry = 0;
  const open = new Set<{ close(): unknown }>();
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'carnot-europe-expiry-'));
    execFileSync('sh', [SCRIPT, folder], { stdio: 'pipe' });
    cert = readFileSync(join(folder, 'postgres/server.crt'), 'utf8');
    key = readFileSync(join(folder, 'postgres/server.key'), 'utf8');
    expiry = Date.parse(new X509Certificate(cert).validTo) / 1_000;
  });
  afterAll(() => {
    for (const server of open) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const portOf = async (server: Server): Promise<number> => {
    open.add(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  const tlsPort = (): Promise<number> =>
    portOf(createServer({ cert, key }, (socket) => socket.on('error', () => undefined)));
  const PLAIN = { PUBLIC_URL: 'http://localhost:3000', DATABASE_URL: undefined, REDIS_URL: undefined };
  const found = async (env: Partial<Record<keyof typeof PLAIN, string>>) => {
    const certificates = new Certificates(tlsServers({ ...PLAIN, ...env }));
    await certificates.look();
    return certificates.readings();
  };
  const reading = (server: string) => ({ labels: { server }, value: expiry });

  it('of the public address and of Redis are known with the day on which they expire', async () => {
    const [site, redis] = [await tlsPort(), await tlsPort()];
    expect(
      await found({ PUBLIC_URL: `https://localhost:${site}`, REDIS_URL: `rediss://:x@127.0.0.1:${redis}` }),
    ).toEqual(expect.arrayContaining([reading('public'), reading('redis')]));
  });

  it('of PostgreSQL is known as well, and none where it has no TLS', async () => {
    const client = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL'] });
    await client.connect();
    const keep = (text: string, name: string) =>
      client.query(
        `COPY (SELECT unnest(string_to_array('${text.trim()}', E'\\n'))) TO PROGRAM 'umask 077; cat > ${name}'`,
      );
    const reload = async (ssl: 'on' | 'off') => {
      await client.query(`ALTER SYSTEM SET ssl = ${ssl}`);
      await client.query('SELECT pg_reload_conf()');
    };
    const { hostname, port } = new URL(process.env['TEST_SUPERUSER_URL']!);
    const DATABASE_URL = `postgres://u:p@${hostname}:${port}/x?sslmode=verify-full`;
    try {
      expect(await found({ DATABASE_URL })).toEqual([]);
      await keep(cert, 'server.crt');
      await keep(key, 'server.key');
      await reload('on');
      expect(await found({ DATABASE_URL })).toEqual([reading('database')]);
    } finally {
      await reload('off');
      await client.end();
    }
  });

  it('are not asked for where no TLS is used', () => {
    expect(
      tlsServers({
        ...PLAIN,
        DATABASE_URL: 'postgres://u:p@db/x?sslmode=disable',
        REDIS_URL: 'redis://cache:6379',
      }),
    ).toEqual([]);
    expect(
      tlsServers({
        PUBLIC_URL: 'https://calls.example.org',
        DATABASE_URL: 'postgres://u:p@db/x?sslmode=require',
        REDIS_URL: 'rediss://cache',
      }).map(({ name, host, port }) => `${name} ${host}:${port}`),
    ).toEqual(['public calls.example.org:443', 'database db:5432', 'redis cache:6379']);
  });

  it('are in the metrics, which wait for none, and keep what was known of a server that falls silent', async () => {
    const held: Socket[] = [];
    let silent = false;
    const secure = createServer({ cert, key }, (socket) => socket.on('error', () => undefined));
    const site = await portOf(
      createTcpServer((socket) => (silent ? held.push(socket) : secure.emit('connection', socket))),
    );
    const app: TestApp = await startApp({ PUBLIC_URL: `https://localhost:${site}` }, { working: false });
    try {
      const certificates = app.app.get(Certificates);
      await certificates.look();
      silent = true;
      const looking = certificates.look();
      const said = await (await fetch(new URL('/metrics', app.url))).text();
      expect(said).toContain(`carnot_certificate_expiry_timestamp_seconds{server="public"} ${expiry}\n`);
      for (const socket of held) socket.destroy();
      await looking;
    } finally {
      await app.stop();
    }
  });
});
