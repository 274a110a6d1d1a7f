import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ALL_INSTITUTES } from './request-context.js';

/**
 * Returns SQL for the matches as those see them who see inside these institutes: with what the institutes'
 * decisions change. `inside`: SQL for an array of their ids. The table `match` itself is what everybody sees.
 */
export const matchesSeenBy = (inside: string): string => `match_seen_by(${inside})`;
/**
 * SQL for the matches as the session's own institute sees them. Work for everybody is inside none: it chooses
 * an institute (`asInstitute`), or says whom it is for.
 */
export const SEEN_MATCHES = matchesSeenBy(`ARRAY[current_setting('carnot.inside', true)]`);

/**
 * Returns SQL for whether a match `m` reaches the score from which calls are sent: where the institute's
 * decisions have moved it, and otherwise `usual` (SQL).
 */
export const reachesThreshold = (m: string, usual: string): string =>
  `${m}.score >= coalesce(${m}.threshold, ${usual})`;

/** SQL for when a call was over; null if it is not known. */
const OVER_AT = 'least(call.withdrawn_at, call.last_deadline_at)';
/** SQL for whether a call was over by an instant: then matches stay only if something refers to them. */
export const longOverSql = (by: string): string => `${OVER_AT} < ${by}`;

/** SQL for whether lists show a match `m`, however it came to be stored; `least`: see `listedFrom`. */
export const listedSql = (m: string, least: string): string =>
  `(${m}.score >= ${least} OR ${m}.reading_key IS NOT NULL)`;

/**
 * SQL for whether a match `m` with `call` may be shown outside its institute: that another is stored says
 * that the institute has done something with the call. `by`: see `longOverSql`.
 */
export const shownOutsideSql = (m: string, least: string, by: string): string =>
  `(${listedSql(m, least)} AND coalesce(${OVER_AT} >= ${by}, true))`;

/**
 * Returns SQL for whether a session sees what stays inside the institute in a column: for parts of a row that
 * others see too.
 */
export const seesInsideSql = (column: string): string =>
  `current_setting('carnot.inside', true) IN ('${ALL_INSTITUTES}', ${column})`;

/** SQL: whether a session sees all that lies inside its institute, not only what is new. */
export const SEES_ALL_INSIDE = `coalesce(current_setting('carnot.since', true), '') = ''`;

/** Whether the server applies row-level security to our role: it shows a superuser all rows. */
@Injectable()
export class RowLevelSecurity implements OnModuleInit {
  constructor(private readonly database: DataSource) {}

  async onModuleInit(): Promise<void> {
    if (!(await this.holds()))
      new Logger('Database').warn(
        'The role in DATABASE_URL is a superuser or has BYPASSRLS, so PostgreSQL does not keep the rows of institutes apart. ' +
          'Fix: Use a role of its own for the program, as .github/SECURITY.md says under "Row-level security".',
      );
  }

  async holds(): Promise<boolean> {
    const [row]: { holds: boolean }[] = await this.database.query(
      `SELECT row_security_active('profile') AS holds`,
    );
    return row!.holds;
  }
}
