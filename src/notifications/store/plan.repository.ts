import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Deadline } from '../../calls/domain/call-content.js';
import type { Change, NotifiableEvent } from '../../calls/domain/versions/diff.js';
import { statusAt, type StatusFacts } from '../../calls/domain/status.js';
import { bottomUpSql } from '../../calls/store/call-filter.js';
import type { KnownCall, NewNotificationItem } from '../domain/schedule/plan.js';
import { RecipientEntity } from './notification.entity.js';
import { RecipientFitRepository, type ReadOf } from './digest.repository.js';

/** The number of events per step: a first harvest run creates thousands. */
const STEP = 2_000;

type CallRow = StatusFacts & {
  id: string;
  firstSeq: string;
  deadlines: Deadline[];
  bottomUp: boolean;
  announced: number | null;
  waits: boolean | null;
};

/** What one recipient's plan is made from, and where it is stored. */
@Injectable()
export class PlanRepository {
  constructor(
    private readonly database: DataSource,
    private readonly recipientFit: RecipientFitRepository,
  ) {}

  /** Returns the events after a sequence number, in order, and the last sequence number among them. */
  async eventsAfter(behind: string): Promise<{ events: NotifiableEvent[]; upTo: string }> {
    const rows: (NotifiableEvent & { seq: string })[] = await this.database.query(
      `SELECT key, seq, kind, call_id AS "callId", version, profile_id AS "profileId", about, by_call AS "byCall", inside FROM event WHERE seq > $1 ORDER BY seq LIMIT ${STEP}`,
      [behind],
    );
    return { events: rows.map(({ seq: _, ...event }) => event), upTo: rows.at(-1)?.seq ?? behind };
  }

  /** Returns calls in their current state for a reader of these institutes. */
  async calls(
    recipientId: string,
    callIds: string[],
    of: ReadOf,
    now: Date,
  ): Promise<Map<string, KnownCall>> {
    const rows: CallRow[] = await this.database.query(
      `SELECT call.id, call.first_seq AS "firstSeq", call.summary->'deadlines' AS deadlines, call.opens_at AS "opensAt", call.last_deadline_at AS "lastDeadlineAt", call.source_status AS "sourceStatus",
              call.withdrawn_at AS "withdrawnAt", ${bottomUpSql()} AS "bottomUp", n.announced, n.waits
         FROM call LEFT JOIN (SELECT call_id, max(version) AS announced, bool_or(kind = 'call' AND state = 'waiting') AS waits FROM notification_item
                               WHERE recipient_id = $1 AND call_id = ANY($2) AND kind IN ('call', 'change') AND state <> 'dropped' GROUP BY call_id) n ON n.call_id = call.id WHERE call.id = ANY($2)`,
      [recipientId, callIds],
    );
    const fits = await this.recipientFit.fits(callIds, of);
    return new Map(
      rows.map(({ id, firstSeq, deadlines, bottomUp, announced, waits, ...facts }) => [
        id,
        {
          id,
          firstSeq: BigInt(firstSeq),
          deadlines,
          bottomUp,
          over: ['closed', 'withdrawn'].includes(statusAt(facts, now)),
          fits: fits.get(id) ?? [],
          searches: [],
          announced: announced === null ? null : { version: announced, waits: waits ?? false },
        },
      ]),
    );
  }

  /**
   * Returns those proposals whose answer is e-mailed to this reader, who asked; an e-mail that was given up
   * does not count.
   */
  async answeredByMail(recipientId: string, proposalIds: string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT p.id FROM proposal p JOIN transactional_mail l ON l.id = p.answer_mail_id AND l.state <> 'failed'
         JOIN recipient r ON r.id = $1 AND r.channel = 'email' AND r.owner = '' AND r.address = l.to_address WHERE p.id = ANY($2)`,
      [recipientId, proposalIds],
    );
    return new Set(rows.map((r) => r.id));
  }

  /** Returns the last sequence number of events; '0' if there are none. */
  async lastEvent(): Promise<string> {
    const rows: { seq: string }[] = await this.database.query(
      'SELECT coalesce(max(seq), 0)::text AS seq FROM event',
    );
    return rows[0]!.seq;
  }

  /** Returns changes by the key of their event. */
  async changes(events: NotifiableEvent[]): Promise<Map<string, Change[]>> {
    const asked = events
      .filter((e) => e.kind === 'change')
      .map(({ callId, version }) => ({ call: callId, version }));
    const rows: { callId: string; version: number; changes: Change[] }[] = await this.database.query(
      `SELECT v.call_id AS "callId", v.version, v.changes FROM jsonb_to_recordset($1) AS a(call uuid, version int) JOIN call_version v ON v.call_id = a.call AND v.version = a.version`,
      [JSON.stringify(asked)],
    );
    return new Map(rows.map((r) => [`change/${r.callId}/${r.version}`, r.changes]));
  }

  /**
   * Stores the items planned from the events between two sequence numbers, and that they were planned.
   * Returns false, and stores nothing, if another process did so in the meantime.
   */
  async keep(
    recipientId: string,
    items: NewNotificationItem[],
    { from, upTo }: { from: string; upTo: string },
    now: Date,
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const { affected } = await tx.update(
        RecipientEntity,
        { id: recipientId, plannedSeq: from },
        { plannedSeq: upTo },
      );
      if (affected !== 1) return false;
      const rows = items.map((n) => ({ ...n, recipient_id: recipientId, call_id: n.callId }));
      // An item that was dropped (its call was over, but no longer is) waits again.
      if (rows.length)
        await tx.query(
          `INSERT INTO notification_item (recipient_id, key, kind, call_id, version, about, place, urgency, made_at, state)
         SELECT r.recipient_id, r.key, r.kind, r.call_id, r.version, r.about, r.place, r.urgency, $2, 'waiting'
           FROM jsonb_to_recordset($1) AS r(recipient_id uuid, key text, kind text, call_id uuid, version int, about uuid, place text, urgency text)
         ON CONFLICT (recipient_id, key) DO UPDATE SET state = 'waiting', why = NULL, version = excluded.version, place = excluded.place, urgency = excluded.urgency, held = false, made_at = excluded.made_at
           WHERE notification_item.state = 'dropped'`,
          [JSON.stringify(rows), now],
        );
      return true;
    });
  }
}
