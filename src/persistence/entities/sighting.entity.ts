import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where a source shows a call: the source's own key, and when it was seen there. */
@Entity('sighting')
@Index('sighting_call', ['callId'])
export class SightingEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @PrimaryColumn('text') key: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt: Date;
  /** Set where a good run did not show it any more; cleared when it is back. */
  @Column('timestamptz', { name: 'missing_since', nullable: true }) missingSince: Date | null;
}
