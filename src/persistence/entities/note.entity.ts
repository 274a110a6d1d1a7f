import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What somebody of an institute wrote beside a call; never shown outside it. */
@Entity('note')
@Index('note_call', ['profileId', 'callId'])
export class NoteEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'profile_id' }) profileId: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  @Column('text') author: string;
  @Column('uuid', { name: 'person_id', nullable: true }) personId: string | null;
  @Column('text') text: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
