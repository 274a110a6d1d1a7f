/**
 * Hundreds of clients that send headers or bodies slowly, or read slowly: they are disconnected, and nobody
 * else waits for them.
 */
import net from 'node:net';
import { Postgres, pause } from '../servers.mjs';
import { Scene } from './scene.mjs';

const OF_EACH = 150;
/**
 * The program's limits (src/platform/api/limits.ts), plus the half minute between checks for
 * connections over the limit.
 */
const [HEADERS_MS, BODY_MS] = [20_000 + 30_000, 120_000 + 30_000];
/** Normal clients notice nothing. */
const SOON_MS = 5_000;

class Slow {
  constructor(url, kind, sends) {
    const { port, hostname } = new URL(url);
    this.kind = kind;
    this.began = Date.now();
    this.socket = net.connect(Number(port), hostname, () => this.socket.write(sends));
    this.socket.on('error', () => undefined).once('close', () => (this.lastedMs = Date.now() - this.began));
    if (kind === 'reader') this.socket.pause();
    else this.socket.resume();
    this.timer = setInterval(() => this.goOn(), 1_000);
  }

  /** Sends one byte a second, or reads a hundred. */
  goOn() {
    if (this.socket.destroyed) return clearInterval(this.timer);
    if (this.kind === 'reader') this.socket.read(100);
    else this.socket.write('a');
  }

  end() {
    clearInterval(this.timer);
    this.socket.destroy();
  }
}

const run = async ({ folder, asked, say }) => {
  const scene = new Scene(folder, asked);
  const clients = [];
  try {
    const database = await Postgres.start(folder);
    scene.open.push(() => database.stop());
    await scene.prepare(database);
    await scene.programs.apart();
    await scene.inTheMiddle();
    const from = Date.now();
    const { url } = scene.programs;
    const head = (line) => `${line} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${scene.token}\r\n`;
    for (let n = 0; n < OF_EACH; n += 1)
      clients.push(
        new Slow(url, 'headers', `${head('GET /v1/calls')}X-Slow: `),
        new Slow(
          url,
          'body',
          `${head('PUT /v1/profiles/leti')}Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n{`,
        ),
        new Slow(url, 'reader', `${head('GET /v1/calls?limit=100')}\r\n`),
      );
    say(`${clients.length} slow clients`);
    await pause(BODY_MS + 10_000);
    const to = Date.now();
    const back = await scene.mended();
    await scene.peace();
    const notes = await scene.notes();
    const late = (kind, ms) => clients.filter((c) => c.kind === kind && !(c.lastedMs <= ms + 5_000)).length;
    for (const [kind, ms] of [
      ['headers', HEADERS_MS],
      ['body', BODY_MS],
    ])
      if (late(kind, ms))
        notes.wrong.push(
          `${late(kind, ms)} clients slow with their ${kind} were not let go in ${ms / 1_000} s`,
        );
    const slowestMs = scene.watcher.slowest(from, to);
    if (slowestMs > SOON_MS) notes.wrong.push(`somebody else waited ${Math.round(slowestMs)} ms`);
    return { ...notes, ...back, backMs: null, said: scene.watcher.said(from, to), slowestMs };
  } finally {
    clients.forEach((client) => client.end());
    await scene.end();
  }
};

export const faults = { 'slow-clients': { run } };
