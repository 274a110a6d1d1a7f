import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NoteEntity } from './note.entity.js';

/** The end of the last page of notes. */
export interface NotePlace {
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
