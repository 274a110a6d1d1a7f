import { Column, DataSource, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';

/** A note on a call by somebody at an institute; never shown outside it. */
@Entity('note')
@Index('note_person', ['personId'])
@Index('note_call_of', ['callId'])
@Index('note_call', ['profileId', 'callId'])
export class NoteEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'note_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'note_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('text') author: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'note_person_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  @Column('text') text: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

/** The end of the last page of notes. */
interface NotePlace {
  at: string;
  id: string;
}

/** Notes on calls, within an institute. */
@Injectable()
export class NoteRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(NoteEntity);
  }

  /** Returns a page of an institute's notes on a call, newest first. */
  async list(
    profileId: string,
    callId: string,
    limit: number,
    after: NotePlace | null,
  ): Promise<{ notes: NoteEntity[]; total: number }> {
    const query = this.table
      .createQueryBuilder('n')
      .where('n.profile_id = :profileId AND n.call_id = :callId', { profileId, callId })
      .orderBy('n.created_at', 'DESC')
      .addOrderBy('n.id', 'DESC')
      .limit(limit);
    if (after) query.andWhere('(n.created_at, n.id) < (:at, :id)', { at: new Date(after.at), id: after.id });
    return { notes: await query.getMany(), total: await this.table.countBy({ profileId, callId }) };
  }

  async add(note: NoteEntity): Promise<void> {
    await this.table.insert(note);
  }

  /** Returns a note of this institute on this call; null if there is none. */
  findById(profileId: string, callId: string, id: string): Promise<NoteEntity | null> {
    return this.table.findOneBy({ id, profileId, callId });
  }

  async remove({ id }: NoteEntity): Promise<void> {
    await this.table.delete({ id });
  }
}
