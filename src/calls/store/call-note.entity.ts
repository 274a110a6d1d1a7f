import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CallEntity } from './call.entity.js';

/**
 * An official note on a call, in its publisher's words. The same day and words are the same note, wherever
 * they appear.
 */
@Entity('call_note')
export class CallNoteEntity {
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
