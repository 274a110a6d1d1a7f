import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, IsNull } from 'typeorm';
import { sameAnswer, type Answer, type AnswerState } from '../domain/answer.js';
import type { StatusFacts } from '../../calls/domain/status.js';
import { writeEvents } from '../../calls/store/event.repository.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { ProposalEntity } from './proposal.entity.js';

export type NewProposal = Omit<
  ProposalEntity,
  | 'answer'
  | 'word'
  | 'other'
  | 'answeredAt'
  | 'answerMailId'
  | 'remindedAt'
  | 'remindedBy'
  | 'remindedById'
  | 'reminderTokenHash'
  | 'reminderMailId'
>;
export type CallHead = StatusFacts & { title: string; language: string };
export interface ProposalPlace {
  at: string;
  id: string;
}

const SAME = ['profileId', 'callId', 'researcherId', 'subject', 'text'] as const;
const isSame = (a: NewProposal, b: NewProposal): boolean => SAME.every((field) => a[field] === b[field]);

/** All proposals of a call to a researcher, or to whoever had their address; an erased one has none. */
const toSame = ({
  profileId,
  callId,
  researcherId,
  email,
}: Pick<ProposalEntity, 'profileId' | 'callId' | 'researcherId' | 'email'>) =>
  [...(researcherId === null ? [] : [{ researcherId }]), ...(email === '' ? [] : [{ email }])].map((who) => ({
    profileId,
    callId,
    ...who,
  }));

