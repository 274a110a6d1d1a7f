import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { PublishedEvent } from '../domain/published-events.js';
import { LANGUAGE_COLUMN, type Language } from '../../kernel/language.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';

/**
 * Whose deadlines a calendar has: those of an institute, a group of institutes, or the person who created it.
 */
export type CalendarKind = 'institute' | 'group' | 'own';

/** A secret link from which calendars read deadlines, until it is revoked. */
@Entity('calendar')
@Index('calendar_token', ['tokenHash'], { unique: true })
@Index('calendar_profile', ['profileId'])
@Index('calendar_person', ['personId'])
export class CalendarEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column('text') hint: string;
  @Column('text') name: string;
  @Column('text') kind: CalendarKind;
  /** The creator's institute; null for the network. */
  @ForeignKey(() => ProfileEntity, 'id', { name: 'calendar_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  @Column('text', { name: 'group_id', nullable: true }) groupId: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'calendar_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'last_read_at', nullable: true }) lastReadAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  /** What its readers last saw, so that an event says when it changed, and a removed one is cancelled. */
  @Column('jsonb', { default: [], select: false }) events: PublishedEvent[];
}
