import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { beginning, brusselsDate } from '../../kernel/brussels.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import type { InterestNews } from '../domain/network-mails.js';

/**
 * Interests opened by others since a person was last notified, in calls in which that person opened their
 * institute's interest; of person $1, or of all if null. A call that is over on day $2 is left out. Who asks
 * to join a joint opportunity is told to its members at once, and its start not to who started it.
 */
const NEWS = `SELECT mine.person_id AS "personId", news.kind, mine.call_id AS "callId", call.content->>'title' AS title, news.name, news.brings
  FROM interest mine JOIN call ON call.id = mine.call_id JOIN person me ON me.id = mine.person_id AND me.profile_id = mine.profile_id AND me.removed_at IS NULL
  CROSS JOIN LATERAL (
    SELECT 'interest' AS kind, p.content->>'name' AS name, o.brings, o.opened_at AS at FROM interest o JOIN profile p ON p.id = o.profile_id
     WHERE o.call_id = mine.call_id AND o.profile_id <> mine.profile_id
       AND NOT EXISTS (SELECT FROM joint_opportunity j WHERE j.call_id = o.call_id AND mine.joined_at < o.opened_at)
    UNION ALL SELECT 'joint', '', NULL, j.begun_at FROM joint_opportunity j WHERE j.call_id = mine.call_id
       AND NOT EXISTS (SELECT FROM joint_opportunity_step s WHERE s.joint_id = j.id AND s.kind = 'begun' AND s.person_id = mine.person_id)) news
 WHERE mine.tell AND call.withdrawn_at IS NULL AND (call.last_deadline_at IS NULL OR call.last_deadline_at > $2) AND news.at > mine.notified_at AND ($1::uuid IS NULL OR mine.person_id = $1)`;

/** Today's interests are sent tomorrow, all in one e-mail. */
const BEFORE_TODAY = 'news.at < $2::timestamptz';

const startOfToday = (now: Date): Date => beginning(brusselsDate(now));

/** Finds people to notify of others' interest in the same call, and records whom it notified. */
@Injectable()
export class InterestNewsRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  async due(now: Date): Promise<string[]> {
    const rows: { personId: string }[] = await this.database.query(
      `SELECT DISTINCT "personId" FROM (${NEWS} AND ${BEFORE_TODAY}) due ORDER BY 1`,
      [null, startOfToday(now)],
    );
    return rows.map((r) => r.personId);
  }

  /**
   * Puts the e-mail that `write` composes from the news into the outbox, once. Returns its id; null if there
   * is no news.
   */
  async tell(
    personId: string,
    now: Date,
    write: (person: PersonEntity, news: InterestNews[]) => NewTransactionalMail,
  ): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const person = await tx.findOne(PersonEntity, {
        where: { id: personId },
        lock: { mode: 'pessimistic_write' },
      });
      const news: InterestNews[] = await tx.query(
        `${NEWS} AND ${BEFORE_TODAY} ORDER BY news.at, mine.call_id`,
        [personId, startOfToday(now)],
      );
      if (!person || news.length === 0) return null;
      const mail = write(person, news);
      await this.mails.write(mail, tx);
      await tx.query('UPDATE interest SET notified_at = greatest(notified_at, $2) WHERE person_id = $1', [
        personId,
        startOfToday(now),
      ]);
      return mail.id;
    });
  }
}
