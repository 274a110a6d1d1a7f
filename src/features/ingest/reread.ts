import { Injectable } from '@nestjs/common';
import type { CallContent } from '../../domain/call/call-content.js';
import { scanOf } from '../../domain/source/belief.js';
import type { ReadDocument } from '../../domain/source/source.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { RunReader } from './run-reader.js';
import { seenCalls } from './seen-calls.js';
import type { Source } from './source-registry.js';

type Documents = { key: string; documentHash: string }[];

/**
 * Reads documents of earlier runs with the present parser. A new version of the program may read more out of the same page;
 * compared with what the former one had read of it, every call would seem to have changed.
 */
@Injectable()
export class Reread {
  /** Sources all of whose calls were stored by this very process: its parsers do not change while it runs. */
  private readonly upToDate = new Set<string>();

  constructor(
    private readonly reader: RunReader,
    private readonly runs: RunRepository,
  ) {}

  /** Null where what is stored was read by this process. */
  of(source: Source): ((documents: Documents) => Promise<Map<string, CallContent>>) | null {
    return this.upToDate.has(source.id) ? null : (documents) => this.read(source, documents);
  }

  done(source: Source): void {
    this.upToDate.add(source.id);
  }

  /** What the present parser reads in these documents, by the calls' keys. */
  async read(source: Source, documents: Documents): Promise<Map<string, CallContent>> {
    const shown = new Map<string, CallContent>();
    for (const { key: document, page } of await this.pages(source, [...new Set(documents.map((d) => d.documentHash))])) {
      for (const { key, content } of seenCalls(scanOf([{ key: document, page }]), [])) shown.set(`${document} ${key}`, content);
    }
    // Of a document that cannot be read any more nothing is known, and what was stored stands.
    return new Map(documents.flatMap(({ key, documentHash }) => {
      const content = shown.get(`${documentHash} ${key}`);
      return content ? [[key, content] as const] : [];
    }));
  }

  /** The documents that can be read, under their hashes. They are asked for by the request that brought them: parsers may go by its key. */
  private async pages(source: Source, hashes: string[]): Promise<ReadDocument[]> {
    const answered = await this.runs.answeredWith(hashes);
    const pages = await Promise.all(answered.map(async (r) => (await this.reader.readable(source, [r])).map(({ page }) => ({ key: r.documentHash, page }))));
    return pages.flat();
  }
}
