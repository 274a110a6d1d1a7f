import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { SECRET_KEY } from './secrets.js';

const CLI = join(resolve(__dirname, '../../dist'), 'cli.js');

/** The portal has two origins, and the other one is not to be the real one either. */
export const aloneWith = ({ FUNDING_TENDERS_URL: url }: Record<string, string>): Record<string, string> =>
  url ? { FUNDING_TENDERS_DATA_URL: url } : {};

/** Whatever a test leaves running goes with the test run. */
const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

/** One command of ours as a process of its own, and all that it has said. */
export class Command {
  output = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<[number | null, NodeJS.Signals | null]>;

  /** `input` is what it reads from standard input. */
  constructor(args: string[], env: Record<string, string> = {}, input?: string) {
    const { PATH, HOME } = process.env;
    this.child = spawn(process.execPath, [CLI, ...args], {
      env: {
        PATH: PATH!,
        HOME: HOME ?? '/',
        SOURCES: 'funding-tenders',
        SECRET_KEY,
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

  /** Waits for its end: the exit status, null where a signal ended it, and all it said. */
  async ended(): Promise<{ status: number | null; output: string }> {
    const [status] = await this.exited;
    return { status, output: this.output };
  }

  /** Kills it, without a word to it; gives whether it still ran. */
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
