import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { SEEN_MATCHES } from '../../platform/database/row-scope.js';
import type { PreferenceValues } from '../../notifications/domain/preferences/preferences.js';
import type { KnownVerdict } from '../domain/why-not/facts.js';
import { refusedSql } from '../../calls/store/institute-calls.js';
import { bottomUpSql, statusSql } from '../../calls/store/call-filter.js';

/** A contact or person of a profile, and their messages about one call. */
export interface PairContact {
  name: string;
  email: string;
  confirmed: boolean;
  /** When they became a recipient; null if they were never written to. */
  since: Date | null;
  baselineSeq: string | null;
  pausedUntil: Date | null;
  /** When they stopped all messages, or those about this institute. */
  stoppedAt: Date | null;
  /** Their own choices, and the institute's defaults. */
  preferences: PreferenceValues | null;
  defaults: PreferenceValues | null;
  /** Whether their first e-mail was sent. */
  begun: boolean;
  /** `notification` is null if the e-mail belongs to another institute of theirs. */
  announced: { at: Date; notification: string | null } | null;
  /** A pending e-mail that contains the call. */
  waiting: { notification: string | null } | null;
  /** The rank of the call among those for the next e-mail, from 1; null if it is not among them. */
  place: number | null;
}

/** What is stored about an institute and a call, apart from their match. */
export interface Pair {
  /** Whether the profile is matched with all stored calls. */
  matched: boolean;
  /** Whether any source was ever read successfully. */
  read: boolean;
  verdict: KnownVerdict | null;
  contacts: PairContact[];
}

/** When a call was published and was over, and when the institute was first notified. */
export interface PastOfCall {
  /** First seen as a call, not as a draft of it. */
  seen: Date;
  /** When its last deadline passes or it was withdrawn, whichever comes first. */
  over: Date | null;
  /** Drafts are not announced. */
  draft: boolean;
  bottomUp: boolean;
  /** It existed when its source was first read, so its publication date is unknown. */
  baseline: boolean;
  /** `notification` is null if the message belongs to another institute of its reader. */
  announced: { at: Date; notification: string | null } | null;
}

/** What was sent to a contact. */
type Sent = Pick<PairContact, 'defaults' | 'begun' | 'announced' | 'waiting'>;
const NOTHING_SENT: Sent = { defaults: null, begun: false, announced: null, waiting: null };

/**
 * The messages to the recipient `r` that contain the call, and copies of them that were sent by hand; of
 * another institute those alone that were written since `r` follows this one (`f`).
 */
const ABOUT = `FROM notification_item n JOIN notification m ON n.notification_id IN (m.id, m.resend_of)
  WHERE n.recipient_id = r.id AND n.call_id = $2::uuid AND n.kind IN ('call', 'change') AND (m.profile_id = $1 OR m.created_at >= f.since)`;
/** The id of the message `m`, which other institutes cannot open. */
const OWN_ID = `CASE m.profile_id WHEN $1 THEN m.id END`;
/** Whether the contact `k`, or person, of the address `who` may see what the institute decided. */
const INSIDE = `(k.admitted_at IS NOT NULL AND k.confirmed_at IS NOT NULL
  OR EXISTS (SELECT FROM person p WHERE p.email = who.email AND p.profile_id = $1 AND p.removed_at IS NULL AND p.inside_from IS NULL))`;
/**
 * The rank of the call among those waiting for the recipient `r`, in the order of a message: urgent calls
 * first, then by score. What a message would drop has none: calls that were closed since, new ones that were
 * withdrawn, and for those inside what the institute refused and works on no bid for either.
 */
