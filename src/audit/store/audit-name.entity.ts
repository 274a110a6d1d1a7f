import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Who is behind a pseudonym of the audit log, from when on. The only place of it that names anybody: it is
 * deleted where somebody is erased.
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
