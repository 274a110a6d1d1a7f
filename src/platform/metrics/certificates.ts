import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { HOUR_MS } from '../../kernel/durations.js';
import type { Environment } from '../config/environment.js';
import type { Reading } from './metrics.js';

/** A server whose certificate is looked at. */
export interface TlsServer {
  name: 'public' | 'database' | 'redis';
  host: string;
  port: number;
  /** PostgreSQL speaks TLS only after it was asked to. */
  asks: boolean;
}

const [HTTPS_PORT, POSTGRES_PORT, REDIS_PORT] = [443, 5432, 6379];
const PLAIN = ['disable', 'allow', null];

/** Returns the servers of these settings that use TLS. */
export function tlsServers({
  PUBLIC_URL,
  DATABASE_URL,
  REDIS_URL,
}: Pick<Environment, 'PUBLIC_URL' | 'DATABASE_URL' | 'REDIS_URL'>): TlsServer[] {
  const at = (name: TlsServer['name'], { hostname, port }: URL, otherwise: number): TlsServer => ({
    name,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : otherwise,
    asks: name === 'database',
  });
  const servers: TlsServer[] = [];
  const site = new URL(PUBLIC_URL);
  if (site.protocol === 'https:') servers.push(at('public', site, HTTPS_PORT));
  const database = DATABASE_URL ? new URL(DATABASE_URL) : null;
  if (database?.hostname && !PLAIN.includes(database.searchParams.get('sslmode')))
    servers.push(at('database', database, POSTGRES_PORT));
  const redis = REDIS_URL ? new URL(REDIS_URL) : null;
  if (redis?.protocol === 'rediss:') servers.push(at('redis', redis, REDIS_PORT));
  return servers;
}

/** SSLRequest (PostgreSQL 17 documentation, 53.7, Message Formats): its length, and the code 80877103. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const PATIENCE_MS = 5_000;

async function agreed(socket: Socket, signal: AbortSignal): Promise<void> {
  await once(socket, 'connect', { signal });
  socket.write(SSL_REQUEST);
  const [answer] = (await once(socket, 'data', { signal })) as [Buffer];
  if (answer.toString('latin1') !== 'S') throw new Error('the server has no TLS');
}

/** Returns when the certificate of a server expires. Nothing is sent to it, so it need not be trusted. */
async function expiryOf({ host, port, asks }: TlsServer): Promise<Date> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const quiet = <S extends Socket>(open: S): S => open.on('error', () => undefined);
  const socket = asks ? quiet(connectTcp({ host, port })) : undefined;
  let tls: TLSSocket | undefined;
  try {
    if (socket) await agreed(socket, signal);
    // One that has expired has to be seen, too.
    const options = { rejectUnauthorized: false, ...(isIP(host) === 0 && { servername: host }) };
    tls = quiet(connectTls(socket ? { socket, ...options } : { host, port, ...options }));
    await once(tls, 'secureConnect', { signal });
    return new Date(tls.getPeerCertificate().valid_to);
  } finally {
    tls?.destroy();
    socket?.destroy();
  }
}

/** When the certificates expire. They are looked at once an hour, and nobody waits for it. */
export class Certificates {
  private readonly expiries = new Map<TlsServer['name'], Date>();
  private lookedAt: number | null = null;

  constructor(private readonly servers: readonly TlsServer[]) {}

  /** Returns what was last found, at once. One that does not respond keeps its last reading. */
  readings(): Reading[] {
    const now = Date.now();
    if (this.lookedAt === null || Math.abs(now - this.lookedAt) >= HOUR_MS) {
      this.lookedAt = now;
      void this.look();
    }
    return [...this.expiries].map(([server, expiry]) => ({
      labels: { server },
      value: expiry.getTime() / 1_000,
    }));
  }

  /** Looks at all of them now. Whatever fails is reported elsewhere: nobody reaches that server. */
  async look(): Promise<void> {
    await Promise.all(
      this.servers.map(async (server) => {
        const expiry = await expiryOf(server).catch(() => null);
        if (expiry !== null && !Number.isNaN(expiry.getTime())) this.expiries.set(server.name, expiry);
      }),
    );
  }
}
