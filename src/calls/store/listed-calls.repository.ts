import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Summary } from '../domain/call-content.js';
import type { CallEntity } from './call.entity.js';

export type ListedCall = Pick<
  CallEntity,
  | 'id'
  | 'version'
  | 'programme'
  | 'opensAt'
  | 'lastDeadlineAt'
  | 'sourceStatus'
  | 'withdrawnAt'
  | 'firstSeenAt'
  | 'objective'
  | 'written'
> & { content: Summary };

/** Calls as lists show them. Calls are never deleted, so every call of a page exists. */
@Injectable()
export class ListedCalls {
  constructor(private readonly database: DataSource) {}

  async byId(
    ids: readonly string[],
    tx: EntityManager = this.database.manager,
  ): Promise<Map<string, ListedCall>> {
    if (!ids.length) return new Map();
    const calls: ListedCall[] = await tx.query(
      `SELECT id, version, programme, opens_at AS "opensAt", last_deadline_at AS "lastDeadlineAt", source_status AS "sourceStatus",
              withdrawn_at AS "withdrawnAt", first_seen_at AS "firstSeenAt", summary AS content, objective, written
         FROM call WHERE id = ANY($1)`,
      [ids],
    );
    return new Map(calls.map((call) => [call.id, call]));
  }
}
