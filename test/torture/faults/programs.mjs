/** The installation itself: its programs as processes, what they say, and whether they live. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from '../servers.mjs';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));
const BEGINS_MS = 180_000;

/** Whatever a run leaves goes with it, and an embedded server with the program that started it. */
const alive = new Set();
process.once('exit', () => alive.forEach((child) => child.kill('SIGTERM')));

export class Program {
  /** `name`: start, main or worker; `who`: what it is called in mails and requests that it sends. */
  constructor(name, who, env, folder, dist = DIST) {
    const { PATH, HOME } = process.env;
    Object.assign(this, { name, who, output: '' });
    this.child = spawn(process.execPath, [join(dist, `${name}.js`)], {
      env: {
        PATH,
        HOME: HOME ?? '/',
        ...env,
        LOG_LEVEL: 'info',
        MAIL_FROM: `${who} <calls@carnot.test>`,
        PUBLIC_URL: `http://${who}.carnot.test`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    alive.add(this.child);
    this.exited = once(this.child, 'exit').then(([status, signal]) => {
      alive.delete(this.child);
      return { status, signal };
    });
    const log = createWriteStream(join(folder, `${who}.log`));
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.on('data', (chunk) => {
        this.output += String(chunk);
        log.write(chunk);
      });
  }

  get lives() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until it says something; gives what was found. */
  async says(pattern) {
    for (const end = Date.now() + BEGINS_MS; ;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (!this.lives || Date.now() > end)
        throw new Error(`${this.who} does not say ${pattern}:\n${this.output}`);
      await pause(50);
    }
  }

  async stop(signal = 'SIGTERM') {
    if (this.lives) this.child.kill(signal);
    return this.exited;
  }
}

/** An API and two workers, or everything in one. */
export class Programs {
  all = [];

  constructor(env, folder) {
    Object.assign(this, { env, folder });
  }

  start(name, who, more = {}, dist) {
    const program = new Program(name, who, { ...this.env, ...more }, this.folder, dist);
    this.all.push(program);
    return program;
  }

  async apart(workers = 2) {
    const api = this.start('main', 'w1', { PORT: '0' });
    const others = Array.from({ length: workers }, (_, i) => this.start('worker', `w${i + 2}`));
    await this.listens(api);
    for (const worker of others) await worker.says(/worker ready/);
  }

  async together() {
    await this.listens(this.start('start', 'w1', { PORT: '0' }));
  }

  async listens(program) {
    [, this.url] = await program.says(/Sign in\s+(http:\S+?)\/sign-in/);
  }

  /** Those that have ended although nobody stopped them. */
  get fallen() {
    return this.all.filter((program) => !program.lives && !program.stopped).map(({ who }) => who);
  }

  async end() {
    for (const program of this.all) program.stopped = true;
    await Promise.all(this.all.map((program) => program.stop()));
  }
}
