import { Injectable } from '@nestjs/common';
import type { SourceRequest } from '../domain/request.js';
import { reconcile, type ReconciliationItem, type Shown } from '../domain/list-against-search.js';
import type { ListedTopicEntity, SourceState } from '../store/source.entity.js';
import { type Compared, SourceListRepository } from '../store/source-list.repository.js';
import { SourceRepository } from '../store/source.repository.js';
import type { Source } from '../source-registry.js';
import { HOUR_MS } from '../../kernel/durations.js';

/** The most topics read individually per day, except the first time: their host has other work. */
const MOST_TOPICS = 300;
/**
 * A search loses single topics for a few hours: one it showed this recently is left to it, so that its texts
 * do not alternate.
 */
const PATIENCE_MS = 36 * HOUR_MS;
/** If a source refuses access to its pages, only its list keeps its topics up to date. */
const REFUSED: SourceState[] = ['blocked', 'refused'];

/**
 * What a source's own list adds to its pages: topics that only the list has, and disagreements between the
 * two.
 */
@Injectable()
export class ListTopics {
  constructor(
    private readonly lists: SourceListRepository,
    private readonly sources: SourceRepository,
  ) {}

  /**
   * Returns where the list and the pages disagree; empty before the list was first read. `listed`: without
   * what only the pages show, which requires a search among all calls.
   */
  async disagreements(sourceId: string, now: Date, which: Compared): Promise<ReconciliationItem[]> {
    return (await this.compared(sourceId, now, which)).items;
  }

  /**
   * Returns the requests for topics that only the list has, newest first; if the pages are refused, also for
   * topics on which the list differs.
   */
  async requests({ id, list }: Source, now: Date): Promise<SourceRequest[]> {
    const { items, listed, shown } = await this.compared(id, now, 'all');
    const refused = REFUSED.includes((await this.sources.findById(id))?.state ?? 'new');
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
    const list = await this.lists.findBySource(sourceId);
    if (!list?.firstReadAt) return { items: [], listed: [], shown: [] };
    const known = { readAt: list.firstReadAt, unread: list.counts?.unreadReferences ?? [] };
    const [listed, shown] = [await this.lists.topics(sourceId), await this.lists.shown(sourceId, now, which)];
    return { items: reconcile(listed, shown, known, now), listed, shown };
  }
}
