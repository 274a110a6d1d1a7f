import { Inject, Injectable } from '@nestjs/common';
import { contentHash, sourceRecordKey } from '../calls/domain/versions/identity.js';
import { type Change, changesBetween } from '../calls/domain/versions/diff.js';
import type { Clock } from '../kernel/ports.js';
import type { SeenCall } from './domain/findings.js';
import type { SourceRecordEntity } from './store/source-record.repository.js';
import { CallRewrite, type Rejected } from './store/calls/call-rewrite.js';
import { grouped } from '../kernel/collections.js';
import { asDrafted } from './domain/drafts/committee-document.js';
import { DraftRepository, type DraftTopicEntity } from './store/drafts/draft.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { Reread, RunReader } from './run-documents.js';
import type { Source } from './source-registry.js';

/** What the current parser makes of the stored documents. */
export interface Reparsed {
  same: number;
  different: { sourceRecord: SourceRecordEntity; seen: SeenCall; changes: Change[] }[];
  /** Calls that it no longer finds in the document that showed them. */
  lost: SourceRecordEntity[];
  /** Topics of all versions of drafts that it reads differently, as it reads them. */
  topics: Pick<DraftTopicEntity, 'reference' | 'version' | 'identifier' | 'content'>[];
  /** Documents that could not be read on arrival: how many calls they now give, or why they still fail. */
  rejected: { key: string; then: string; now: { calls: number } | { why: string } }[];
}

/** Runs a source's current parser on documents fetched earlier. */
@Injectable()
export class Reparse {
  constructor(
    private readonly rewrite: CallRewrite,
    private readonly reread: Reread,
    private readonly reader: RunReader,
    private readonly drafts: DraftRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns what would change, without changing anything. */
  async preview(source: Source): Promise<Reparsed> {
    const sourceRecords = (await this.rewrite.live(source.id)).filter((s) => s.documentHash !== null);
    const now = await this.reread.read(
      source,
      sourceRecords.map((s) => ({ key: s.key, documentHash: s.documentHash! })),
    );
    const topics = source.committees ? await this.topics(source) : [];
    const found: Reparsed = { same: 0, different: [], lost: [], topics, rejected: [] };
    for (const sourceRecord of sourceRecords) {
      const read = now.get(sourceRecord.key);
      const content = read && asDrafted(read, sourceRecord.content);
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

  /**
   * Stores what a preview showed and schedules the source at once. Returns how many calls changed, and how
   * many documents of committees are asked for again, whose decisions and unread drafts no preview shows.
   */
  async apply(
    source: Source,
    { different, topics }: Reparsed,
  ): Promise<{ calls: number; askedAgain: number }> {
    await this.drafts.rewrite(topics);
    const askedAgain = source.committees ? await this.drafts.askAgain() : 0;
    return { calls: await this.rewrite.apply(source.id, different, this.clock.now()), askedAgain };
  }

  /** One document at a time: the versions of a draft have the same topics. */
  private async topics(source: Source): Promise<Reparsed['topics']> {
    const kept = (await this.drafts.topics()).filter((topic) => topic.documentHash !== null);
    const different: Reparsed['topics'] = [];
    for (const [documentHash, topics] of grouped(kept, (topic) => [topic.documentHash!])) {
      const documents = topics.map(({ content }) => ({ key: sourceRecordKey(content), documentHash }));
      const now = await this.reread.read(source, documents);
      for (const { reference, version, identifier, content: stored } of topics) {
        const content = now.get(sourceRecordKey(stored));
        if (content && contentHash(content) !== contentHash(stored))
          different.push({ reference, version, identifier, content });
      }
    }
    return different;
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
