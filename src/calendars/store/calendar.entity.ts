import { Column, Entity, ForeignKey, Index } from 'typeorm';
import type { PublishedEvent } from '../domain/published-events.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { SecretAddress } from '../../access/store/secret-address.js';

/**
 * Whose deadlines a calendar has: those of an institute, a group of institutes, or the person who created it.
 */
export type CalendarKind = 'institute' | 'group' | 'own';

/** A secret address from which calendars read deadlines. */
@Entity('calendar')
@Index('calendar_token', ['tokenHash'], { unique: true })
@Index('calendar_profile', ['profileId'])
@Index('calendar_person', ['personId'])
export class CalendarEntity extends SecretAddress {
  @Column('text') kind: CalendarKind;
  /** The creator's institute; null for the network. */
  @ForeignKey(() => ProfileEntity, 'id', { name: 'calendar_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  @Column('text', { name: 'group_id', nullable: true }) groupId: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'calendar_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** What its readers last saw, so that an event says when it changed, and a removed one is cancelled. */
  @Column('jsonb', { default: [], select: false }) events: PublishedEvent[];
}
