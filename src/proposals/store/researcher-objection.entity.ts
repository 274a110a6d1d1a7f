import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/index.js';

/** That somebody wants no more calls from an institute. */
@Entity('researcher_objection')
export class ResearcherObjectionEntity {
  @PrimaryColumn('text', { name: 'profile_id' })
  @ForeignKey(() => ProfileEntity, 'id', {
    name: 'researcher_objection_profile_id_fkey',
    onDelete: 'CASCADE',
  })
  profileId: string;
  /**
   * Of the address in small letters: it says of an address that is given again whose it is, and of nobody who
   * they were.
   */
  @PrimaryColumn('text', { name: 'address_hash' })
  addressHash: string;
  @Column('timestamptz', { name: 'objected_at' }) objectedAt: Date;
}
