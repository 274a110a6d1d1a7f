import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The name behind a pseudonym of the audit log, from a given time on. It is the only place that names people,
 * and is deleted when a person is erased.
 */
@Entity('audit_name')
@Index('audit_name_pseudonym', ['pseudonym', 'since'])
@Index('audit_name_hash', ['hash'], { unique: true })
export class AuditNameEntity {
  @PrimaryColumn('text') key: string;
  @PrimaryColumn('timestamptz') since: Date;
  @Column('uuid') pseudonym: string;
  @Column('text') name: string;
  @Column('text', { nullable: true }) address: string | null;
  /** The institute of whoever it names; null for the network, and for who came without signing in. */
  @Column('text', { name: 'profile_id', nullable: true }) profileId: string | null;
  /** Makes the hash one that nobody finds by guessing; deleted with the name. */
  @Column('text') secret: string;
  /** What the entries hold of it: see `audit_name_hash` in the migration. */
  @Column('text') hash: string;
}
