import { MessagesOfPerson } from './messages-of-person.js';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { REMOVAL_DAYS } from '../../kernel/lifetimes.js';
import type { PipelineMails } from '../domain/sign-in-mails.js';
import { type Author, leads, type PersonRole, roleHolds, rolesWith } from '../../kernel/actor.js';
import { renamed } from '../../kernel/borne-names.js';
import { isUniqueViolation } from '../../platform/database/values.js';
import { PersonEntity } from './person.entity.js';
import { IdentityEntity } from './sign-in.entity.js';
import {
  type EndedWith,
  handOverInterest,
  NOT_LEAVING,
  NOTHING_ENDED,
  removePerson,
  revokeMade,
} from './departure.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';

type NewPerson = Pick<
  PersonEntity,
  'id' | 'email' | 'name' | 'language' | 'role' | 'profileId' | 'createdAt' | 'invitedBy' | 'invitedById'
>;
/**
 * Who lets somebody in: the network, or the institute itself, whose people see what lies inside from then on
 * (null: all of it).
 */
type LetInBy = 'network' | { insideFrom: Date | null };
/** The number of people of an institute, and the last visit of any of them. */
interface Presence {
  people: number;
  officers: number;
  lastSeenAt: Date | null;
}

/** The person before the change, what ended with it, and the e-mails that tell of it. */
export interface Changed {
  person: PersonEntity;
  ended: EndedWith;
  mailIds: string[];
}
/** Writes the e-mails that tell of a change, to people of those who are there after it. */
export type Telling = (changed: Omit<Changed, 'mailIds'>, people: PersonEntity[]) => NewTransactionalMail[];

const PRESENT = { removedAt: IsNull() };

/** An officer who has been there, stays, and sees all that lies inside: the institute can rely on them. */
export const isSettled = ({ role, lastSeenAt, leavesAt, insideFrom }: PersonEntity): boolean =>
  leads(role) && lastSeenAt !== null && leavesAt === null && insideFrom === null;

/** Whether an institute had people, or something lies inside it: what it keeps outlasts who is erased. */
async function wasInhabited(tx: EntityManager, profileId: string | null): Promise<boolean> {
  const [row]: [{ was: boolean }] = await tx.query(
    `SELECT EXISTS (SELECT FROM person WHERE profile_id = $1 AND last_seen_at IS NOT NULL)
         OR ${['review', 'note', 'opportunity', 'researcher', 'proposal', 'newsletter', 'newsletter_reader'].map((table) => `EXISTS (SELECT FROM ${table} WHERE profile_id = $1)`).join(' OR ')} AS was`,
    [profileId],
  );
  return row.was;
}

/**
 * People whose removal by the network has a day: $2 days after the e-mail that told them was sent. An e-mail
 * that still waits delays it; an address that accepts none does not.
 */
const LEAVING = `FROM person p LEFT JOIN transactional_mail l ON l.id = p.leaves_mail_id
  CROSS JOIN LATERAL (SELECT greatest(p.leaves_at, CASE l.state WHEN 'sent' THEN l.sent_at + $2 * interval '1 day' END) AS day) leaves
  WHERE p.removed_at IS NULL AND p.leaves_at IS NOT NULL AND (l.id IS NULL OR l.state IN ('failed', 'sent'))`;
/** Those of them who leave by $1; everybody at the institute was told once more a day before. */
const OVER = `${LEAVING} AND leaves.day <= $1 AND p.leaves_reminded_at + interval '1 day' <= $1`;
/** Those of them whose last day has begun by $1, and nobody was told yet. */
const LAST_DAY = `${LEAVING} AND leaves.day - interval '1 day' <= $1 AND p.leaves_reminded_at IS NULL`;

/** People who can sign in. Addresses are in lower case. */
@Injectable()
export class PersonRepository {
  constructor(
    private readonly database: DataSource,
    private readonly messages: MessagesOfPerson,
    private readonly mails: TransactionalMailRepository,
  ) {}

