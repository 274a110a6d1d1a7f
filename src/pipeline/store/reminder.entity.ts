import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';

/** A reminder that was already sent to a person. */
@Entity('pipeline_reminder')
export class ReminderEntity {
  @ForeignKey(() => PersonEntity, 'id', { name: 'pipeline_reminder_person_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'person_id' })
  personId: string;
  @PrimaryColumn('text') key: string;
  @Column('timestamptz') at: Date;
}
