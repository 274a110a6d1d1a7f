import type { EntityManager } from 'typeorm';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { deadlinesAgree, identityKeys } from '../../../calls/domain/versions/identity.js';
import type { SeenCall } from '../../domain/findings.js';

/**
 * A call of other sources that a new record may belong to. `ended`: its leading source dropped it, and no
 * other showed it.
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

/** Drops what several pairs share: it is unclear which of them it belongs to. */
function withoutDoubts<T>(pairs: [string, T][], nameOf: (t: T) => string): Map<string, T> {
  const count = new Map<string, number>();
  for (const [, t] of pairs) count.set(nameOf(t), (count.get(nameOf(t)) ?? 0) + 1);
  return new Map(pairs.filter(([, t]) => count.get(nameOf(t)) === 1));
}

/**
 * Returns the existing calls of other sources that a source's new records belong to, by record key. Two
 * records of one source are two calls, and if several calls match, none is taken: reporting a call twice is
 * better than never.
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
