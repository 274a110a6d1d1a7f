import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DISAGREEMENTS, type ReconciliationItem } from '../domain/list-against-search.js';
import { LIST_STATES } from '../store/source.entity.js';
import { type Compared, SourceListRepository } from '../store/source-list.repository.js';
import { ListTopics } from '../lists/list-topics.js';
import { Sources } from '../sources.js';
import { HOUR_MS } from '../../kernel/durations.js';

export const ListView = z
  .object({
    state: z
      .enum(LIST_STATES)
      .describe('result of its last reading, apart from the runs of the source; `new` before the first'),
    reason: z.string().nullable(),
    readAt: z.iso.datetime().nullable().describe('when its topics were last read'),
    ageHours: z.number().nullable(),
    topics: z.number().int().nullable().describe('topics in the list, closed ones too'),
    living: z.number().int().nullable().describe('forthcoming or open topics'),
    onlyInList: z.number().int().nullable().describe('topics missing from the pages of the source'),
    unread: z.number().int().nullable().describe('items and notes that could not be read'),
    unreadWhy: z.string().nullable().describe('the reason for the first of them'),
  })
  .meta({ id: 'SourceList' });
export type ListView = z.infer<typeof ListView>;

const Stated = z
  .object({ status: z.enum(['forthcoming', 'open', 'closed']), deadlines: z.array(z.iso.datetime()) })
  .nullable();

export const ReconciliationView = z
  .object({
    items: z.array(
      z.object({
        reference: z.string(),
        what: z.enum(DISAGREEMENTS),
        search: Stated.describe('according to the pages of the source'),
        list: Stated.describe('according to its own list'),
        since: z.iso.datetime(),
      }),
    ),
    total: z.number().int(),
  })
  .meta({ id: 'Reconciliation' });
export type ReconciliationView = z.infer<typeof ReconciliationView>;

/** A source's own list, and where it disagrees with the pages. */
export interface ListSeen {
  view: ListView;
  items: ReconciliationItem[];
}

/**
 * Returns the hours since `at`, rounded to a tenth, which is precise enough; never negative if a clock is
 * slightly behind.
 */
export const ageHours = (at: Date | null, now: Date): number | null =>
  at && Math.max(0, Math.round(((now.getTime() - at.getTime()) / HOUR_MS) * 10) / 10);

export const reconciliationView = (items: ReconciliationItem[]): ReconciliationView => ({
  items: items.map((i) => ({ ...i, since: i.since.toISOString() })),
  total: items.length,
});

/** The state of the sources' own lists. */
@Injectable()
export class ListViews {
  constructor(
    private readonly sources: Sources,
    private readonly lists: SourceListRepository,
    private readonly topics: ListTopics,
  ) {}

  /** Null if the source has no list. `listed`: without the disagreements on what only its pages show. */
  async forSource(id: string, now: Date, which: Compared = 'all'): Promise<ListSeen | null> {
    if (!this.sources.get(id).list) return null;
    const [list, items] = [
      await this.lists.findBySource(id),
      await this.topics.disagreements(id, now, which),
    ];
    const { topics = null, living = null, unread = null, unreadWhy = null } = list?.counts ?? {};
    const onlyInList = list?.firstReadAt ? items.filter((i) => i.what === 'only-in-list').length : null;
    const readAt = list?.readAt ?? null;
    return {
      view: {
        state: list?.state ?? 'new',
        reason: list?.reason ?? null,
        readAt: readAt?.toISOString() ?? null,
        ageHours: ageHours(readAt, now),
        topics,
        living,
        onlyInList,
        unread,
        unreadWhy,
      },
      items,
    };
  }
}
