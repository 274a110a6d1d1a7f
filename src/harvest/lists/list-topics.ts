import { Injectable } from '@nestjs/common';
import type { SourceRequest } from '../domain/request.js';
import { reconcile, type ReconciliationItem, type Shown } from '../domain/reconciliation.js';
import type { ListedTopicEntity } from '../store/listed-topic.entity.js';
import type { SourceState } from '../store/source.entity.js';
import { type Compared, SourceListRepository } from '../store/source-list.repository.js';
import { SourceRepository } from '../store/source.repository.js';
import type { Source } from '../source-registry.js';
import { HOUR_MS } from '../../kernel/durations.js';

/** Topics that are read one by one in a day, but for the first: their host is asked for other things too. */
const MOST_TOPICS = 300;
/**
 * A search loses single topics for a few hours: what it showed so lately is left to it, so that its words are
 * not exchanged to and fro.
 */
const PATIENCE_MS = 36 * HOUR_MS;
/** Where the pages of a source are refused, its list alone keeps what is known of its topics current. */
const REFUSED: SourceState[] = ['blocked', 'refused'];

/**
 * What a source's own list says beside its pages: which topics only the list knows, and on which the two do
 * not agree.
 */
@Injectable()
export class ListTopics {
  constructor(
    private readonly lists: SourceListRepository,
    private readonly sources: SourceRepository,
  ) {}

  /**
   * On what the list and the pages do not agree; empty before the list was read. `listed`: without what only
   * the pages show, which has to be looked for among all calls.
   */
  async disagreements(sourceId: string, now: Date, which: Compared): Promise<ReconciliationItem[]> {
    return (await this.compared(sourceId, now, which)).items;
  }

  /**
   * The requests for the topics that only the list knows, the newest first; where the pages are refused, for
   * those too of which the list says something else.
   */
  async requests({ id, list }: Source, now: Date): Promise<SourceRequest[]> {
    const { items, listed, shown } = await this.compared(id, now, 'all');
    const refused = REFUSED.includes((await this.sources.find(id))?.state ?? 'new');
    const lately = new Set(
      shown
        .filter((s) => s.missingSince !== null && s.missingSince.getTime() > now.getTime() - PATIENCE_MS)
        .map((s) => s.reference),
    );
    const wanted = items.filter(
      (i) =>
        (i.what === 'only-in-list' && !lately.has(i.reference)) || (refused && i.what !== 'only-in-search'),
    );
    const references = new Set(wanted.map((i) => i.reference));
    const topics = listed
      .filter((t) => references.has(t.reference))
      .sort((a, b) => b.firstListedAt.getTime() - a.firstListedAt.getTime());
    const isFirst = (await this.sources.shownBy(id)) === 0;
    return list!.details((isFirst ? topics : topics.slice(0, MOST_TOPICS)).map((t) => t.topic));
  }

  private async compared(
    sourceId: string,
    now: Date,
    which: Compared,
  ): Promise<{ items: ReconciliationItem[]; listed: ListedTopicEntity[]; shown: Shown[] }> {
    const list = await this.lists.find(sourceId);
    if (!list?.firstReadAt) return { items: [], listed: [], shown: [] };
    const known = { readAt: list.firstReadAt, unread: list.counts?.unreadReferences ?? [] };
    const [listed, shown] = [await this.lists.topics(sourceId), await this.lists.shown(sourceId, now, which)];
    return { items: reconcile(listed, shown, known, now), listed, shown };
  }
}
