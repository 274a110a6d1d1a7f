import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { LANGUAGE_COLUMN, type Language } from '../../kernel/language.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { NewsletterItem } from '../domain/newsletter.js';

/** A newsletter of an institute on calls, for readers outside the program. */
@Entity('newsletter')
@Index('newsletter_profile', ['profileId', 'list'])
@Index('newsletter_updated_by', ['updatedById'])
export class NewsletterEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'newsletter_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  /** Whom it is for, as the institute calls them: what one list has had is remembered for it alone. */
  @Column('text') list: string;
  @Column('text') title: string;
  @Column('text') intro: string;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  @Column('jsonb') items: NewsletterItem[];
  /** Counts its changes, so that nobody overwrites those of a colleague. */
  @Column('integer') version: number;
  @Column('text', { name: 'updated_by' }) updatedBy: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'newsletter_updated_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'updated_by_id', nullable: true })
  updatedById: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  /** When its list had it; null as long as it is being written. */
  @Column('timestamptz', { name: 'issued_at', nullable: true }) issuedAt: Date | null;
  /** When it was sent from here to its readers; null if it was not. */
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  /** As it was sent, with a mark in place of the reader's own link: only read with `sentMail`. */
  @Column('text', { name: 'sent_html', nullable: true, select: false }) sentHtml?: string | null;
  @Column('text', { name: 'sent_text', nullable: true, select: false }) sentText?: string | null;
}
