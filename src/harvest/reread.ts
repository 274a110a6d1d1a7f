import { Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/index.js';
import { scanOf } from './domain/validation.js';
import { RunRepository } from './store/run.repository.js';
import { named, ProgrammeNames } from './programme-names.js';
import { RunReader } from './runs/run-reader.js';
import { seenCalls } from './seen-calls.js';
import type { Source } from './source-registry.js';

type Documents = { key: string; documentHash: string }[];

/**
 * Reads documents of earlier runs with the present parser. Another version of the program, before this one or
 * beside it, may have read something else out of the same page; compared with that, every call would seem to
 * have changed.
 */
@Injectable()
export class Reread {
  constructor(
    private readonly reader: RunReader,
    private readonly runs: RunRepository,
    private readonly programmes: ProgrammeNames,
  ) {}

  /**
   * What the present parser reads in these documents, by the calls' keys; of one that cannot be read any more
   * what was stored stands.
   */
  async read(source: Source, documents: Documents): Promise<Map<string, CallContent>> {
    const read = new Map<string, CallContent>();
    const names = await this.programmes.learn(source.id, []);
    // One after the other, and of each only what is asked for: after months the calls stand in hundreds of
    // documents.
    for (const answered of await this.runs.answeredWith([...new Set(documents.map((d) => d.documentHash))])) {
      const keys = new Set(
        documents.filter((d) => d.documentHash === answered.documentHash).map((d) => d.key),
      );
      const pages = await this.reader.readable(source, [answered]);
      const scan = scanOf(pages);
      const calls = new Map([...scan.calls].map(([key, call]) => [key, named(call, names)]));
      for (const { key, content } of seenCalls({ ...scan, calls }, []))
        if (keys.has(key)) read.set(key, content);
    }
    return read;
  }
}
