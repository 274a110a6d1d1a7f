import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { CommentEntity } from './opportunity.entity.js';

/** The place of the last comment on the previous page. */
export interface CommentPlace {
  at: string;
  id: string;
}

@Injectable()
export class CommentRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  private get table() {
    return this.database.getRepository(CommentEntity);
  }

  /** A page of the comments on an opportunity of this institute, newest first. */
  async list(
    profileId: string,
    opportunityId: string,
    limit: number,
    after: CommentPlace | null,
  ): Promise<{ comments: CommentEntity[]; total: number }> {
    const query = this.table
      .createQueryBuilder('c')
      .where('c.profile_id = :profileId AND c.opportunity_id = :opportunityId', { profileId, opportunityId })
      .orderBy('c.created_at', 'DESC')
      .addOrderBy('c.id', 'DESC')
      .limit(limit);
    if (after) query.andWhere('(c.created_at, c.id) < (:at, :id)', { at: new Date(after.at), id: after.id });
    return {
      comments: await query.getMany(),
      total: await this.table.countBy({ profileId, opportunityId }),
    };
  }

  /** Stores a comment and the e-mails to the people it mentions, in one transaction. */
  async add(comment: CommentEntity, mails: NewTransactionalMail[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.insert(CommentEntity, comment);
      await this.send(tx, mails);
    });
  }

  /**
   * Changes a comment under a row lock, so that concurrent changes run one after the other. `next` returns
   * the changed comment and the e-mails to people not notified yet, and throws if it may not be changed. Null
   * if the opportunity has no comment with this id.
   */
  async change(
    where: { profileId: string; opportunityId: string; id: string },
    next: (comment: CommentEntity) => { comment: CommentEntity; mails: NewTransactionalMail[] },
  ): Promise<{ comment: CommentEntity; mails: NewTransactionalMail[] } | null> {
    return this.database.transaction(async (tx) => {
      const found = await tx.findOne(CommentEntity, { where, lock: { mode: 'pessimistic_write' } });
      if (!found) return null;
      const changed = next(found);
      await tx.save(CommentEntity, changed.comment);
      await this.send(tx, changed.mails);
      return changed;
    });
  }

  private async send(tx: EntityManager, mails: NewTransactionalMail[]): Promise<void> {
    for (const mail of mails) await this.mails.write(mail, tx);
  }
}