  private get table() {
    return this.database.getRepository(PersonEntity);
  }

  findById(id: string): Promise<PersonEntity | null> {
    return this.table.findOneBy({ id, ...PRESENT });
  }

  /** Returns the person with that address, or who had it last if they were removed. */
  byEmail(email: string): Promise<PersonEntity | null> {
    return this.table.findOne({
      where: { email: email.toLowerCase() },
      order: { removedAt: { direction: 'DESC', nulls: 'FIRST' } },
    });
  }

  /** Returns the people of an institute, or of the network if null. */
  findByProfile(profileId: string | null): Promise<PersonEntity[]> {
    return this.table.find({
      where: { profileId: profileId ?? IsNull(), ...PRESENT },
      order: { name: 'ASC', id: 'ASC' },
    });
  }

  /**
   * Creates a person, or restores one who was removed there, because what they wrote is still theirs. Null if
   * somebody with that address exists: they stay unchanged. Whom the network lets in after others sees of
   * what lies inside the institute what is new.
   */
  async add(person: NewPerson, by: LetInBy = { insideFrom: null }): Promise<PersonEntity | null> {
    return acrossInstitutes('whoever is invited may have been elsewhere before', async () => {
      try {
        return await this.database.transaction((tx) => this.addIn(tx, person, by));
      } catch (error) {
        if (isUniqueViolation(error)) return null;
        throw error;
      }
    });
  }

  private async addIn(tx: EntityManager, person: NewPerson, by: LetInBy): Promise<PersonEntity | null> {
    const email = person.email.toLowerCase();
    const known = await tx.find(PersonEntity, { where: { email }, lock: { mode: 'pessimistic_write' } });
    if (known.some((p) => p.removedAt === null)) return null;
    const before = known.find((p) => p.profileId === person.profileId);
    const { createdAt, name, profileId } = person;
    const insideFrom =
      by !== 'network' ? by.insideFrom : (await wasInhabited(tx, profileId)) ? createdAt : null;
    if (!before) await tx.insert(PersonEntity, { ...person, email, insideFrom, nameSince: createdAt });
    else {
      // The address may have a new owner: the provider's account of the earlier one opens nothing.
      await tx.delete(IdentityEntity, { personId: before.id });
      const { language, role, invitedBy, invitedById } = person;
      await tx.update(
        PersonEntity,
        { id: before.id },
        {
          ...{ language, role, createdAt, invitedBy, invitedById, insideFrom },
          ...renamed(before, name, createdAt),
          ...{ lastSeenAt: null, pipelineMails: 'all', telephone: null, showsContact: false },
          ...{ removedAt: null, ...NOT_LEAVING },
        },
      );
    }
    return tx.findOneByOrFail(PersonEntity, { id: before?.id ?? person.id });
  }

