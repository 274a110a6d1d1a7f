import { Worker } from 'node:worker_threads';

/** Makes a file in a thread of its own out of what it is given. */
function made(script: URL, workerData: unknown, none: (code: number) => string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(script, { workerData });
    thread.once('message', (bytes: Uint8Array<ArrayBuffer>) => resolve(Buffer.from(bytes.buffer)));
    thread.once('error', reject);
    // After a message or an error this says nothing more.
    thread.once('exit', (code) => reject(new Error(none(code))));
  });
}

/**
 * Files of one kind, made in threads one after the other: twenty people at nine o'clock take one processor and not all memory, and the
 * process answers others meanwhile. What a file is made of is put together when its turn comes; `none` says that a thread made nothing.
 */
export class FileThread {
  /** The file that was begun last: the next one waits for it. */
  private before: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly script: URL,
    private readonly none: (code: number) => string,
  ) {}

  make(data: () => unknown): Promise<Buffer> {
    const file = this.before.then(() => made(this.script, data(), this.none));
    this.before = file.catch(() => undefined);
    return file;
  }
}
