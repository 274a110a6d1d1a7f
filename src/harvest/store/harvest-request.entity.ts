import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { SourceRequest } from '../domain/source.js';
import { HarvestRunEntity } from './harvest-run.entity.js';

/** A request planned by a run, and the document that answered it. */
@Entity('harvest_request')
@Index('harvest_request_key', ['runId', 'scan', 'key'], { unique: true })
export class HarvestRequestEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => HarvestRunEntity, 'id', { name: 'harvest_request_run_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'run_id' })
  runId: string;
  @Column('integer') scan: 1 | 2;
  @Column('text') key: string;
  @Column('jsonb') request: SourceRequest;
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /** An answer that could not be read, and why: kept for an improved parser. */
  @Column('text', { name: 'rejected_hash', nullable: true }) rejectedHash: string | null;
  @Column('text', { name: 'rejected_why', nullable: true }) rejectedWhy: string | null;
  @Column('timestamptz', { name: 'fetched_at', nullable: true }) fetchedAt: Date | null;
}
