import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { HOUR_MS } from '../../kernel/durations.js';
import type { Environment } from '../config/environment.js';

export const registry = new Registry();
// What every Node program tells has names without a prefix of ours, as ready-made dashboards know them.
collectDefaultMetrics({ register: registry });
// Gauges that are named like counters; the same stands in those without `_total`.
for (const kind of ['handles', 'requests', 'resources'])
  registry.removeSingleMetric(`nodejs_active_${kind}_total`);

const registers = [registry];
/** Requests by route pattern: addresses contain ids, and secrets of links. */
export const requestSeconds = new Histogram({
  name: 'carnot_http_request_seconds',
  help: 'How long requests took, until the last byte was given to the system.',
  labelNames: ['route', 'method', 'status'] as const,
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});
export const jobSeconds = new Histogram({
  name: 'carnot_job_seconds',
  help: 'How long jobs took in this process, by what became of them.',
  labelNames: ['name', 'outcome'] as const,
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
  registers,
});

type Labels = Record<string, string>;
/** A value read on request, one for each set of labels. */
export interface Reading {
  labels: Labels;
  value: number;
}

/** Gauges that are read on request, from the database or elsewhere, by name. */
export class Looked<Name extends string> {
  private readonly gauges: Map<Name, Gauge>;

  constructor(described: Record<Name, { help: string; labels: readonly string[] }>) {
    this.gauges = new Map(
      (Object.keys(described) as Name[]).map((name) => [
        name,
        new Gauge({ name, help: described[name].help, labelNames: described[name].labels, registers: [] }),
      ]),
    );
  }

  /** Replaces all previous values and returns them as text; those that could not be read are left out. */
  async text(values: Partial<Record<Name, Reading[]>>): Promise<string> {
    const own = new Registry();
    for (const [name, gauge] of this.gauges) {
      const readings = values[name];
      if (readings === undefined) continue;
      own.registerMetric(gauge);
      gauge.reset();
      // Without labels it would report 0.
      gauge.remove({});
      for (const { labels, value } of readings) gauge.set(labels, value);
    }
    return own.metrics();
  }
}

/** A server whose certificate is looked at. */
interface TlsServer {
  name: 'public' | 'database' | 'redis';
  host: string;
  port: number;
  /** PostgreSQL speaks TLS only after it was asked to. */
  asks: boolean;
}

const [HTTPS_PORT, POSTGRES_PORT, REDIS_PORT] = [443, 5432, 6379];
const PLAIN = ['disable', 'allow', null];

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
