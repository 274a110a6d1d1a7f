import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Filters that somebody comes back to, as they stand in a page's address. */
@Entity('saved_search')
@Index('saved_search_person', ['personId', 'profileId'])
export class SavedSearchEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'profile_id' }) profileId: string;
  @Column('uuid', { name: 'person_id' }) personId: string;
  @Column('text') name: string;
  /** `inbox` or `calls`. */
  @Column('text') page: string;
  /** Without its question mark. */
  @Column('text') query: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
