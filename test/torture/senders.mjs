/**
 * The processes that deliver: real workers, each with a name that its mails and requests bear, so that it is
 * known who sent what.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from './servers.mjs';

const WORKER = fileURLToPath(new URL('../../dist/worker.js', import.meta.url));
/** On a machine that is busy with much else. */
const BEGINS_MS = 300_000;

/** Whatever a run leaves goes with it. */
const alive = new Set();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

export class Senders {
  made = 0;
  /** Workers that ended although nobody killed them. */
  fallen = [];

  constructor(env, otherSide, folder) {
    const { PATH, HOME } = process.env;
    Object.assign(this, { otherSide, folder, env: { PATH, HOME: HOME ?? '/', ...env, LOG_LEVEL: 'warn' } });
  }

  start() {
    if (this.over) throw new Error('the run was broken off');
    const name = `w${(this.made += 1)}`;
    // The sender's name in a mail and the address in a request's User-Agent say which worker it is; neither
    // is of the message.
    const env = {
      ...this.env,
      MAIL_FROM: `${name} <calls@carnot.test>`,
      PUBLIC_URL: `http://${name}.carnot.test`,
    };
    const child = spawn(process.execPath, [WORKER], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    alive.add(child);
    const log = createWriteStream(join(this.folder, `${name}.log`));
    for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
    const sender = { name, child, killed: false, delivers: false, exited: once(child, 'exit') };
    sender.begun = once(this.otherSide.seen, name).then(() => (sender.delivers = true));
    void sender.exited.then(([status, signal]) => {
      alive.delete(child);
      if (!sender.killed)
        this.fallen.push(
          `${name} (${signal ?? `status ${status}`}, ${sender.delivers ? 'while it delivered' : 'before it delivered'})`,
        );
    });
    return sender;
  }

  /**
   * Starts one and waits until it delivers. One that falls before (the database is being restarted) is
   * followed by another.
   */
  async delivering() {
    for (let tries = 0; tries < 10; tries += 1) {
      const sender = this.start();
      const how = await Promise.race([
        sender.begun,
        sender.exited.then(() => 'ended'),
        pause(BEGINS_MS).then(() => 'late'),
      ]);
      if (how === true) return sender;
      if (how === 'late')
        throw new Error(
          `${sender.name} did not begin to deliver within ${BEGINS_MS / 1_000} s. It said:\n${this.said(sender.name)}`,
        );
    }
    throw new Error(
      `ten workers in a row ended before they delivered anything. The last one said:\n${this.said(`w${this.made}`)}`,
    );
  }

  /** The end of what a worker said. */
  said(name) {
    return readFileSync(join(this.folder, `${name}.log`), 'utf8')
      .trim()
      .split('\n')
      .slice(-15)
      .join('\n');
  }

  /** Without a word to it. Gives whether it still ran. */
  async kill(sender) {
    sender.killed = true;
    sender.child.kill('SIGKILL');
    const [, signal] = await sender.exited;
    return signal === 'SIGKILL';
  }

  /** All that are left, when the run is over or broken off. */
  async end() {
    this.over = true;
    await Promise.all(
      [...alive].map((child) => {
        child.kill('SIGKILL');
        return once(child, 'exit');
      }),
    );
  }

  /** In order, as an operator stops one. */
  async stop(sender) {
    sender.killed = true;
    sender.child.kill('SIGTERM');
    await sender.exited;
  }
}
