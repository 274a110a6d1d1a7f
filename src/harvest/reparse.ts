import { Inject, Injectable } from '@nestjs/common';
import { contentHash, changesBetween, type Change } from '../calls/domain/index.js';
import type { Clock } from '../kernel/ports.js';
import type { SeenCall } from './domain/findings.js';
import type { SourceRecordEntity } from './store/source-record.entity.js';
import { CallRewrite, type Rejected } from './store/calls/call-rewrite.js';
import { CLOCK } from '../platform/tokens.js';
import { Reread } from './reread.js';
import { RunReader } from './runs/run-reader.js';
import type { Source } from './source-registry.js';

/** What the present parser makes of the documents that are stored. */
export interface Reparsed {
  same: number;
  /** Calls of which it reads something else. */
  different: { sourceRecord: SourceRecordEntity; seen: SeenCall; changes: Change[] }[];
  /** Calls that it does not find any more in the document that showed them. */
  lost: SourceRecordEntity[];
  /**
   * Documents that could not be read on arrival: how many calls are in them now, or why they still cannot be.
   */
  rejected: { key: string; then: string; now: { calls: number } | { why: string } }[];
}

/** Runs a source's present parser over what was fetched before. */
@Injectable()
export class Reparse {
  constructor(
    private readonly rewrite: CallRewrite,
    private readonly reread: Reread,
    private readonly reader: RunReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Shows what would be different, and changes nothing. */
  async preview(source: Source): Promise<Reparsed> {
    const sourceRecords = (await this.rewrite.live(source.id)).filter((s) => s.documentHash !== null);
    const now = await this.reread.read(
      source,
      sourceRecords.map((s) => ({ key: s.key, documentHash: s.documentHash! })),
    );
    const found: Reparsed = { same: 0, different: [], lost: [], rejected: [] };
    for (const sourceRecord of sourceRecords) {
      const content = now.get(sourceRecord.key);
      if (!content) found.lost.push(sourceRecord);
      else if (contentHash(content) === sourceRecord.contentHash) found.same += 1;
      else
        found.different.push({
          sourceRecord,
          changes: changesBetween(sourceRecord.content, content),
          seen: {
            key: sourceRecord.key,
            content,
            hash: contentHash(content),
            documentHash: sourceRecord.documentHash,
          },
        });
    }
    for (const document of await this.rewrite.rejected(source.id))
      found.rejected.push(await this.again(source, document));
    return found;
  }

  /** Stores what a preview showed, and has the source read again at once; gives how many calls that were. */
  apply(source: Source, { different }: Reparsed): Promise<number> {
    return this.rewrite.apply(source.id, different, this.clock.now());
  }

  private async again(
    source: Source,
    { key, rejectedHash, rejectedWhy }: Rejected,
  ): Promise<Reparsed['rejected'][number]> {
    try {
      const [read] = await this.reader.read(source, [{ key, documentHash: rejectedHash }]);
      return { key, then: rejectedWhy ?? '', now: { calls: read!.page.calls.length } };
    } catch (error) {
      return { key, then: rejectedWhy ?? '', now: { why: (error as Error).message } };
    }
  }
}
