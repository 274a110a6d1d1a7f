/**
 * The delivering processes: real workers, each with a name that its e-mails and requests carry, so that the
 * sender of each is known.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from './servers.mjs';

const WORKER = fileURLToPath(new URL('../../dist/worker.js', import.meta.url));
/** On a machine that is busy otherwise. */
const BEGINS_MS = 300_000;

/** Processes left by a run are killed with it. */
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
    // The sender's name in an e-mail and the address in a request's User-Agent identify the worker; neither
    // is part of the message.
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
   * Starts a worker and waits until it delivers. If it dies first (the database is restarting), starts
   * another.
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

  /** Returns the end of a worker's output. */
  said(name) {
    return readFileSync(join(this.folder, `${name}.log`), 'utf8')
      .trim()
      .split('\n')
      .slice(-15)
      .join('\n');
  }

  /** Kills it without warning; returns whether it was still running. */
  async kill(sender) {
    sender.killed = true;
    sender.child.kill('SIGKILL');
    const [, signal] = await sender.exited;
    return signal === 'SIGKILL';
  }

  /** Ends all remaining workers when the run is over or interrupted. */
  async end() {
    this.over = true;
    await Promise.all(
      [...alive].map((child) => {
        child.kill('SIGKILL');
        return once(child, 'exit');
      }),
    );
  }

  /** Stops it cleanly, as an operator does. */
  async stop(sender) {
    sender.killed = true;
    sender.child.kill('SIGTERM');
    await sender.exited;
  }
}
