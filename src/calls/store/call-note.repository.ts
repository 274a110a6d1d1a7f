import { Column, DataSource, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { CallEntity } from './call.entity.js';

/**
 * An official note on a call, in its publisher's words. The same day and words are the same note, wherever
 * they appear.
 */
@Entity('call_note')
class CallNoteEntity {
  @ForeignKey(() => CallEntity, 'id', { name: 'call_note_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  /** As written there: 2026-06-15. */
  @PrimaryColumn('date') day: string;
  /** SHA-256 of the words. */
  @PrimaryColumn('text') hash: string;
  @Column('text') text: string;
  @Column('text', { name: 'source_id' }) sourceId: string;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
}

/** An official note on a call: the day as written there (2026-06-15), and the text. */
export interface OfficialNote {
  day: string;
  text: string;
}

/** The official notes on calls by their publishers. */
@Injectable()
export class CallNoteRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns those of one call, newest first. */
  findByCall(callId: string): Promise<OfficialNote[]> {
    return this.database.query(
      'SELECT day::text AS day, text FROM call_note WHERE call_id = $1 ORDER BY call_note.day DESC, hash',
      [callId],
    );
  }
}
