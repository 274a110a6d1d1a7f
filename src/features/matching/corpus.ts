import { Injectable } from '@nestjs/common';
import { CallIndex } from '../../domain/matching/call-index.js';
import { CallRepository } from '../../persistence/repositories/call.repository.js';

/** The index over all stored calls, kept in this process and brought up to date by what was stored since. */
@Injectable()
export class Corpus {
  readonly index = new CallIndex();
  /** The version of each call that stands in the index. */
  readonly versions = new Map<string, { version: number; seq: bigint }>();
  private seq = '0';

  constructor(private readonly calls: CallRepository) {}

  /** Reads what is new; gives the place in the order of versions up to which the index now stands. */
  async refresh(): Promise<string> {
    for (const call of await this.calls.since(this.seq)) {
      this.index.put(call.id, call.content);
      this.versions.set(call.id, { version: call.version, seq: BigInt(call.seq) });
      this.seq = call.seq;
    }
    return this.seq;
  }

  /** The calls whose present version stands behind a place. */
  behind(seq: string): string[] {
    return [...this.versions].filter(([, v]) => v.seq > BigInt(seq)).map(([id]) => id);
  }
}
