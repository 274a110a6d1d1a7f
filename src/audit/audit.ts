import { type CustomDecorator, Injectable, SetMetadata } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { ahead } from '../platform/api/paging.js';
import { type Action, SEEN_BY_NETWORK } from './domain/actions.js';
import { AuditRepository, type AuditRow } from './store/audit.repository.js';

export const EXPORTED = 'carnot-europe:exported';

/** Marks a route that exports many rows: who took them is recorded beforehand. */
export const Exported = (): CustomDecorator => SetMetadata(EXPORTED, true);

@Injectable()
export class Audit {
  constructor(private readonly entries: AuditRepository) {}

  /** Records an action that changes no row; the database itself records row changes. */
  note(action: Action, profileId: string | null, subject: string | null, detail: object = {}): Promise<void> {
    return this.entries.note(action, profileId, subject, detail);
  }

  /**
   * Returns the entries that an actor may see, newest first, plus one if there are more than asked for.
   */
  async list(
    actor: Actor,
    place: { before: number | null; limit: number },
  ): Promise<{ rows: AuditRow[]; total: number }> {
    const whose =
      actor.profileId === null
        ? { network: SEEN_BY_NETWORK }
        : { profileId: actor.profileId, since: actor.insideFrom ?? null, network: SEEN_BY_NETWORK };
    const [rows, total] = await Promise.all([
      this.entries.list(whose, { ...place, limit: ahead(place.limit) }),
      this.entries.count(whose),
    ]);
    return { rows, total };
  }
}
