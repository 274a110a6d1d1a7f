import { Forbidden, type NotFound } from '../../kernel/errors.js';
import { type Actor, ofNetwork, readsOf } from '../../kernel/actor.js';

/**
 * Returns the institute that a list is limited to: the requested one, which must be one's own. By default the
 * network sees all, everyone else their own.
 */
export function profileScope(actor: Actor, asked: string | undefined): string | undefined {
  if (ofNetwork(actor)) return asked;
  if (asked !== undefined && asked !== actor.profileId) throw new Forbidden('of-another-institute');
  return actor.profileId!;
}

/**
 * Returns a row of an institute, or of the network if it has none, to those who may see it; for all others it
 * does not exist.
 */
export function rowFor<T extends { profileId: string | null }>(
  actor: Actor,
  row: T | null,
  missing: NotFound,
): T {
  const may = row && (row.profileId === null ? ofNetwork(actor) : readsOf(actor, row.profileId));
  if (!may) throw missing;
  return row;
}
