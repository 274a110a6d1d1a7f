import { Column, DataSource, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { type Language, LANGUAGE_COLUMN } from '../../kernel/language.js';
import type { PaperContent, PaperKind, PaperSection } from '../domain/paper.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { rolesWith } from '../../kernel/actor.js';
import type { Change } from '../../calls/domain/versions/diff.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';

/** A paper of the network: a meeting pack or an offer, as last edited. */
@Entity('paper')
@Index('paper_call', ['callId'])
export class PaperEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: PaperKind;
  /** Group id from the configuration; null for all institutes, or for a call. */
  @Column('text', { name: 'group_id', nullable: true }) groupId: string | null;
  /** The month of a pack, such as 2026-06. */
  @Column('text', { nullable: true }) month: string | null;
  @ForeignKey(() => CallEntity, 'id', { name: 'paper_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id', nullable: true })
  callId: string | null;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  @Column('text') title: string;
  @Column('jsonb') sections: PaperSection[];
  /** Increases with each edit. */
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  /** When it was last sent to the group. */
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  /** The institutes that it was ever sent to, and that may read it. */
  @Column('text', { name: 'sent_to', array: true, nullable: true }) sentTo: string[] | null;
}

interface MovedDeadline {
  title: string;
  changes: Change[];
  deadlines: { at: string; timeTold: boolean }[];
}

/** The place of the last paper on the previous page. */
interface PaperPlace {
  at: Date;
  id: string;
}

@Injectable()
export class PaperRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  private get table() {
    return this.database.getRepository(PaperEntity);
  }

  /** Last edited first, from the place given, if any; and the total. */
  async list(limit: number, after: PaperPlace | null): Promise<{ papers: PaperEntity[]; total: number }> {
    const query = this.table
      .createQueryBuilder('p')
      .orderBy('p.updated_at', 'DESC')
      .addOrderBy('p.id', 'DESC')
      .limit(limit);
    if (after) query.where('(p.updated_at, p.id) < (:at, :id)', { at: after.at, id: after.id });
    return { papers: await query.getMany(), total: await this.table.count() };
  }

  findById(id: string): Promise<PaperEntity | null> {
    return this.table.findOneBy({ id });
  }

  async add(paper: PaperEntity): Promise<void> {
    await this.table.insert(paper);
  }

  /** Returns false, and writes nothing, if somebody edited it since that version. */
  async save(id: string, version: number, content: PaperContent, updatedAt: Date): Promise<boolean> {
    const { affected } = await this.table.update(
      { id, version },
      { ...content, version: () => 'version + 1', updatedAt },
    );
    return affected === 1;
  }

  async remove(id: string): Promise<void> {
    await this.table.delete({ id });
  }

  /**
   * Puts an e-mail to each officer of these institutes (all if null) into the outbox, once per edit. Returns
   * the ids of the e-mails.
   */
  async send(
    id: string,
    members: readonly string[] | null,
    now: Date,
    write: (person: PersonEntity) => NewTransactionalMail,
  ): Promise<string[]> {
    return this.database.transaction(async (tx) => {
      const paper = await tx.findOneOrFail(PaperEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (paper.sentAt !== null && paper.updatedAt <= paper.sentAt) return [];
      const people = await tx
        .createQueryBuilder(PersonEntity, 'p')
        .where(`p.removed_at IS NULL AND p.role IN (:...roles) AND p.profile_id IS NOT NULL`, {
          roles: rolesWith('joint.write'),
        })
        .andWhere('(:members::text[] IS NULL OR p.profile_id = ANY(:members))', { members })
        .orderBy('p.id')
        .getMany();
      const mails = people.map(write);
      for (const mail of mails) await this.mails.write(mail, tx);
      if (mails.length > 0)
        await tx.query(
          `UPDATE paper SET sent_at = $2, sent_to = ARRAY(SELECT id FROM profile WHERE $3::text[] IS NULL OR id = ANY($3 || sent_to)) WHERE id = $1`,
          [id, now, members],
        );
      return mails.map((m) => m.id);
    });
  }

  /**
   * Deadlines that moved between two moments, of calls not withdrawn since that fit one of these institutes
   * (any if null) or in which one is interested.
   */
  moved(
    { members, minScore }: { members: readonly string[] | null; minScore: number },
    { from, to }: { from: Date; to: Date },
    limit: number,
  ): Promise<MovedDeadline[]> {
    return this.database.query(
      `SELECT c.summary->>'title' AS title, v.changes, v.content->'deadlines' AS deadlines FROM call_version v JOIN call c ON c.id = v.call_id
        WHERE c.withdrawn_at IS NULL AND v.kinds && '{extended,forward}' AND v.seen_at >= $3 AND v.seen_at < $4 AND (
          EXISTS (SELECT FROM match m WHERE m.call_id = v.call_id AND m.score >= $2 AND ($1::text[] IS NULL OR m.profile_id = ANY($1)))
          OR EXISTS (SELECT FROM interest i WHERE i.call_id = v.call_id AND ($1::text[] IS NULL OR i.profile_id = ANY($1))))
        ORDER BY v.seen_at DESC, v.seq DESC LIMIT $5`,
      [members, minScore, from, to, limit],
    );
  }
}
