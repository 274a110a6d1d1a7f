import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { TransactionalMailEntity } from '../../outbox/store/transactional-mail.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { LeftOut, Origin } from '../domain/reader.js';
import { NewsletterEntity } from './newsletter.entity.js';

/** Somebody on a list to which an institute sends newsletters. */
@Entity('newsletter_reader')
@Index('newsletter_reader_address', ['profileId', 'addressHash', 'list'], { unique: true })
@Index('newsletter_reader_added_by', ['addedById'])
export class NewsletterReaderEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'newsletter_reader_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @Column('text') list: string;
  /** In lower case; empty once they were removed or erased. */
  @Column('text') address: string;
  /** Recognises an address that left, without storing whose it was. */
  @Column('text', { name: 'address_hash' }) addressHash: string;
  @Column('text', { nullable: true }) name: string | null;
  /** How they came onto the list. */
  @Column('text') origin: Origin;
  @Column('text', { name: 'added_by' }) addedBy: string;
  @ForeignKey(() => PersonEntity, 'id', {
    name: 'newsletter_reader_added_by_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'added_by_id', nullable: true })
  addedById: string | null;
  @Column('timestamptz', { name: 'added_at' }) addedAt: Date;
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt: Date | null;
  /** By their own click, which only another one of theirs undoes. */
  @Column('timestamptz', { name: 'left_at', nullable: true }) leftAt: Date | null;
  /** When a mail server said that the address does not exist, and in which words. */
  @Column('timestamptz', { name: 'stopped_at', nullable: true }) stoppedAt: Date | null;
  @Column('text', { name: 'stopped_why', nullable: true }) stoppedWhy: string | null;
}

/** What one reader has of a newsletter that was sent, or why nothing. */
@Entity('newsletter_copy')
@Index('newsletter_copy_reader', ['newsletterId', 'readerId'], { unique: true })
@Index('newsletter_copy_of_reader', ['readerId'])
@Index('newsletter_copy_mail', ['mailId'])
@Index('newsletter_copy_profile', ['profileId'])
@Index('newsletter_copy_token', ['tokenHash'], { unique: true })
@Index('newsletter_copy_waiting', ['newsletterId'], { where: 'mail_id IS NULL AND left_out IS NULL' })
export class NewsletterCopyEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'newsletter_copy_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => NewsletterEntity, 'id', {
    name: 'newsletter_copy_newsletter_id_fkey',
    onDelete: 'CASCADE',
  })
  @Column('uuid', { name: 'newsletter_id' })
  newsletterId: string;
  @ForeignKey(() => NewsletterReaderEntity, 'id', {
    name: 'newsletter_copy_reader_id_fkey',
    onDelete: 'CASCADE',
  })
  @Column('uuid', { name: 'reader_id' })
  readerId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** Why they are not written to; null if they are. */
  @Column('text', { name: 'left_out', nullable: true }) leftOut: LeftOut | null;
  /** Its e-mail; null until it is written. */
  @ForeignKey(() => TransactionalMailEntity, 'id', {
    name: 'newsletter_copy_mail_id_fkey',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'mail_id', nullable: true })
  mailId: string | null;
  /** Of the secret in its link, by which its reader leaves the list. */
  @Column('text', { name: 'token_hash', nullable: true }) tokenHash: string | null;
}
