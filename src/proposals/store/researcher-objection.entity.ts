import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/** A person's objection to further proposals from an institute. */
@Entity('researcher_objection')
export class ResearcherObjectionEntity {
  @PrimaryColumn('text', { name: 'profile_id' })
  @ForeignKey(() => ProfileEntity, 'id', {
    name: 'researcher_objection_profile_id_fkey',
    onDelete: 'CASCADE',
  })
  profileId: string;
  /**
   * Hash of the lower-case address: it recognises an address that is entered again, without storing whose it
   * was.
   */
  @PrimaryColumn('text', { name: 'address_hash' })
  addressHash: string;
  @Column('timestamptz', { name: 'objected_at' }) objectedAt: Date;
}
