import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { KnownRows, type Marked } from '../../platform/database/known-rows.js';
import type { Summary } from '../domain/call-content.js';
import type { CallEntity } from './call.entity.js';

/** A call as a list shows it. */
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
> & { content: Summary };

/** The columns that identify a row of `call` on a page, as in `Marked`; `ListedCalls` reads the rest. */
export const MARK_SQL = 'call.xmin AS mark';

/** Cached calls, about 3 kB each: more than a portal has open at any time. */
const MOST_KNOWN = 2_000;

/** Calls as lists show them. Calls are never deleted, so every call of a page exists. */
@Injectable()
export class ListedCalls {
  private readonly known = new KnownRows<ListedCall>(MOST_KNOWN, (ids) => this.read(ids));

  constructor(private readonly database: DataSource) {}

  /** Returns those of a page. */
  of(page: readonly Marked[]): Promise<Map<string, ListedCall>> {
    return this.known.of(page);
  }

  /** Returns those with these ids. */
  async byId(ids: readonly string[]): Promise<Map<string, ListedCall>> {
    return this.of(await this.database.query(`SELECT id, ${MARK_SQL} FROM call WHERE id = ANY($1)`, [ids]));
  }

  private read(ids: string[]): Promise<(ListedCall & Marked)[]> {
    return this.database.query(
      `SELECT id, ${MARK_SQL}, version, programme, opens_at AS "opensAt", last_deadline_at AS "lastDeadlineAt", source_status AS "sourceStatus",
              withdrawn_at AS "withdrawnAt", first_seen_at AS "firstSeenAt", summary AS content
         FROM call WHERE id = ANY($1)`,
      [ids],
    );
  }
}
