import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SECRET_KEY } from './secrets.js';

const CLI = join(resolve(__dirname, '../../dist'), 'cli.js');

/** The portal has two origins, and the second must not be the real one either. */
export const aloneWith = ({ FUNDING_TENDERS_URL: url }: Record<string, string>): Record<string, string> =>
  url ? { FUNDING_TENDERS_DATA_URL: url } : {};

/** Where commands work that name no place, so that none works in that of the checkout. */
const dataDir = mkdtempSync(join(tmpdir(), 'carnot-europe-command-'));
chmodSync(dataDir, 0o711); // As root: the database's own user must be able to traverse it.

/** What a failed test has left running; jest's worker would wait for it. */
const alive = new Set<ChildProcess>();
// The `process` of a test never emits `exit`.
afterAll(() => {
  alive.forEach((child) => child.kill('SIGKILL'));
  rmSync(dataDir, { recursive: true, force: true });
});

/** One of our commands in its own process, and its output. */
export class Command {
  output = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<[number | null, NodeJS.Signals | null]>;

  /** `input` goes to standard input. */
  constructor(args: string[], env: Record<string, string> = {}, input?: string) {
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
    this.child = spawn(process.execPath, [CLI, ...args], {
      env: {
        PATH: PATH!,
        HOME: HOME ?? '/',
        ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
        SOURCES: 'funding-tenders',
        SECRET_KEY,
        DATA_DIR: dataDir,
        ...aloneWith(env),
        ...env,
      },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    this.child.stdin?.end(input);
    alive.add(this.child);
    this.child.once('exit', () => alive.delete(this.child));
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (chunk) => {
        this.output += String(chunk);
      });
    this.exited = once(this.child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  }

  /** Waits for its end; returns the exit status (null if a signal ended it) and its output. */
  async ended(): Promise<{ status: number | null; output: string }> {
    const [status] = await this.exited;
    return { status, output: this.output };
  }

  /** Kills it without warning; returns whether it was still running. */
  async kill(): Promise<boolean> {
    this.child.kill('SIGKILL');
    const [, signal] = await this.exited;
    return signal === 'SIGKILL';
  }
}

/** Runs a command to its end. */
export const ran = (
  args: string[],
  env?: Record<string, string>,
  input?: string,
): Promise<{ status: number | null; output: string }> => new Command(args, env, input).ended();
