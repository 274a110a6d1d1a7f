import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';

/** Saved filters, as in a page's query string. */
@Entity('saved_search')
@Index('saved_search_profile', ['profileId'])
@Index('saved_search_person', ['personId', 'profileId'])
export class SavedSearchEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'saved_search_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'saved_search_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('text') name: string;
  /** `inbox` or `calls`. */
  @Column('text') page: string;
  /** Without the question mark. */
  @Column('text') query: string;
  /** Calls that it no longer shows nor announces. */
  @Column('uuid', { array: true, default: '{}' }) dropped: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
