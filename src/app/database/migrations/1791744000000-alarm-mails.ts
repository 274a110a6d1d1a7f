import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The id of the mail about an alarm to an operator, as the program gives it. */
const ID = (address: string): string =>
  `left(encode(sha256(convert_to(a.id::text || '/' || ${address}, 'UTF8')), 'hex'), 32)::uuid`;
const MAIL = 'id, kind, alarm_id, to_address, subject, text, html, message_id, created_at, state, attempts';
const WAITING = `delivery IN ('pending', 'sending')`;

/**
 * Alarms leave as mails of one occasion, one to each operator. Those that left already, and those that were
 * given up, become mails that did; one that waits is written anew to those who do not have it, by whichever
 * process has an operator, within a day from now.
 */
export class AlarmMails1791744000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE transactional_mail ADD alarm_id uuid
      CONSTRAINT transactional_mail_alarm_id_fkey REFERENCES alarm (id) ON DELETE CASCADE`);
    await runner.query('CREATE INDEX transactional_mail_alarm ON transactional_mail (alarm_id)');
    await runner.query(`INSERT INTO transactional_mail (${MAIL}, sent_at, sent_where)
      SELECT ${ID('o.address')}, 'alarm', a.id, o.address, '', '', '', '', a.raised_at, 'sent', a.attempts, coalesce(a.sent_at, a.claimed_at, a.raised_at), a.sent_where
        FROM alarm a CROSS JOIN LATERAL (SELECT DISTINCT unnest(a.sent_to) AS address) o`);
    // What was noted begins with the operator whom it speaks of.
    await runner.query(`INSERT INTO transactional_mail (${MAIL}, error)
      SELECT ${ID('e.address')}, 'alarm', a.id, e.address, '', '', '', '', a.raised_at, 'failed', a.attempts, e.words
        FROM alarm a CROSS JOIN LATERAL (SELECT split_part(a.error, ': ', 1) AS address, substr(a.error, strpos(a.error, ': ') + 2) AS words) e
       WHERE a.delivery IN ('sent', 'failed') AND strpos(a.error, ': ') > 0 ON CONFLICT DO NOTHING`);
    await runner.query(
      `UPDATE alarm SET delivery = 'pending', logged_at = CASE WHEN logged_at IS NOT NULL THEN clock_timestamp() END WHERE ${WAITING}`,
    );
    await runner.query(`UPDATE alarm SET delivery = 'mailed' WHERE delivery IN ('sent', 'failed')`);
    await runner.query('DROP INDEX alarm_waiting');
    await runner.query(`ALTER TABLE alarm DROP attempts, DROP error, DROP next_try_at, DROP claimed_at,
      DROP sent_at, DROP sent_to, DROP sent_where`);
    await runner.query(`CREATE INDEX alarm_waiting ON alarm (raised_at) WHERE delivery = 'pending'`);
  }

  /** An alarm that some operators do not have waits for them again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX alarm_waiting');
    await runner.query(`ALTER TABLE alarm ADD attempts integer NOT NULL DEFAULT 0, ADD error text,
      ADD next_try_at timestamptz, ADD claimed_at timestamptz, ADD sent_at timestamptz,
      ADD sent_to text[] NOT NULL DEFAULT '{}', ADD sent_where text`);
    await runner.query(`UPDATE alarm a SET attempts = m.attempts, error = m.error, sent_to = m.sent_to, sent_where = m.sent_where,
        sent_at = CASE WHEN NOT m.waits AND m.sent_to <> '{}' THEN m.sent_at END,
        delivery = CASE WHEN m.waits THEN 'pending' WHEN m.sent_to = '{}' THEN 'failed' ELSE 'sent' END
      FROM (SELECT alarm_id, max(attempts) AS attempts, bool_or(state IN ('pending', 'sending')) AS waits, max(sent_at) AS sent_at,
          string_agg(to_address || ': ' || error, '; ') AS error, max(sent_where) AS sent_where,
          coalesce(array_agg(to_address ORDER BY sent_at) FILTER (WHERE state = 'sent'), '{}') AS sent_to
        FROM transactional_mail WHERE alarm_id IS NOT NULL GROUP BY alarm_id) m WHERE m.alarm_id = a.id AND a.delivery <> 'none'`);
    await runner.query(`UPDATE alarm SET delivery = 'none' WHERE delivery = 'mailed'`);
    await runner.query(`CREATE INDEX alarm_waiting ON alarm (delivery) WHERE ${WAITING}`);
    await runner.query('DELETE FROM transactional_mail WHERE alarm_id IS NOT NULL');
    // What is referred to is checked at the end of the transaction otherwise, and no column is dropped before
    // that.
    await runner.query('SET CONSTRAINTS ALL IMMEDIATE');
    await runner.query('ALTER TABLE transactional_mail DROP alarm_id');
  }
}