  async describe(
    id: string,
    {
      name,
      ...own
    }: Pick<PersonEntity, 'name' | 'language'> & Partial<Pick<PersonEntity, 'telephone' | 'showsContact'>>,
    now: Date,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await tx.findOne(PersonEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (before) await tx.update(PersonEntity, { id }, { ...own, ...renamed(before, name, now) });
    });
  }

  /** Returns who works on joint opportunities at these institutes and allows the other members to see it. */
  async findShownContacts(profileIds: string[]): Promise<PersonEntity[]> {
    const people = await this.table.find({
      where: { profileId: In(profileIds), showsContact: true, ...PRESENT },
      order: { name: 'ASC', id: 'ASC' },
    });
    return people.filter(({ role }) => roleHolds(role, 'joint.write'));
  }

  async choosePipelineMails(id: string, pipelineMails: PipelineMails): Promise<void> {
    await this.table.update({ id }, { pipelineMails });
  }

  /**
   * Gives a person of an institute (of the network if null) another role, or removes them if the role is
   * null, and stores the e-mails that tell of it; returns what ended with it. Returns `last` and changes
   * nothing if one officer or coordinator must be kept and nobody would be left.
   */
  async change(
    profileId: string | null,
    id: string,
    { role, keepsOne }: { role: PersonRole | null; keepsOne: boolean },
    now: Date,
    telling: Telling,
  ): Promise<Changed | 'last' | 'unknown'> {
    return this.database.transaction(async (tx) => {
      const all = await this.locked(tx, profileId);
      const person = all.find((p) => p.id === id);
      if (!person) return 'unknown';
      const stillLeads = role !== null && leads(role);
      if (keepsOne && leads(person.role) && !stillLeads && all.filter((p) => leads(p.role)).length === 1)
        return 'last';
      const others = all.filter((p) => p.id !== id);
      if (!role) return this.remove(tx, person, others, now, telling);
      await tx.update(PersonEntity, { id }, { role });
      if (stillLeads) await handOverInterest(tx, profileId);
      // Anyone who no longer leads may not create service keys, and keeps none.
      const ended = stillLeads
        ? NOTHING_ENDED
        : { ...NOTHING_ENDED, serviceKeys: await revokeMade(tx, id, now) };
      return this.told(tx, { person, ended }, telling, [...others, { ...person, role }]);
    });
  }

  private async remove(
    tx: EntityManager,
    person: PersonEntity,
    others: PersonEntity[],
    now: Date,
    telling: Telling,
  ): Promise<Changed> {
    const ended = await removePerson(tx, this.messages, person, now);
    return this.told(tx, { person, ended }, telling, others);
  }

  private async told(
    tx: EntityManager,
    changed: Omit<Changed, 'mailIds'>,
    telling: Telling,
    people: PersonEntity[],
  ): Promise<Changed> {
    const mails = telling(changed, people);
    for (const mail of mails) await this.mails.write(mail, tx);
    return { ...changed, mailIds: mails.map(({ id }) => id) };
  }

  /**
   * Schedules a person's removal and stores the e-mails that tell them and everybody else at the institute,
   * both or neither. False if it is already scheduled.
   */
  async askToLeave(
    { id }: PersonEntity,
    asked: { leavesAt: Date; by: Author },
    [told, ...others]: [NewTransactionalMail, ...NewTransactionalMail[]],
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const { affected } = await tx.update(
        PersonEntity,
        { id, leavesAt: IsNull(), ...PRESENT },
        {
          leavesAt: asked.leavesAt,
          leavesAskedBy: asked.by.name,
          leavesAskedById: asked.by.personId,
          leavesMailId: told.id,
        },
      );
      if (affected === 1) for (const mail of [told, ...others]) await this.mails.write(mail, tx);
      return affected === 1;
    });
  }

  async stay(id: string): Promise<void> {
    await this.table.update({ id, ...PRESENT }, NOT_LEAVING);
  }

  /** Lets a person see all that lies inside their institute; false if they do already. */
  async letIn(id: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const late = await tx.findOne(PersonEntity, {
        where: { id, insideFrom: Not(IsNull()), ...PRESENT },
        lock: { mode: 'pessimistic_write' },
      });
      if (!late) return false;
      await tx.update(PersonEntity, { id }, { insideFrom: null });
      await handOverInterest(tx, late.profileId);
      return true;
    });
  }

  /** Returns the people whose time to keep their place is over, or ends within a day. */
  async leaving(now: Date): Promise<string[]> {
    const due: { id: string }[] = await this.database.query(
      `SELECT p.id ${OVER} UNION SELECT p.id ${LAST_DAY} ORDER BY id`,
      [now, REMOVAL_DAYS],
    );
    return due.map((p) => p.id);
  }

  /**
   * On the day before a person leaves, stores the e-mails that `write` makes to everybody at the institute.
   * Returns their ids.
   */
  async remindOfLeaving(
    id: string,
    now: Date,
    write: (leaving: PersonEntity, people: PersonEntity[]) => NewTransactionalMail[],
  ): Promise<string[]> {
    return this.database.transaction(async (tx) => {
      const due: unknown[] = await tx.query(`SELECT p.id ${LAST_DAY} AND p.id = $3 FOR UPDATE OF p`, [
        now,
        REMOVAL_DAYS,
        id,
      ]);
      if (!due.length) return [];
      await tx.update(PersonEntity, { id }, { leavesRemindedAt: now });
      const leaving = await tx.findOneByOrFail(PersonEntity, { id });
      const people = await tx.findBy(PersonEntity, { profileId: leaving.profileId!, ...PRESENT });
      const mails = write(leaving, people);
      for (const mail of mails) await this.mails.write(mail, tx);
      return mails.map((mail) => mail.id);
    });
  }

  /**
   * Removes a person whose time to keep their place is over, stores the e-mails that tell of it, and returns
   * what ended with it; null and no change if they kept it. The last officer keeps theirs.
   */
  async leave(id: string, now: Date, telling: Telling): Promise<Changed | null> {
    return this.database.transaction(async (tx) => {
      const [due]: { profileId: string }[] = await tx.query(
        `SELECT p.profile_id AS "profileId" ${OVER} AND p.id = $3`,
        [now, REMOVAL_DAYS, id],
      );
      if (!due) return null;
      const people = await this.locked(tx, due.profileId);
      const person = people.find((p) => p.id === id);
      // They may have kept their place before the lock.
      if (!person?.leavesAt) return null;
      if (leads(person.role) && !people.some((p) => p.id !== id && isSettled(p))) {
        await tx.update(PersonEntity, { id }, NOT_LEAVING);
        return null;
      }
      const others = people.filter((p) => p.id !== id);
      return this.remove(tx, person, others, now, telling);
    });
  }

  /** Locks all of them: two people who remove each other at the same time must not both succeed. */
  private locked(tx: EntityManager, profileId: string | null): Promise<PersonEntity[]> {
    return tx.find(PersonEntity, {
      where: { profileId: profileId ?? IsNull(), ...PRESENT },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /**
   * Returns invited people of institutes where nobody has ever signed in: only the network could ask them
   * again.
   */
  async neverSeen(): Promise<PersonEntity[]> {
    return this.table
      .createQueryBuilder('p')
      .where('p.removed_at IS NULL AND p.profile_id IS NOT NULL')
      .andWhere(
        'NOT EXISTS (SELECT FROM person o WHERE o.profile_id = p.profile_id AND o.removed_at IS NULL AND o.last_seen_at IS NOT NULL)',
      )
      .orderBy('p.created_at')
      .addOrderBy('p.id')
      .getMany();
  }

  /** Returns institutes where the invitation of somebody who has not signed in yet is valid. */
  async withInvitations(now: Date): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT DISTINCT p.profile_id AS id FROM person p JOIN transactional_mail m ON m.profile_id = p.profile_id AND m.to_address = p.email AND m.kind = 'invitation'
        WHERE p.removed_at IS NULL AND p.last_seen_at IS NULL AND m.state <> 'failed' AND m.expires_at > $1`,
      [now],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** By institute, without those that have no people. */
  async presence(): Promise<Map<string, Presence>> {
    const rows: { profile_id: string; people: number; officers: number; last: Date | null }[] =
      await this.database.query(
        `SELECT profile_id, count(*)::int AS people, (count(*) FILTER (WHERE role = ANY($1)))::int AS officers, max(last_seen_at) AS last
         FROM person WHERE removed_at IS NULL AND profile_id IS NOT NULL GROUP BY profile_id`,
        [rolesWith('team.write')],
      );
    return new Map(
      rows.map((r) => [r.profile_id, { people: r.people, officers: r.officers, lastSeenAt: r.last }]),
    );
  }
}
