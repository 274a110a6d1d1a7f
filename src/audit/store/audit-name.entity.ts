import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The name behind a pseudonym of the audit log, from a given time on. It is the only place that names people,
 * and is deleted when a person is erased.
 */
@Entity('audit_name')
@Index('audit_name_pseudonym', ['pseudonym', 'since'])
export class AuditNameEntity {
  @PrimaryColumn('text') key: string;
  @PrimaryColumn('timestamptz') since: Date;
  @Column('uuid') pseudonym: string;
  @Column('text') name: string;
  @Column('text', { nullable: true }) address: string | null;
}