/** Calls proposed to researchers, and the answers. */
@Injectable()
export class ProposalRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  private get table() {
    return this.database.getRepository(ProposalEntity);
  }

  /**
   * Stores a proposal and its e-mail in one transaction. The same proposal sent twice (same id and text) is
   * stored once and returns `done` the second time. `asked` if the researcher, or whoever had their address,
   * was asked about this call before and `again` is false; `taken` if the id belongs to another proposal or
   * to this one with another text. Nothing is written then. `count` is called only for one that is going to
   * be stored; where it throws, nothing is.
   */
  async write(
    proposal: NewProposal,
    transactionalMail: NewTransactionalMail,
    again: boolean,
    count: () => Promise<void>,
  ): Promise<'written' | 'done' | 'asked' | 'taken'> {
    const { id, researcherId } = proposal;
    return this.database.transaction(async (tx) => {
      // Serialises officers, or clicks, that ask the same person at the same time.
      await tx.query('SELECT 1 FROM researcher WHERE id = $1 FOR UPDATE', [researcherId]);
      const known = await tx.findOneBy(ProposalEntity, { id });
      if (known) return isSame(known, proposal) ? 'done' : 'taken';
      if (!again && (await tx.existsBy(ProposalEntity, toSame(proposal)))) return 'asked';
      await locking(tx, toSame(proposal));
      await remindNoMore(tx, proposal);
      const made = await tx
        .createQueryBuilder()
        .insert()
        .into(ProposalEntity)
        .values(proposal)
        .orIgnore()
        .returning('id')
        .execute();
      if (!(made.raw as unknown[]).length) return 'taken';
      await count();
      await this.mails.write(transactionalMail, tx);
      return 'written';
    });
  }

  /** All proposals of a call by an institute, newest first. */
  ofCall(profileId: string, callId: string): Promise<ProposalEntity[]> {
    return this.table.find({ where: { profileId, callId }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  /** A page of an institute's proposals, newest first; of one call if given. */
  async list(
    filter: { profileId: string; callId?: string },
    limit: number,
    before: ProposalPlace | null,
  ): Promise<{ proposals: ProposalEntity[]; total: number }> {
    const query = this.table
      .createQueryBuilder('p')
      .where('p.profile_id = :profileId', filter)
      .orderBy('p.created_at', 'DESC')
      .addOrderBy('p.id', 'DESC')
      .limit(limit);
    if (filter.callId !== undefined) query.andWhere('p.call_id = :callId', filter);
    if (before) query.andWhere('(p.created_at, p.id) < (:at, :id)', before);
    return { proposals: await query.getMany(), total: await this.table.countBy(filter) };
  }

  findById(id: string): Promise<ProposalEntity | null> {
    return this.table.findOneBy({ id });
  }

  /** By the hash of the secret in its link or its reminder's link. */
  byToken(tokenHash: string): Promise<ProposalEntity | null> {
    return this.table.findOneBy([{ tokenHash }, { reminderTokenHash: tokenHash }]);
  }

  /**
   * Stores an answer in place of an earlier one together with the e-mail for the officer, if
   * `transactionalMail` writes one. An answer that repeats the earlier one is not stored: the button was
   * pressed twice, perhaps at the same time. Returns the id of the e-mail to send.
   */
  async answer(
    id: string,
    given: AnswerState & { answer: Answer },
    at: Date,
    transactionalMail: (before: ProposalEntity) => NewTransactionalMail | null,
  ): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const found = await tx.findOneByOrFail(ProposalEntity, { id });
      const locked = await locking(tx, [{ id }, ...toSame(found)]);
      const before = locked.find((one) => one.id === id)!;
      if (sameAnswer(before, given)) return null;
      const made = transactionalMail(before);
      const mailId = made && (await this.put(made, before.answerMailId, tx));
      await tx.update(
        ProposalEntity,
        { id },
        {
          answer: given.answer,
          word: given.word,
          other: given.other,
          answeredAt: at,
          answerMailId: mailId ?? before.answerMailId,
        },
      );
      await remindNoMore(tx, before);
      const { callId, profileId } = before;
      await writeEvents(
        tx,
        [{ key: `answer/${id}/${at.toISOString()}`, kind: 'answer', callId, profileId, about: id }],
        at,
      );
      return mailId;
    });
  }

  /** An earlier e-mail that is still pending is rewritten: officers want only the latest answer, once. */
  private async put(
    transactionalMail: NewTransactionalMail,
    earlier: string | null,
    tx: EntityManager,
  ): Promise<string> {
    if (earlier !== null && (await this.mails.rewrite(earlier, transactionalMail, tx))) return earlier;
    await this.mails.write(transactionalMail, tx);
    return transactionalMail.id;
  }

  /** The person who asked, if they still have access to that institute. */
  async asker({
    personId,
    profileId,
  }: Pick<ProposalEntity, 'personId' | 'profileId'>): Promise<PersonEntity | null> {
    const person =
      personId === null
        ? null
        : await this.database.getRepository(PersonEntity).findOneBy({ id: personId, profileId });
    return person?.removedAt === null ? person : null;
  }

  /** The titles and languages of calls by id, with the data that tell whether they are still open. */
  async heads(callIds: string[]): Promise<Map<string, CallHead>> {
    const calls: ({ id: string } & CallHead)[] = await this.database.query(
      `SELECT id, content->>'title' AS title, content->>'language' AS language, opens_at AS "opensAt", last_deadline_at AS "lastDeadlineAt", source_status AS "sourceStatus", withdrawn_at AS "withdrawnAt"
         FROM call WHERE id = ANY($1)`,
      [callIds],
    );
    return new Map(calls.map(({ id, ...head }) => [id, head]));
  }
}

/** Always in one order, so that two who lock several proposals cannot deadlock. */
export const locking = (
  tx: EntityManager,
  where: FindOptionsWhere<ProposalEntity>[],
): Promise<ProposalEntity[]> =>
  tx.find(ProposalEntity, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });

/** Who is asked again, or answered one message, is not reminded of the others. */
async function remindNoMore(tx: EntityManager, proposal: Parameters<typeof toSame>[0]): Promise<void> {
  for (const who of toSame(proposal))
    await tx.update(ProposalEntity, { ...who, remindedAt: IsNull() }, { remindOn: null });
}
