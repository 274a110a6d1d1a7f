import { ForbiddenException, NotFoundException } from '@nestjs/common';
import { ofNetwork, readsOf, type Actor } from '../../kernel/actor.js';

/**
 * Of which institute a list is shown: the one that is asked for, which must be one's own; without one all for
 * the network, one's own else.
 */
export function profileScope(actor: Actor, asked: string | undefined): string | undefined {
  if (ofNetwork(actor)) return asked;
  if (asked !== undefined && asked !== actor.profileId)
    throw new ForbiddenException('This belongs to another institute.');
  return actor.profileId!;
}

/**
 * A row of an institute, or of the network where it is of none, for those who may see it; to all others it is
 * as if it were not there.
 */
export function rowFor<T extends { profileId: string | null }>(actor: Actor, row: T | null, what: string): T {
  const may = row && (row.profileId === null ? ofNetwork(actor) : readsOf(actor, row.profileId));
  if (!may) throw new NotFoundException(`There is no ${what}.`);
  return row;
}
