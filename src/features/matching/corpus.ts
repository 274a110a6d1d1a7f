import { Injectable } from '@nestjs/common';
import { CallIndex } from '../../domain/matching/call-index.js';
import { CallRepository } from '../../persistence/repositories/call.repository.js';

/** Calls that are read and indexed at a time: a tenth of a second or so. */
const BATCH = 100;

/** The index over all stored calls, kept in this process and brought up to date by what was stored since. */
@Injectable()
export class Corpus {
  readonly index = new CallIndex();
  /** The version of each call that stands in the index. */
  readonly versions = new Map<string, { version: number; seq: bigint }>();
  private seq = '0';
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly calls: CallRepository) {}

  /**
   * Reads what is new; gives the place in the order of versions up to which the index now stands. One after the other: of two that
   * read side by side the slower one would put older contents over newer ones.
   */
  refresh(): Promise<string> {
    const next = this.last.then(() => this.read());
    this.last = next.catch(() => undefined);
    return next;
  }

  private async read(): Promise<string> {
    for (;;) {
      const calls = await this.calls.since(this.seq, BATCH);
      for (const call of calls) {
        this.index.put(call.id, call.content);
        this.versions.set(call.id, { version: call.version, seq: BigInt(call.seq) });
        this.seq = call.seq;
      }
      if (calls.length < BATCH) return this.seq;
      // Between two batches the locks of other jobs are renewed, and requests answered.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** The calls whose present version stands behind a place. */
  behind(seq: string): string[] {
    return [...this.versions].filter(([, v]) => v.seq > BigInt(seq)).map(([id]) => id);
  }
}
