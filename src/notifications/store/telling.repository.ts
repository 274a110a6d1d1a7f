import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallContent, Deadline } from '../../calls/domain/call-content.js';
import type { Change } from '../../calls/domain/versions/diff.js';
import { statusAt, type Status, type StatusFacts } from '../../calls/domain/status.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import type { NotifiableEvent, KnownCall, NewNotificationItem } from '../domain/schedule/plan.js';
import type { SourceTrouble } from '../domain/facts/source-age.js';
import type { Answer } from '../../proposals/domain/answer.js';
import { RecipientEntity } from './recipient.entity.js';
import { STATUS_SQL } from '../../calls/store/call.repository.js';
import { bottomUpSql } from '../../decisions/store/inbox-where.js';

/** So many happenings are looked at in one step: a first harvest makes thousands. */
const STEP = 2_000;

type CallRow = StatusFacts & {
  id: string;
  firstSeq: string;
  deadlines: Deadline[];
  openToAll: boolean;
  told: number | null;
  waits: boolean | null;
};

/** What a reader reads: the institutes by whose profiles they are told, null for all, and those of whose inside they may know. */
export interface ReadOf {
  profiles: string[] | null;
  inside: string[];
}

/** What one reader is to be told is decided from, and where the decision is kept. */
@Injectable()
export class TellingRepository {
  constructor(private readonly database: DataSource) {}

  /** What happened behind a place in the order of events, in its order, and the place up to which that is. */
  async happened(behind: string): Promise<{ events: NotifiableEvent[]; upTo: string }> {
    const rows: (NotifiableEvent & { seq: string })[] = await this.database.query(
      `SELECT key, seq, kind, call_id AS "callId", version, profile_id AS "profileId", about, by_call AS "byCall" FROM event WHERE seq > $1 ORDER BY seq LIMIT ${STEP}`,
      [behind],
    );
    return { events: rows.map(({ seq: _, ...event }) => event), upTo: rows.at(-1)?.seq ?? behind };
  }

  /** Calls as they stand for a reader of these institutes. */
  async calls(
    recipientId: string,
    callIds: string[],
    of: ReadOf,
    now: Date,
  ): Promise<Map<string, KnownCall>> {
    const rows: CallRow[] = await this.database.query(
      `SELECT call.id, call.first_seq AS "firstSeq", call.content->'deadlines' AS deadlines, call.opens_at AS "opensAt", call.last_deadline_at AS "lastDeadlineAt", call.source_status AS "sourceStatus",
              call.withdrawn_at AS "withdrawnAt", ${bottomUpSql()} AS "openToAll", n.version AS told, n.state = 'waiting' AS waits
         FROM call LEFT JOIN notice n ON n.recipient_id = $1 AND n.key = 'call/' || call.id AND n.state <> 'dropped' WHERE call.id = ANY($2)`,
      [recipientId, callIds],
    );
    const fits = await this.fits(callIds, of);
    return new Map(
      rows.map(({ id, firstSeq, deadlines, openToAll, told, waits, ...facts }) => [
        id,
        {
          id,
          firstSeq: BigInt(firstSeq),
          deadlines,
          openToAll,
          over: ['closed', 'withdrawn'].includes(statusAt(facts, now)),
          fits: fits.get(id) ?? [],
          searches: [],
          told: told === null ? null : { version: told, waits: waits ?? false },
        },
      ]),
    );
  }

  /** How well calls fit these profiles, best first, and which of those of whose inside the reader may know said no. */
  async fits(callIds: string[], { profiles, inside }: ReadOf): Promise<Map<string, KnownCall['fits']>> {
    const rows: { callId: string; profileId: string; score: number; no: boolean }[] =
      await this.database.query(
        `SELECT m.call_id AS "callId", m.profile_id AS "profileId", m.score, coalesce(r.verdict = 'not', false) AS no
         FROM match m LEFT JOIN review r ON r.profile_id = m.profile_id AND r.call_id = m.call_id AND r.profile_id = ANY($3)
        WHERE m.call_id = ANY($1) AND ($2::text[] IS NULL OR m.profile_id = ANY($2)) ORDER BY m.score DESC, m.profile_id`,
        [callIds, profiles, inside],
      );
    const fits = new Map<string, KnownCall['fits']>();
    for (const { callId, ...fit } of rows) fits.set(callId, [...(fits.get(callId) ?? []), fit]);
    return fits;
  }

