import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { aloneWith } from './command.js';
import { freshDatabase } from './database/database.js';
import { ownRedis } from './queue/redis.js';
import { until } from './until.js';
import { SECRET_KEY } from './secrets.js';

const DIST = resolve(__dirname, '../../dist');

/** What a failed test has left running; jest's worker would wait for it. */
const alive = new Set<ChildProcess>();
afterAll(() => alive.forEach((child) => child.kill('SIGKILL')));

/** One of our programs in its own process, and its output. */
export class Program {
  output = '';
  readonly child: ChildProcess;
  /** Whether it has ended, and all that it said is known. */
  private closed = false;

  constructor(
    readonly name: 'start' | 'main' | 'worker' | 'demo',
    env: Record<string, string>,
  ) {
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
    // Only the source that a test replaces by its own server: no test talks to the internet.
    this.child = spawn(process.execPath, [join(DIST, `${name}.js`)], {
      env: {
        PATH: PATH!,
        HOME: HOME ?? '/',
        ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
        SOURCES: 'funding-tenders',
        SECRET_KEY,
        ...aloneWith(env),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    alive.add(this.child);
    this.child.once('exit', () => alive.delete(this.child));
    this.child.once('close', () => (this.closed = true));
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (chunk) => {
        this.output += String(chunk);
      });
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits for output that matches; fails with all output if the program ends first. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const found = await until(
      `${this.name} to say ${pattern}`,
      async () => pattern.exec(this.output) ?? (this.closed && 'closed'),
    );
    if (found === 'closed') throw new Error(`${this.name} ended (${this.child.exitCode}):\n${this.output}`);
    return found;
  }

  /**
   * Sends the signal; returns the exit status (null if the signal killed it) and the milliseconds it took.
   */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ status: number | null; ms: number }> {
    if (!this.running) return { status: this.child.exitCode, ms: 0 };
    const began = Date.now();
    const exited = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill(signal);
    const [status] = await exited;
    return { status, ms: Date.now() - began };
  }
}

/**
 * A whole installation in its own processes: all in one on the embedded database or, if TEST_REDIS_URL names
 * a Redis, an API and two workers on the installed PostgreSQL and that Redis.
 */
export class System {
  private readonly redis = ownRedis();
  readonly apart = this.redis !== null;
  readonly token = randomBytes(24).toString('base64url');
  readonly folder = mkdtempSync(join(tmpdir(), 'carnot-europe-e2e-'));
  programs: Program[] = [];
  url = '';
  private database: Awaited<ReturnType<typeof freshDatabase>> | null = null;

  constructor(private readonly env: Record<string, string>) {
    chmodSync(this.folder, 0o711); // As root: the database's own user must be able to traverse it.
  }

  get outbox(): string {
    return join(this.folder, 'data', 'outbox');
  }

  /** Set if its processes run separately. */
  get databaseUrl(): string | undefined {
    return this.database?.url;
  }

  /** The program that runs jobs (the first of them). */
  get worker(): Program {
    return this.programs.find((p) => p.name !== 'main')!;
  }

  async start(): Promise<void> {
    const env = {
      ADMIN_TOKEN: this.token,
      PORT: '0',
      DATA_DIR: join(this.folder, 'data'),
      ...this.env,
      ...(await this.services()),
    };
    this.programs = (this.apart ? (['main', 'worker', 'worker'] as const) : (['start'] as const)).map(
      (name) => new Program(name, env),
    );
    this.url = (await this.programs[0]!.says(/Sign in\s+(http:\S+?)\/sign-in/))[1]!;
    await Promise.all(this.programs.slice(1).map((p) => p.says(/worker ready/)));
  }

  private async services(): Promise<Record<string, string>> {
    if (!this.apart) return {};
    if (!this.database) {
      this.database = await freshDatabase();
      await this.flushRedis();
    }
    return { DATABASE_URL: this.database.url, REDIS_URL: this.redis! };
  }

  private async flushRedis(): Promise<void> {
    const redis = new Redis(this.redis!);
    await redis.flushdb();
    await redis.quit();
  }

  /** Starts a program to replace one that has ended. */
  async again(ended: Program): Promise<void> {
    if (!this.apart) return this.start();
    const next = new Program(ended.name, {
      ADMIN_TOKEN: this.token,
      DATA_DIR: join(this.folder, 'data'),
      ...this.env,
      ...(await this.services()),
    });
    this.programs = this.programs.map((p) => (p === ended ? next : p));
    await next.says(/worker ready/);
  }

  async get<T = any>(path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method: init.method ?? 'GET',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Adds a contact as an officer would: reads the profile and saves it with one more. */
  async addContact(
    profile: string,
    contact: { name: string; email: string; language: string },
  ): Promise<void> {
    const found = await this.get(`/v1/profiles/${profile}`);
    await this.get(`/v1/profiles/${profile}`, {
      method: 'PUT',
      body: { ...found, contacts: [...found.contacts, contact] },
    });
  }

  async stop(): Promise<{ status: number | null; ms: number }[]> {
    return Promise.all(this.programs.map((p) => p.end('SIGTERM')));
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.database?.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
