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

/** An action. Written by the database itself (see the migration), and never changed. */
@Entity('audit')
@Index('audit_profile', ['profileId', 'position'])
@Index('audit_previous', ['previous'], { unique: true })
@Index('audit_actor_name', ['actorName'], { where: 'actor_name IS NOT NULL' })
@Index('audit_origin_name', ['originName'], { where: 'origin_name IS NOT NULL' })
@Index('audit_subject_name', ['subjectName'], { where: 'subject_name IS NOT NULL' })
export class AuditEntity {
  @PrimaryColumn('bigint') position: string;
  @Column('timestamptz') at: Date;
  @Column('text') action: string;
  @Column('text', { name: 'actor_kind' }) actorKind: string;
  /** Pseudonyms, whose names are in `audit_name`. */
  @Column('uuid', { nullable: true }) actor: string | null;
  @Column('text', { name: 'actor_profile', nullable: true }) actorProfile: string | null;
  @Column('text', { nullable: true }) via: string | null;
  @Column('uuid', { nullable: true }) origin: string | null;
  /** The institute concerned; null for the network. */
  @Column('text', { name: 'profile_id', nullable: true }) profileId: string | null;
  @Column('text', { nullable: true }) subject: string | null;
  @Column('jsonb') detail: Record<string, unknown>;
  /** The hashes of the names that it shows; null where there is none. */
  @Column('text', { name: 'actor_name', nullable: true }) actorName: string | null;
  @Column('text', { name: 'origin_name', nullable: true }) originName: string | null;
  @Column('text', { name: 'subject_name', nullable: true }) subjectName: string | null;
  /** The previous entry's hash; empty for the first. */
  @Column('text') previous: string;
  @Column('text') hash: string;
}
