import { Injectable } from '@nestjs/common';
import type { SourceRequest } from '../../domain/source/request.js';
import { reconcile, type ReconciliationItem } from '../../domain/source/reconciliation.js';
import type { SourceState } from '../../persistence/entities/source.entity.js';
import { SourceListRepository } from '../../persistence/repositories/source-list.repository.js';
import { SourceRepository } from '../../persistence/repositories/source.repository.js';
import type { Source } from './source-registry.js';

/** Topics that are read one by one in a day, but for the first: their host is asked for other things too. */
const MOST_TOPICS = 300;
/** Where the pages of a source are refused, its list alone keeps what is known of its topics current. */
const REFUSED: SourceState[] = ['blocked', 'refused'];

/** What a source's own list says beside its pages: which topics only the list knows, and on which the two do not agree. */
@Injectable()
export class ListTopics {
  constructor(
    private readonly lists: SourceListRepository,
    private readonly sources: SourceRepository,
  ) {}

  /** On what the list and the pages do not agree; empty before the list was read. */
  async disagreements(sourceId: string, now: Date): Promise<ReconciliationItem[]> {
    const list = await this.lists.find(sourceId);
    if (!list?.firstReadAt) return [];
    const known = { readAt: list.firstReadAt, unread: list.counts?.unreadReferences ?? [] };
    return reconcile(await this.lists.topics(sourceId), await this.lists.shown(sourceId, now), known, now);
  }

  /** The requests for the topics that only the list knows, the newest first; where the pages are refused, for those too of which the list says something else. */
  async requests({ id, list }: Source, now: Date): Promise<SourceRequest[]> {
    const items = await this.disagreements(id, now);
    const refused = REFUSED.includes((await this.sources.find(id))?.state ?? 'new');
    const wanted = new Set(items.filter((i) => i.what === 'only-in-list' || (refused && i.what !== 'only-in-search')).map((i) => i.reference));
    const topics = (await this.lists.topics(id)).filter((t) => wanted.has(t.reference)).sort((a, b) => b.firstListedAt.getTime() - a.firstListedAt.getTime());
    const isFirst = (await this.sources.shownBy(id)) === 0;
    return list!.details((isFirst ? topics : topics.slice(0, MOST_TOPICS)).map((t) => t.topic));
  }
}
