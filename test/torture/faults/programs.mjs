/** The installation's programs as processes: their output, and whether they are alive. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from '../servers.mjs';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));
const BEGINS_MS = 180_000;

/** Processes left by a run are killed with it, as is an embedded server with the program that started it. */
const alive = new Set();
process.once('exit', () => alive.forEach((child) => child.kill('SIGTERM')));

export class Program {
  /** `name`: start, main or worker; `who`: its name in the e-mails and requests it sends. */
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

  /** Waits for matching output; returns the match. */
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

/** An API and two workers, or all in one. */
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

  /** Programs that ended although nobody stopped them. */
  get fallen() {
    return this.all.filter((program) => !program.lives && !program.stopped).map(({ who }) => who);
  }

  async end() {
    for (const program of this.all) program.stopped = true;
    await Promise.all(this.all.map((program) => program.stop()));
  }
}
