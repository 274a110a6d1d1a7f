import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { matchesSeenBy } from '../../platform/database/row-scope.js';
import type { ChangeKind } from '../../calls/domain/versions/diff.js';
import { bottomUpSql } from '../../calls/store/call-filter.js';
import type { NotificationEntity, NotificationItemEntity } from './notification.entity.js';

export type SentMail = Pick<NotificationEntity, 'id' | 'profileId' | 'kind'> & { where: string; at: Date };
/** A written message; `items` are its calls, in the version shown. */
export type SentMessage = Pick<
  NotificationEntity,
  'id' | 'recipientId' | 'profileId' | 'kind' | 'state' | 'more'
> & { at: Date; items: { callId: string; version: number }[] };
export type SentItem = Pick<
  NotificationItemEntity,
  | 'recipientId'
  | 'key'
  | 'kind'
  | 'callId'
  | 'version'
  | 'urgency'
  | 'held'
  | 'place'
  | 'state'
  | 'why'
  | 'madeAt'
  | 'notificationId'
>;
/**
 * Since when a call is known to fit an institute well enough to be announced, and its current score: null if
 * it no longer fits.
 */
export interface KnownFit {
  profileId: string;
  callId: string;
  since: Date;
  score: number | null;
}
/** When a change of a call was found. */
export interface SeenChange {
  reference: string;
  callId: string;
  version: number;
  at: Date;
  lastDeadlineAt: Date | null;
}

/** A log of everything that was ever announced, and of what could have been. */
@Injectable()
export class NotificationLog {
  constructor(private readonly database: DataSource) {}

  /** Returns e-mails by where their channel said they went. */
  sentAs(places: string[]): Promise<SentMail[]> {
    return this.database.query(
      `SELECT id, profile_id AS "profileId", kind, sent_where AS where, created_at AS at FROM notification WHERE channel = 'email' AND state = 'sent' AND sent_where = ANY($1)`,
      [places],
    );
  }

  /** Returns messages in the order in which they were written, without copies sent by hand. */
  messages(): Promise<SentMessage[]> {
    return this.database.query(
      `SELECT id, recipient_id AS "recipientId", profile_id AS "profileId", kind, state, more, created_at AS at, items FROM notification WHERE resend_of IS NULL ORDER BY created_at, id`,
    );
  }

  /** Counts what was decided and written so far: growth means that something was done. */
  async progress(): Promise<string> {
    const rows: { progress: string }[] = await this.database.query(
      `SELECT concat_ws('/', (SELECT count(*) FROM notification), (SELECT count(*) FROM notification_item), (SELECT count(*) FROM notification_item WHERE state <> 'waiting')) AS progress`,
    );
    return rows[0]!.progress;
  }

  items(): Promise<SentItem[]> {
    return this.database.query(
      `SELECT recipient_id AS "recipientId", key, kind, call_id AS "callId", version, urgency, held, place, state, why, made_at AS "madeAt", notification_id AS "notificationId" FROM notification_item ORDER BY made_at, recipient_id, key`,
    );
  }

  /** Returns known fits, without calls open to all subjects, which fit nobody. */
  fits(): Promise<KnownFit[]> {
    return this.database.query(
      `SELECT e.profile_id AS "profileId", e.call_id AS "callId", min(e.at) AS since, max(m.score) AS score
         FROM event e JOIN call ON call.id = e.call_id LEFT JOIN ${matchesSeenBy('ARRAY[e.profile_id]')} m ON m.profile_id = e.profile_id AND m.call_id = e.call_id
        WHERE e.kind = 'match' AND e.inside AND NOT ${bottomUpSql()} GROUP BY e.profile_id, e.call_id`,
    );
  }

  /** Returns changes of a kind, earliest first, with the call's last deadline after the change. */
  changes(kind: ChangeKind): Promise<SeenChange[]> {
    return this.database.query(
      `SELECT content->>'reference' AS reference, call_id AS "callId", version, seen_at AS at, (content->'deadlines'->-1->>'at')::timestamptz AS "lastDeadlineAt" FROM call_version WHERE $1 = ANY(kinds) ORDER BY seq`,
      [kind],
    );
  }
}
