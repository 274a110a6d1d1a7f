import { Column, DataSource, Entity, ForeignKey, Index, IsNull, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { PersonEntity } from '../../access/store/person.entity.js';
import { type Language, LANGUAGE_COLUMN } from '../../kernel/language.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { NewsletterContent, NewsletterItem } from '../domain/newsletter.js';

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

/** Who changed a newsletter, and when. */
export type Edited = Pick<NewsletterEntity, 'updatedBy' | 'updatedById' | 'updatedAt'>;

@Injectable()
export class NewsletterRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(NewsletterEntity);
  }

  /** Returns those of an institute, last changed first. */
  list(profileId: string, limit: number): Promise<NewsletterEntity[]> {
    return this.table.find({
      where: { profileId },
      order: { updatedAt: 'DESC', id: 'DESC' },
      take: limit,
    });
  }

  findById(profileId: string, id: string): Promise<NewsletterEntity | null> {
    return this.table.findOneBy({ profileId, id });
  }

  /** Returns what was sent of a newsletter, with a mark in place of a reader's link; null if nothing was. */
  async sentMail(id: string): Promise<{ html: string; text: string } | null> {
    const select = { id: true, sentHtml: true, sentText: true };
    const { sentHtml: html, sentText: text } = (await this.table.findOne({ where: { id }, select })) ?? {};
    return typeof html === 'string' && typeof text === 'string' ? { html, text } : null;
  }

  async add(newsletter: NewsletterEntity): Promise<void> {
    await this.table.insert(newsletter);
  }

  /** Stores a change of this version of a newsletter that nobody has had yet; returns whether it was one. */
  async save(
    { profileId, id, version }: Pick<NewsletterEntity, 'profileId' | 'id' | 'version'>,
    content: NewsletterContent,
    edited: Edited,
  ): Promise<boolean> {
    const { affected } = await this.table.update(
      { profileId, id, version, issuedAt: IsNull() },
      { ...content, ...edited, version: () => 'version + 1' },
    );
    return affected === 1;
  }

  /** Notes that its list has had it, once; returns whether it was not noted before. */
  async issue(profileId: string, id: string, issuedAt: Date): Promise<boolean> {
    return (await this.table.update({ profileId, id, issuedAt: IsNull() }, { issuedAt })).affected === 1;
  }

  /** Removes a newsletter that was not sent from here; returns whether the institute had it. */
  async remove(profileId: string, id: string): Promise<boolean> {
    return (await this.table.delete({ profileId, id, sentHtml: IsNull() })).affected === 1;
  }

  /** Returns which calls a list has had, and when last. */
  async had(profileId: string, list: string): Promise<Map<string, Date>> {
    const rows: { callId: string; at: Date }[] = await this.database.query(
      `SELECT item->>'callId' AS "callId", max(issued_at) AS at FROM newsletter CROSS JOIN LATERAL jsonb_array_elements(items) item
        WHERE profile_id = $1 AND lower(list) = lower($2) AND issued_at IS NOT NULL GROUP BY 1`,
      [profileId, list],
    );
    return new Map(rows.map(({ callId, at }) => [callId, at]));
  }
}
