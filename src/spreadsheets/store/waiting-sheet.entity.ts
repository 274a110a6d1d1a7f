import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/** A sheet that somebody has sent and not yet confirmed; their next one replaces it. */
@Entity('waiting_sheet')
@Index('waiting_sheet_profile', ['profileId'])
export class WaitingSheetEntity {
  @ForeignKey(() => PersonEntity, 'id', { name: 'waiting_sheet_person_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'person_id' })
  personId: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'waiting_sheet_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @Column('jsonb') sheet: unknown;
  @Column('timestamptz', { name: 'sent_at' }) sentAt: Date;
}
