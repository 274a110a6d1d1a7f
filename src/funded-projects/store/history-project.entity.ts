import type { BadRow, Kind } from '../domain/cordis-rows.js';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A funded project, as in the last imported file. */
@Entity('history_project')
// An index on a list is more than the entity can say.
@Index('history_project_topics', { synchronize: false })
export class HistoryProjectEntity {
  @PrimaryColumn('bigint') id: string;
  @Column('text') acronym: string;
  @Column('text') title: string;
  @Column('text', { nullable: true }) objective: string | null;
  @Column('text') programme: string;
  @Column('date', { name: 'start_on', nullable: true }) startOn: string | null;
  @Column('date', { name: 'end_on', nullable: true }) endOn: string | null;
  @Column('text', { name: 'funding_scheme', nullable: true }) fundingScheme: string | null;
  @Column('text', { nullable: true }) status: string | null;
  /** Euros. */
  @Column('numeric', { name: 'total_cost', precision: 15, scale: 2, nullable: true }) totalCost:
    string | null;
  @Column('numeric', { name: 'ec_max_contribution', precision: 15, scale: 2, nullable: true })
  ecMaxContribution: string | null;
  /** As listed in the project; titles are in `history_topic`. */
  @Column('text', { name: 'topic_codes', array: true }) topicCodes: string[];
}

/** A topic under which a project was funded. */
@Entity('history_topic')
// Indexes on an expression are more than the entity can say.
@Index('history_topic_code', { synchronize: false })
@Index('history_topic_title', { synchronize: false })
export class HistoryTopicEntity {
  @ForeignKey(() => HistoryProjectEntity, 'id', {
    name: 'history_topic_project_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('bigint', { name: 'project_id' })
  projectId: string;
  @PrimaryColumn('text') code: string;
  @Column('text', { nullable: true }) title: string | null;
}

/** A project's field of science. */
@Entity('history_subject')
export class HistorySubjectEntity {
  @ForeignKey(() => HistoryProjectEntity, 'id', {
    name: 'history_subject_project_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('bigint', { name: 'project_id' })
  projectId: string;
  @PrimaryColumn('text') title: string;
}

@Entity('history_participant')
@Index('history_participant_pic', ['pic', 'projectId'])
export class HistoryParticipantEntity {
  @ForeignKey(() => HistoryProjectEntity, 'id', {
    name: 'history_participant_project_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('bigint', { name: 'project_id' })
  projectId: string;
  @PrimaryColumn('text') pic: string;
  @PrimaryColumn('text') role: string;
  @Column('text') country: string;
  @Column('text', { nullable: true }) city: string | null;
  @Column('text') name: string;
  @Column('boolean', { nullable: true }) sme: boolean | null;
  @Column('text', { name: 'activity_type', nullable: true }) activityType: string | null;
  @Column('text', { name: 'nuts_code', nullable: true }) nutsCode: string | null;
  /** Euros. */
  @Column('numeric', { name: 'ec_contribution', precision: 15, scale: 2, nullable: true }) ecContribution:
    string | null;
  @Column('numeric', { name: 'net_ec_contribution', precision: 15, scale: 2, nullable: true })
  netEcContribution: string | null;
  @Column('numeric', { name: 'total_cost', precision: 15, scale: 2, nullable: true }) totalCost:
    string | null;
  /** Whether it left the project. */
  @Column('boolean', { nullable: true }) ended: boolean | null;
}

/** How far a file has been staged; written in the same transaction as its rows. */
@Entity('history_progress')
export class HistoryProgressEntity {
  @PrimaryColumn('text') kind: Kind;
  @Column('text') hash: string;
  @Column('bigint', { name: 'byte_offset' }) byteOffset: string;
  @Column('integer') line: number;
  @Column('integer') rows: number;
  @Column('integer') bad: number;
  @Column('jsonb') problems: BadRow[];
}

/** A fully imported file, by the SHA-256 of its content. */
@Entity('history_file')
export class HistoryFileEntity {
  @PrimaryColumn('text') hash: string;
  @Column('text') kind: Kind;
  @Column('integer') rows: number;
  @Column('integer') bad: number;
  /** The first of the bad rows. */
  @Column('jsonb') problems: BadRow[];
  /** Bad rows whose project was unknown; another project.csv may contain it. */
  @Column('integer') lost: number;
  /** The number of stored rows it added, changed or removed. */
  @Column('integer') changed: number;
  @Column('timestamptz', { name: 'imported_at' }) importedAt: Date;
  /** The parser version that read its rows; files read by an older version are read again. */
  @Column('integer', { default: 1 }) reading: number;
  /** Whether its changes are counted in `lastImport`. */
  @Column('boolean', { default: false }) logged: boolean;
}
