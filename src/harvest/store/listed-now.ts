import type { EntityManager } from 'typeorm';

/** The state of a source's own list when a run is stored. */
export interface ListedNow {
  /** It was read successfully and recently. */
  isKnown: boolean;
  /** The references of topics listed as forthcoming or open, and of items that could not be read. */
  living: Set<string>;
  /** Topics that were in the list when it was first read. */
  fromTheStart: Set<string>;
}

/** An older list says nothing about today. It is read once a day, and soon again after a failure. */
const KNOWS_FOR = '3 days';

export async function listedNow(tx: EntityManager, sourceId: string, now: Date): Promise<ListedNow> {
  const lists: { firstReadAt: Date | null; unread: string[]; isKnown: boolean }[] = await tx.query(
    `SELECT first_read_at AS "firstReadAt", coalesce(counts->'unreadReferences', '[]') AS unread, coalesce(read_at > $2::timestamptz - interval '${KNOWS_FOR}', false) AS "isKnown" FROM source_list WHERE source_id = $1`,
    [sourceId, now],
  );
  const topics: { reference: string; isLiving: boolean; firstListedAt: Date }[] =
    lists.length === 0
      ? []
      : await tx.query(
          'SELECT reference, dropped_at IS NULL AS "isLiving", first_listed_at AS "firstListedAt" FROM listed_topic WHERE source_id = $1',
          [sourceId],
        );
  const begun = lists[0]?.firstReadAt?.getTime();
  return {
    isKnown: lists[0]?.isKnown ?? false,
    living: new Set([
      ...topics.filter((t) => t.isLiving).map((t) => t.reference),
      ...(lists[0]?.unread ?? []),
    ]),
    fromTheStart: new Set(topics.filter((t) => t.firstListedAt.getTime() === begun).map((t) => t.reference)),
  };
}