const PLACE = `(SELECT place FROM (
    SELECT w.call_id, row_number() OVER (ORDER BY bool_or(w.urgency IS NOT NULL) DESC, coalesce(max(m.score), 0) DESC, w.call_id)::int AS place
      FROM notification_item w JOIN call ON call.id = w.call_id LEFT JOIN ${SEEN_MATCHES} m ON m.profile_id = $1 AND m.call_id = w.call_id
     WHERE w.recipient_id = r.id AND w.state = 'waiting' AND w.kind IN ('call', 'change')
       AND (NOT ${INSIDE} OR NOT ${refusedSql('w.call_id', '$1::text')}
         OR EXISTS (SELECT FROM follow one WHERE one.recipient_id = r.id AND one.kind = 'call' AND one.target = w.call_id::text AND one.left_at IS NULL))
     GROUP BY w.call_id, call.id
    HAVING CASE ${statusSql('$3::timestamptz')} WHEN 'closed' THEN false WHEN 'withdrawn' THEN NOT bool_or(w.kind = 'call') ELSE true END
  ) waits WHERE waits.call_id = $2::uuid)`;

/** What is stored about pairs of an institute and a call. */
@Injectable()
export class PairRepository {
  constructor(private readonly database: DataSource) {}

  async findPair(profileId: string, callId: string, now: Date): Promise<Pair> {
    const [[state], [verdict], contacts] = await Promise.all([
      this.database.query<[{ matched: boolean; read: boolean }]>(
        `SELECT EXISTS (SELECT 1 FROM profile WHERE id = $1 AND matched_revision = revision AND matched_seq >= (SELECT coalesce(max(seq), 0) FROM call)) AS matched,
                EXISTS (SELECT 1 FROM source WHERE last_good_run_at IS NOT NULL) AS read`,
        [profileId],
      ),
      this.database.query<KnownVerdict[]>(
        `SELECT verdict, reason, verdict_at AS at, ${refusedSql('said.call_id', 'said.profile_id')} AS refused
           FROM review said WHERE profile_id = $1 AND call_id = $2 AND verdict IS NOT NULL`,
        [profileId, callId],
      ),
      this.contacts(profileId, callId, now),
    ]);
    return { ...state, verdict: verdict ?? null, contacts };
  }

  private async contacts(profileId: string, callId: string, now: Date): Promise<PairContact[]> {
    const rows = await this.database.query<(Omit<PairContact, keyof Sent> & { recipient: string | null })[]>(
      `WITH named AS (SELECT c->>'name' AS name, lower(c->>'email') AS email, nth FROM profile p CROSS JOIN LATERAL jsonb_array_elements(p.content->'contacts') WITH ORDINALITY AS all_contacts(c, nth) WHERE p.id = $1),
            member AS (SELECT name, email FROM person WHERE profile_id = $1 AND removed_at IS NULL AND last_seen_at IS NOT NULL),
            who AS (SELECT * FROM named UNION ALL SELECT name, email, NULL FROM member WHERE email NOT IN (SELECT email FROM named))
       SELECT who.name, who.email, k.confirmed_at IS NOT NULL OR who.email IN (SELECT email FROM member) AS confirmed, f.since, f.baseline_seq AS "baselineSeq", r.paused_until AS "pausedUntil",
              coalesce(r.stopped_at, f.left_at) AS "stoppedAt", r.preferences, r.id AS recipient,
              ${PLACE} AS place
         FROM who
         LEFT JOIN contact k ON k.profile_id = $1 AND k.address = who.email
         LEFT JOIN recipient r ON r.channel = 'email' AND r.owner = '' AND r.address = who.email
         LEFT JOIN follow f ON f.recipient_id = r.id AND f.kind = 'profile' AND f.target = $1
        ORDER BY who.nth, who.email`,
      [profileId, callId, now],
    );
    const sent = await this.sent(
      profileId,
      callId,
      rows.flatMap(({ recipient }) => recipient ?? []),
    );
    return rows.map(({ recipient, ...contact }) => ({
      ...contact,
      ...((recipient && sent.get(recipient)) || NOTHING_SENT),
    }));
  }

