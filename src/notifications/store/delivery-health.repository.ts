import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DAY_MS } from '../../kernel/brussels.js';
import { UNSENT, UNSENT_MAIL } from '../../outbox/store/held-sending.js';
import { UNSUBSCRIBED } from '../domain/delivery/channel.js';
import { SEVERAL_TRIES, type DeliveryFacts } from '../domain/delivery/delivery-health.js';
import { FOLLOWS } from './recipient.repository.js';

/** What was given up lately, by channel; transactional e-mails are e-mails too. */
const GIVEN_UP = `SELECT channel, error, claimed_at FROM notification m WHERE ${UNSENT}
  UNION ALL SELECT 'email', error, claimed_at FROM transactional_mail m WHERE ${UNSENT_MAIL}`;

/** Messages that wait, and those accepted within a month ($2). E-mails about alarms say nothing new. */
const LATELY = `state IN ('pending', 'sending') OR (state = 'sent' AND sent_at > $2)`;
const MONTH_DAYS = 30;

/** How the messages of each channel fare. */
@Injectable()
export class DeliveryHealthRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the facts about each of these channels, as of now. */
  async facts(channels: string[], now: Date): Promise<DeliveryFacts[]> {
    const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const rows: DeliveryFacts[] = await this.database.query(
      `WITH mail AS (
         SELECT channel, state, attempts, error, created_at, claimed_at, sent_at, recipient_id::text AS reader FROM notification WHERE ${LATELY}
         UNION ALL
         SELECT 'email', state, attempts, error, created_at, claimed_at, sent_at, to_address FROM transactional_mail WHERE kind <> 'alarm' AND (${LATELY})),
       accepted AS (SELECT channel, max(sent_at) AS last, count(*) FILTER (WHERE sent_at > $1) AS n FROM mail WHERE state = 'sent' GROUP BY channel),
       refused AS (SELECT mail.*, created_at > coalesce(a.last, '-infinity') AS since FROM mail LEFT JOIN accepted a USING (channel) WHERE state <> 'sent' AND error IS NOT NULL),
       given_up AS (${GIVEN_UP})
       SELECT c AS channel, coalesce(a.n, 0)::int AS accepted, a.last AS "lastAcceptedAt",
              (SELECT count(DISTINCT reader)::int FROM refused r WHERE r.channel = c AND since) AS "refusedReaders",
              (SELECT coalesce(max(attempts), 0) FROM refused r WHERE r.channel = c AND since) AS "refusedTries",
              (SELECT min(created_at) FROM refused r WHERE r.channel = c AND since) AS "refusedSince",
              (SELECT count(*)::int FROM refused r WHERE r.channel = c AND attempts >= ${SEVERAL_TRIES}) AS struggling,
              (SELECT count(*)::int FROM given_up g WHERE g.channel = c) AS "givenUp",
              (SELECT count(*)::int FROM recipient r WHERE r.channel = c AND r.stopped_at > $1 AND r.stopped_why <> '${UNSUBSCRIBED}' AND ${FOLLOWS}) AS stopped,
              (SELECT error FROM (SELECT channel, error, claimed_at FROM refused UNION ALL SELECT * FROM given_up) e WHERE e.channel = c ORDER BY claimed_at DESC LIMIT 1) AS answer
         FROM unnest($3::text[]) WITH ORDINALITY AS all_channels (c, place) LEFT JOIN accepted a ON a.channel = c ORDER BY place`,
      [daysAgo(1), daysAgo(MONTH_DAYS), channels],
    );
    return rows;
  }
}
