import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

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