  /** What was sent to these recipients, whichever of their institutes it belongs to. */
  private async sent(profileId: string, callId: string, recipients: string[]): Promise<Map<string, Sent>> {
    const rows = await acrossInstitutes(
      'a message to a contact of two institutes belongs to one of them',
      () =>
        this.database.query<
          (Pick<Sent, 'defaults' | 'begun'> & {
            recipient: string;
            announcedAt: Date | null;
            announcedIn: string | null;
            waits: boolean;
            waitsIn: string | null;
          })[]
        >(
          `SELECT r.id AS recipient, d.preferences AS defaults, told.sent_at AS "announcedAt", told.id AS "announcedIn", way.state IS NOT NULL AS waits, way.id AS "waitsIn",
                  EXISTS (SELECT FROM notification first WHERE first.recipient_id = r.id AND first.kind = 'first' AND first.state = 'sent' AND (first.profile_id = $1 OR first.created_at >= f.since)) AS begun
             FROM recipient r
             LEFT JOIN follow f ON f.recipient_id = r.id AND f.kind = 'profile' AND f.target = $1
             LEFT JOIN preference_defaults d ON d.profile_id = r.profile_id
             LEFT JOIN LATERAL (SELECT m.sent_at, ${OWN_ID} AS id ${ABOUT} AND m.state = 'sent' ORDER BY m.sent_at DESC LIMIT 1) told ON true
             LEFT JOIN LATERAL (SELECT m.state, ${OWN_ID} AS id ${ABOUT} AND m.state IN ('pending', 'sending') ORDER BY m.created_at LIMIT 1) way ON true
            WHERE r.id = ANY($3)`,
          [profileId, callId, recipients],
        ),
    );
    return new Map(
      rows.map(({ recipient, defaults, begun, announcedAt, announcedIn, waits, waitsIn }) => [
        recipient,
        {
          defaults,
          begun,
          announced: announcedAt && { at: announcedAt, notification: announcedIn },
          waiting: waits ? { notification: waitsIn } : null,
        },
      ]),
    );
  }

  /** The history of these calls, by id. */
  async past(profileId: string, callIds: string[]): Promise<Map<string, PastOfCall>> {
    const [rows, announced] = await Promise.all([
      this.database.query<(Omit<PastOfCall, 'announced'> & { id: string })[]>(
        `SELECT call.id, first.seen_at AS seen, least(call.last_deadline_at, call.withdrawn_at) AS over, call.source_status = 'draft' AS draft, ${bottomUpSql()} AS "bottomUp",
                NOT 'new' = ANY(first.kinds) OR first.content->>'sourceStatus' = 'draft' AND call.source_status <> 'draft' AS baseline
           FROM call JOIN call_version first ON first.seq = call.first_seq WHERE call.id = ANY($1)`,
        [callIds],
      ),
      this.announced(profileId),
    ]);
    return new Map(rows.map(({ id, ...past }) => [id, { ...past, announced: announced.get(id) ?? null }]));
  }

  /** The first message with each call to those the institute writes to, whoever it belongs to. */
  private async announced(profileId: string): Promise<Map<string, NonNullable<PastOfCall['announced']>>> {
    const rows = await acrossInstitutes(
      'a message to a contact of two institutes belongs to one of them',
      () =>
        this.database.query<{ callId: string; at: Date; notification: string | null }[]>(
          `SELECT DISTINCT ON (item->>'callId') item->>'callId' AS "callId", n.sent_at AS at, CASE n.profile_id WHEN $1 THEN n.id END AS notification
           FROM notification n CROSS JOIN LATERAL jsonb_array_elements(n.items) item
          WHERE n.state = 'sent' AND (n.profile_id = $1 OR EXISTS (SELECT FROM follow f WHERE f.recipient_id = n.recipient_id AND f.kind = 'profile' AND f.target = $1
            AND n.created_at BETWEEN f.since AND coalesce(f.left_at, 'infinity')))
          ORDER BY item->>'callId', n.sent_at`,
          [profileId],
        ),
    );
    return new Map(rows.map(({ callId, ...sent }) => [callId, sent]));
  }
}
