import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MINUTE_MS } from '../../kernel/durations.js';

/** How long a thread waits for another file: loading its library takes longer than most files do. */
const IDLE_MS = 30_000;
/** The largest sheet takes half of it; more than this must not be taken from the process. */
const MOST_MEMORY_MB = 512;
/** A file that takes longer would keep everyone else's waiting. */
const LONGEST_MS = 2 * MINUTE_MS;

/**
 * Makes files of one kind in a thread, one after the other: twenty people at nine o'clock use one processor
 * and not all the memory, and the process is not blocked. A file's data are put together when its turn comes,
 * and sent in one message or several, since copying a large one blocks both sides: the thread knows the last.
 * `none` returns the message for a thread that ended without a file.
 */
export class FileThread {
  /** The last file started: the next one waits for it. */
  private before: Promise<unknown> = Promise.resolve();
  private thread: Worker | null = null;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly script: URL,
    private readonly none: (code: number) => string,
  ) {}

  make(parts: () => AsyncIterable<unknown> | Iterable<unknown>): Promise<Buffer> {
    const file = this.before.then(() => this.made(parts()));
    this.before = file.catch(() => undefined);
    return file;
  }

  private async made(parts: AsyncIterable<unknown> | Iterable<unknown>): Promise<Buffer> {
    clearTimeout(this.idle);
    const thread = (this.thread ??= this.begun());
    const over = new AbortController();
    const limit = setTimeout(() => void thread.terminate(), LONGEST_MS);
    thread.ref();
    try {
      const file = Promise.race([
        // An error in the thread, which ends it, is thrown here.
        once(thread, 'message', over).then(([bytes]) =>
          Buffer.from((bytes as Uint8Array<ArrayBuffer>).buffer),
        ),
        once(thread, 'exit', over).then(([code]) => Promise.reject(new Error(this.none(code as number)))),
      ]);
      // It may end before all is sent, which is thrown below.
      file.catch(() => undefined);
      for await (const part of parts) thread.postMessage(part);
      return await file;
    } catch (error) {
      // Its end is reported only later, and the next file must not be given to it.
      this.thread = null;
      void thread.terminate();
      throw error;
    } finally {
      clearTimeout(limit);
      over.abort();
      // It keeps no process alive that has nothing else to do.
      thread.unref();
      this.idle = setTimeout(() => this.rest(), IDLE_MS).unref();
    }
  }

  private begun(): Worker {
    // An error while a file is made is thrown there; at any other time it concerns nobody.
    return new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } }).on(
      'error',
      () => undefined,
    );
  }

  private rest(): void {
    void this.thread?.terminate();
    this.thread = null;
  }
}
