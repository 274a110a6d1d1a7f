import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.js';
import { startedAt } from './processes.js';
import { stopServer, type Running } from './server.js';

const EVERY_MS = 2_000;
/** A disk that is full, or a machine without memory, is not asked every two seconds. */
const LONGEST_PAUSE_MS = 30_000;
const TAIL = 5;

/**
 * Looks whether the server lives, and starts it anew where it has ended by itself: killed by the system for
 * want of memory, or by a disk that was full. Its address stays, since whoever holds that learns no other.
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

  /** The start makes the log anew. */
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

  /** What is being started is waited for, so that nothing is left behind. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.starting;
    await stopServer(this.server);
  }
}
