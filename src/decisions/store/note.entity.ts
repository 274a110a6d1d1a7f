import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
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
