import type { EntityManager } from 'typeorm';
import { type CallContent, deadlinesAgree, identityKeys } from '../../../calls/domain/index.js';
import type { SeenCall } from '../../domain/findings.js';

/**
 * A call of other sources that a new record may be. `ended`: the one that led it dropped it, and no other
 * showed it.
 */
export interface Joinable {
  id: string;
  version: number;
  content: CallContent;
  keys: string[];
  ended: boolean;
}

async function candidates(tx: EntityManager, sourceId: string, keys: string[]): Promise<Joinable[]> {
  return tx.query(
    `SELECT c.id, c.version, c.content, c.identity_keys AS keys, EXISTS (SELECT 1 FROM source_record s WHERE s.call_id = c.id AND s.leads AND s.gone_at IS NOT NULL) AS ended
       FROM call c WHERE c.identity_keys && $1 AND NOT EXISTS (SELECT 1 FROM source_record s WHERE s.call_id = c.id AND s.source_id = $2)`,
    [keys, sourceId],
  );
}

/** What each gives, but for what several of them give: of that nobody can say whose it is. */
function withoutDoubts<T>(pairs: [string, T][], nameOf: (t: T) => string): Map<string, T> {
  const count = new Map<string, number>();
  for (const [, t] of pairs) count.set(nameOf(t), (count.get(nameOf(t)) ?? 0) + 1);
  return new Map(pairs.filter(([, t]) => count.get(nameOf(t)) === 1));
}

/**
 * The calls that new records of a source are, where other sources show them already, by the record's key. Two
 * records of one source are two calls, and where several calls would do none is taken: told twice is better
 * than never told.
 */
export async function joinable(
  tx: EntityManager,
  sourceId: string,
  fresh: SeenCall[],
): Promise<Map<string, Joinable>> {
  const keysOf = new Map(fresh.map((f) => [f.key, identityKeys(f.content)]));
  const found = await candidates(tx, sourceId, [...keysOf.values()].flat());
  const pairs = fresh.flatMap((f): [string, Joinable][] => {
    const fit = found.filter(
      (c) => c.keys.some((k) => keysOf.get(f.key)!.includes(k)) && deadlinesAgree(c.content, f.content),
    );
    return fit.length === 1 ? [[f.key, fit[0]!]] : [];
  });
  return withoutDoubts(pairs, (call) => call.id);
}
