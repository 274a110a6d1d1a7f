import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Deadline } from '../../calls/domain/call-content.js';
import { brusselsDate } from '../../kernel/brussels.js';
import { rolesWith } from '../../kernel/actor.js';
import { DAY_MS } from '../../kernel/durations.js';
import { wantsDates } from '../../access/domain/sign-in-mails.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { expectedOf, deadlineToAccept, type Milestone, submittedFor } from '../domain/milestones.js';
import { peopleOf, remindersFor, toldUntil, type Reminder, type Watched } from '../domain/reminders.js';
import { namesOf } from '../../harvest/domain/drafts/award.js';
import { DraftRepository } from '../../harvest/store/drafts/draft.repository.js';
import { resultsOfBids, type SubmittedBid } from '../domain/results.js';
import { type Stage, SUBMITTED } from '../domain/stage.js';
import type { Task } from '../domain/tasks.js';
import { RUNNING } from './milestone.repository.js';
import { ReminderEntity } from './opportunity.entity.js';

interface Row {
  id: string;
  title: string;
  stage: Stage;
  signedOn: string | null;
  acronym: string | null;
  proposalNumber: string | null;
  call: SubmittedBid['call'];
  deadlineAt: Date | null;
  milestones: Milestone[];
  tasks: Task[];
  deadlines: Pick<Deadline, 'at' | 'kind'>[];
  lastPersonId: string | null;
  people: string[];
  officers: string[];
  createdAt: Date;
}

const OPEN_AND_NEAR = (day: string): string =>
  `'$[*] ? (@.doneAt == null && @.personId != null && @.${day} <= $until)', jsonb_build_object('until', $2::text)`;

/**
 * Opportunities that may need a reminder today, of institute $1 or of all if null. Only those are read: with
 * open dates and tasks up to day $2, with a moved deadline, or awaiting a result or contract with a closing
 * date before $3.
 */
const WATCHED = `SELECT o.id, o.created_at AS "createdAt", call.content->>'title' AS title, o.stage, o.signed_on::text AS "signedOn", o.acronym, o.proposal_number AS "proposalNumber", call.summary AS call, o.deadline_at AS "deadlineAt", o.milestones, o.tasks, call.deadlines, last.person AS "lastPersonId",
         ARRAY(SELECT p.id::text FROM person p WHERE p.profile_id = o.profile_id AND p.removed_at IS NULL) AS people,
         ARRAY(SELECT p.id::text FROM person p WHERE p.profile_id = o.profile_id AND p.removed_at IS NULL AND p.role = ANY($4)) AS officers
  FROM opportunity o JOIN call ON call.id = o.call_id
  LEFT JOIN LATERAL (SELECT s.person_id AS person FROM opportunity_step s JOIN person p ON p.id = s.person_id AND p.profile_id = o.profile_id AND p.removed_at IS NULL AND p.role = ANY($4) WHERE s.opportunity_id = o.id ORDER BY s.seq DESC LIMIT 1) last ON true
 WHERE ${RUNNING} AND ($1::text IS NULL OR o.profile_id = $1)
   AND (jsonb_path_exists(o.milestones, ${OPEN_AND_NEAR('on')}) OR jsonb_path_exists(o.tasks, ${OPEN_AND_NEAR('due')})
     OR (o.stage IN ('to-study', 'go-no-go', 'preparing') AND jsonb_array_length(call.deadlines) > 0
         AND NOT EXISTS (SELECT FROM jsonb_array_elements(call.deadlines) d WHERE (d->>'at')::timestamptz = o.deadline_at))
     OR (o.stage IN ('submitted', 'reserve-list', 'funded') AND o.deadline_at < $3))`;

/** Results are asked for some months after the closing date, never sooner than this. */
const SOONEST_MS = 60 * DAY_MS;

/** What belongs to somebody who left belongs to nobody: others are asked instead. */
const ofPresent = <Own extends { personId: string | null }>(all: Own[], present: string[]) =>
  all.map((one) => {
    const personId = present.find((id) => id === one.personId) ?? null;
    return { ...one, personId, left: one.personId !== personId };
  });

