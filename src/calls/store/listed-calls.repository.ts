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

/** What a page says of its calls `call`, by the names of `Marked`: the rest is read by `ListedCalls`. */
export const MARK_SQL = 'call.xmin AS mark';

/** So many, some 3 kB each: more than a portal has open at a time. */
const MOST_KNOWN = 2_000;

/** Calls as lists show them. No call ever goes: each of a page is there. */
@Injectable()
export class ListedCalls {
  private readonly known = new KnownRows<ListedCall>(MOST_KNOWN, (ids) => this.read(ids));

  constructor(private readonly database: DataSource) {}

  /** Those of a page. */
  of(page: readonly Marked[]): Promise<Map<string, ListedCall>> {
    return this.known.of(page);
  }

  /** Those of these ids. */
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
