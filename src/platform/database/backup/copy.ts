import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import type pg from 'pg';

/** The part of pg's connection that COPY needs; pg passes it to whatever is submitted. */
interface Line {
  stream: NodeJS.WritableStream & { writableNeedDrain: boolean; pause(): void; resume(): void };
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
}

const BATCH_BYTES = 64 * 1024;

/** Rows of a COPY … TO STDOUT, in batches: while nobody reads, the server waits. `onRow` gets each one. */
export class CopyOut extends Readable {
  private line: Line | null = null;
  private batch: Buffer[] = [];
  private batched = 0;

  constructor(
    private readonly statement: string,
    private readonly onRow: (row: Buffer) => void,
  ) {
    super({ highWaterMark: 4 * BATCH_BYTES });
  }

  submit(line: pg.Connection): void {
    this.line = line as unknown as Line;
    this.line.query(this.statement);
  }

  /** The server sends each row as a separate message, and pg overwrites it with the next one. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.onRow(chunk);
    this.batch.push(Buffer.from(chunk));
    this.batched += chunk.length;
    if (this.batched >= BATCH_BYTES && !this.hand()) this.line!.stream.pause();
  }

  private hand(): boolean {
    const all = Buffer.concat(this.batch);
    [this.batch, this.batched] = [[], 0];
    return all.length === 0 || this.push(all);
  }

  override _read(): void {
    this.line?.stream.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // Data still in transit must pass before the connection can end.
    this.line?.stream.resume();
    done(error);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }

  handleCommandComplete(): void {
    this.hand();
  }

  handleReadyForQuery(): void {
    this.push(null);
  }
}

/** Sends the rows of a COPY … FROM STDIN; finishes once the server has stored them. */
export class CopyIn extends Writable {
  private line: Line | null = null;
  private ready!: () => void;
  private readonly asked = new Promise<void>((resolve) => (this.ready = resolve));
  private stored: (error?: Error) => void = () => undefined;

  constructor(private readonly statement: string) {
    super({ highWaterMark: 4 * BATCH_BYTES });
  }

  submit(line: pg.Connection): void {
    this.line = line as unknown as Line;
    this.line.query(this.statement);
  }

  handleCopyInResponse(): void {
    this.ready();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    void this.asked.then(async () => {
      if (this.destroyed) return;
      this.line!.sendCopyFromChunk(chunk);
      if (this.line!.stream.writableNeedDrain) await once(this.line!.stream, 'drain');
      done();
    });
  }

  override _final(done: (error?: Error) => void): void {
    this.stored = done;
    void this.asked.then(() => this.line!.endCopyFrom());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (error && !this.refused) this.line?.sendCopyFail(error.message.slice(0, 200));
    done(error);
  }

  private refused = false;

  handleError(error: Error): void {
    this.refused = true;
    this.destroy(error);
  }

  handleCommandComplete(): void {
    // The connection can be reused only after ReadyForQuery.
  }

  handleReadyForQuery(): void {
    this.stored();
  }
}