  /** The best calls in a state for these profiles, and how many there are; what one of whose inside the reader may know said no to is left out. */
  async best(
    { profiles, inside }: ReadOf,
    { status, minScore, limit }: { status: Status; minScore: number; limit: number },
    now: Date,
  ): Promise<{ ids: string[]; total: number }> {
    const rows: { id: string; total: number }[] = await this.database.query(
      `SELECT call.id, count(*) OVER ()::int AS total FROM match m JOIN call ON call.id = m.call_id
        WHERE ($1::text[] IS NULL OR m.profile_id = ANY($1)) AND m.score >= $2 AND m.call_version = call.version AND NOT ${bottomUpSql()} AND ${STATUS_SQL.replaceAll(':now', '$3::timestamptz')} = $4
          AND NOT EXISTS (SELECT 1 FROM review r WHERE r.profile_id = m.profile_id AND r.call_id = m.call_id AND r.verdict = 'not' AND r.profile_id = ANY($6))
        GROUP BY call.id ORDER BY max(m.score) DESC, call.id LIMIT $5`,
      [profiles, minScore, now, status, limit, inside],
    );
    return { ids: rows.map((r) => r.id), total: rows[0]?.total ?? 0 };
  }

  /**
   * Calls with a deadline to come that somebody was told of and that fit well enough still, that they follow, or that one of their own
   * institutes, of whose inside they may know, called relevant. A first message tells of less than fits: that is no reason to be reminded of it.
   */
  async reminded(
    recipientId: string,
    { profiles, own, inside, least }: ReadOf & { own: string[]; least: number },
    now: Date,
  ): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM call WHERE withdrawn_at IS NULL AND last_deadline_at > $3 AND id IN (
         SELECT n.call_id FROM notice n WHERE n.recipient_id = $1 AND n.key = 'call/' || n.call_id AND n.state = 'written'
           AND EXISTS (SELECT 1 FROM match m WHERE m.call_id = n.call_id AND m.score >= $5 AND ($4::text[] IS NULL OR m.profile_id = ANY($4)))
         UNION SELECT target::uuid FROM follow WHERE recipient_id = $1 AND kind = 'call' AND left_at IS NULL
         UNION SELECT call_id FROM review WHERE verdict = 'relevant' AND profile_id = ANY($2)) ORDER BY id`,
      [recipientId, own.filter((id) => inside.includes(id)), now, profiles, least],
    );
    return rows.map((r) => r.id);
  }

  /** Those of these proposals whose answer is mailed to this reader, who asked; a mail that was given up tells nothing. */
  async answeredByMail(recipientId: string, proposalIds: string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT p.id FROM proposal p JOIN letter l ON l.id = p.answer_letter_id AND l.state <> 'failed'
         JOIN recipient r ON r.id = $1 AND r.channel = 'email' AND r.owner = '' AND r.address = l.to_address WHERE p.id = ANY($2)`,
      [recipientId, proposalIds],
    );
    return new Set(rows.map((r) => r.id));
  }

  /** How calls fit profiles, with the reasons. */
  async results(
    pairs: { callId: string; profileId: string }[],
  ): Promise<Map<string, { id: string; result: MatchScore }>> {
    const rows: { callId: string; id: string; result: MatchScore }[] = await this.database.query(
      `SELECT m.call_id AS "callId", m.id, m.result FROM jsonb_to_recordset($1) AS p("callId" uuid, "profileId" text) JOIN match m ON m.call_id = p."callId" AND m.profile_id = p."profileId"`,
      [JSON.stringify(pairs)],
    );
    return new Map(rows.map(({ callId, ...match }) => [callId, match]));
  }

  /** Those of these calls that are new to nobody: they were there when their source was read first. */
  async neverNew(callIds: string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT call_id AS id FROM call_version WHERE call_id = ANY($1) AND version = 1 AND NOT 'new' = ANY(kinds)`,
      [callIds],
    );
    return new Set(rows.map((r) => r.id));
  }

  /** What changed in calls behind a version of each, up to another one and no further, oldest first. */
  async changesSince(
    calls: { callId: string; version: number; upTo: number }[],
  ): Promise<Map<string, Change[]>> {
    const rows: { callId: string; changes: Change[] }[] = await this.database.query(
      `SELECT v.call_id AS "callId", v.changes FROM jsonb_to_recordset($1) AS a("callId" uuid, version int, "upTo" int) JOIN call_version v ON v.call_id = a."callId" AND v.version > a.version AND v.version <= a."upTo" ORDER BY v.call_id, v.version`,
      [JSON.stringify(calls)],
    );
    const changes = new Map<string, Change[]>();
    for (const row of rows) changes.set(row.callId, [...(changes.get(row.callId) ?? []), ...row.changes]);
    return changes;
  }

  /** Answers to proposals as they stand. */
  answers(proposalIds: string[]): Promise<
    {
      id: string;
      callId: string;
      call: CallContent;
      researcher: string;
      answer: Answer;
      word: string | null;
      profileId: string;
    }[]
  > {
    return this.database.query(
      `SELECT p.id, p.call_id AS "callId", c.content AS call, p.name AS researcher, p.answer, p.word, p.profile_id AS "profileId" FROM proposal p JOIN call c ON c.id = p.call_id
        WHERE p.id = ANY($1) AND p.answer IS NOT NULL ORDER BY p.answered_at`,
      [proposalIds],
    );
  }

  /** Of these alarms those whose source is in trouble still, with how it is now. */
  troubles(alarmIds: string[]): Promise<
    {
      alarmId: string;
      sourceId: string;
      state: SourceTrouble | 'quiet';
      since: Date;
      lastGoodRunAt: Date | null;
    }[]
  > {
    return this.database.query(
      `SELECT a.id AS "alarmId", s.id AS "sourceId", s.state, coalesce(w.trouble_since, a.raised_at) AS since, s.last_good_run_at AS "lastGoodRunAt"
         FROM alarm a JOIN source s ON a.subject = 'source/' || s.id JOIN watch w ON w.subject = a.subject
        WHERE a.id = ANY($1) AND s.state NOT IN ('new', 'healthy') AND w.trouble_since IS NOT NULL ORDER BY s.id`,
      [alarmIds],
    );
  }

  /** The last place in the order of events; '0' where nothing happened yet. */
  async lastEvent(): Promise<string> {
    const rows: { seq: string }[] = await this.database.query(
      'SELECT coalesce(max(seq), 0)::text AS seq FROM event',
    );
    return rows[0]!.seq;
  }

  /** What changed, by the key of its event. */
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
   * Keeps what is told of what happened between two places in the order of events, and that it was decided. False, and nothing is kept, where
   * somebody else decided it meanwhile.
   */
  async keep(
    recipientId: string,
    notices: NewNotificationItem[],
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
      const rows = notices.map((n) => ({ ...n, recipient_id: recipientId, call_id: n.callId }));
      // One that was dropped once (the call was over, and is not any more) waits again.
      if (rows.length)
        await tx.query(
          `INSERT INTO notice (recipient_id, key, kind, call_id, version, about, place, urgency, made_at, state)
         SELECT r.recipient_id, r.key, r.kind, r.call_id, r.version, r.about, r.place, r.urgency, $2, 'waiting'
           FROM jsonb_to_recordset($1) AS r(recipient_id uuid, key text, kind text, call_id uuid, version int, about uuid, place text, urgency text)
         ON CONFLICT (recipient_id, key) DO UPDATE SET state = 'waiting', why = NULL, version = excluded.version, place = excluded.place, urgency = excluded.urgency, held = false, made_at = excluded.made_at
           WHERE notice.state = 'dropped'`,
          [JSON.stringify(rows), now],
        );
      return true;
    });
  }
}