const watchedOf = (row: Row, votesUntil: string | null, today: string): Watched => {
  const bid = { ...row, deadlineAt: row.deadlineAt?.toISOString() ?? null };
  const moved = deadlineToAccept(bid, row.deadlines);
  return {
    id: row.id,
    title: row.title,
    milestones: ofPresent(row.milestones, row.people),
    tasks: ofPresent(row.tasks, row.people),
    movedTo: moved === null ? null : brusselsDate(new Date(moved)),
    expected: expectedOf({ ...bid, votesUntil }, today),
    submittedFor: submittedFor(bid),
    others: row.lastPersonId === null ? row.officers : [row.lastPersonId],
  };
};

type Seen = Watched & { createdAt: Date };
/** What the person sees of them: somebody whom the network let in after others, what began since. */
const seenBy = ({ insideFrom }: PersonEntity, watched: Seen[]): Watched[] =>
  watched.filter(({ createdAt }) => insideFrom === null || createdAt >= insideFrom);

@Injectable()
export class ReminderRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
    private readonly drafts: DraftRepository,
  ) {}

  /** The people who want reminders and have one due that was not sent yet. */
  async due(now: Date): Promise<{ profileId: string; personId: string }[]> {
    const today = brusselsDate(now);
    const watched = await this.watched(this.database.manager, null, now, today);
    const people = [...new Set(watched.flatMap(peopleOf))];
    const told = await this.told(this.database.manager, people);
    const there = await this.database
      .getRepository(PersonEntity)
      .createQueryBuilder('p')
      .where('p.id = ANY(:people) AND p.removed_at IS NULL AND p.profile_id IS NOT NULL', { people })
      .getMany();
    return there
      .filter(
        (person) =>
          wantsDates(person.pipelineMails) &&
          remindersFor(seenBy(person, watched), person.id, today, told.get(person.id) ?? new Set()).length >
            0,
      )
      .map(({ id: personId, profileId }) => ({ profileId: profileId!, personId }));
  }

  /**
   * Puts the e-mail that `write` composes from a person's due reminders into the outbox, once. Returns its
   * id; null if nothing is due.
   */
  async remind(
    personId: string,
    now: Date,
    write: (person: PersonEntity, reminders: Reminder[]) => NewTransactionalMail,
  ): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const person = await tx.findOne(PersonEntity, {
        where: { id: personId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!person || person.removedAt !== null || person.profileId === null) return null;
      if (!wantsDates(person.pipelineMails)) return null;
      const today = brusselsDate(now);
      const watched = await this.watched(tx, person.profileId, now, today);
      const told = (await this.told(tx, [personId])).get(personId) ?? new Set();
      const reminders = remindersFor(seenBy(person, watched), personId, today, told);
      if (reminders.length === 0) return null;
      const mail = write(person, reminders);
      await this.mails.write(mail, tx);
      await tx.insert(
        ReminderEntity,
        reminders.map(({ key }) => ({ personId, key, at: now })),
      );
      return mail.id;
    });
  }

  private async watched(
    tx: EntityManager,
    profileId: string | null,
    now: Date,
    today: string,
  ): Promise<Seen[]> {
    const before = new Date(now.getTime() - SOONEST_MS);
    const rows: Row[] = await tx.query(WATCHED, [
      profileId,
      toldUntil(today),
      before,
      rolesWith('pipeline.write'),
    ]);
    const submitted = rows
      .filter((row) => SUBMITTED.includes(row.stage))
      .map((row) => ({ ...row, deadlineAt: row.deadlineAt?.toISOString() ?? null }));
    const names = submitted.flatMap(({ call }) => namesOf(call));
    const results = resultsOfBids(submitted, names.length ? await this.drafts.naming(names, tx) : []);
    return rows.map((row) => ({
      ...watchedOf(row, results.get(row.id)?.[0]?.votesUntil ?? null, today),
      createdAt: row.createdAt,
    }));
  }

  private async told(tx: EntityManager, people: string[]): Promise<Map<string, Set<string>>> {
    const rows = await tx
      .createQueryBuilder(ReminderEntity, 'r')
      .where('r.person_id = ANY(:people)', { people })
      .getMany();
    const told = new Map<string, Set<string>>();
    for (const { personId, key } of rows) told.set(personId, (told.get(personId) ?? new Set()).add(key));
    return told;
  }
}
