import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.js';
import { startedAt } from './processes.js';
import { stopServer, type Running } from './server.js';

const EVERY_MS = 2_000;
/** The longest pause: a full disk, or a machine without memory, is not retried every two seconds. */
const LONGEST_PAUSE_MS = 30_000;
const TAIL = 5;

/**
 * Checks whether the server is alive, and restarts it if it ended by itself: killed by the system for lack of
 * memory, or stopped by a full disk. Its address stays, since its users are not told another one.
 */
export class Keeper {
  private timer: NodeJS.Timeout | undefined;
  private starting: Promise<void> | undefined;
  private failures = 0;
  private stopped = false;

  constructor(
    private server: Running,
    private readonly place: Place,
    private readonly start: (port: number) => Promise<Running>,
    private readonly say: (what: string) => void,
  ) {
    this.wait(EVERY_MS);
  }

  private wait(ms: number): void {
    this.timer = setTimeout(() => {
      this.starting = this.look().finally(() => {
        if (!this.stopped) this.wait(Math.min(EVERY_MS * 2 ** this.failures, LONGEST_PAUSE_MS));
      });
    }, ms).unref();
  }

  private async look(): Promise<void> {
    if (startedAt(this.server.pid) === this.server.started) return;
    this.say(
      `The embedded PostgreSQL has ended by itself and is started again. The end of its log:\n${this.tail()}`,
    );
    try {
      this.server = await this.start(Number(new URL(this.server.url).port));
      this.failures = 0;
      this.say('The embedded PostgreSQL is up again.');
    } catch (error) {
      this.failures += 1;
      this.say((error as Error).message);
    }
  }

  /** Read before the start, which replaces the log. */
  private tail(): string {
    try {
      return readFileSync(join(this.place.folder, 'postgres.log'), 'utf8')
        .trim()
        .split('\n')
        .slice(-TAIL)
        .join('\n');
    } catch {
      return 'it cannot be read';
    }
  }

  /** Waits for a start in progress, so that nothing is left behind. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.starting;
    await stopServer(this.server);
  }
}
