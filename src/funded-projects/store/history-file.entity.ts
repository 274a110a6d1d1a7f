import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BadRow } from '../domain/bad-rows.js';
import type { Kind } from '../domain/cordis-rows.js';

/** A file that is imported to its end, by the SHA-256 of what is in it. */
@Entity('history_file')
export class HistoryFileEntity {
  @PrimaryColumn('text') hash: string;
  @Column('text') kind: Kind;
  @Column('integer') rows: number;
  @Column('integer') bad: number;
  /** The first of the bad rows. */
  @Column('jsonb') problems: BadRow[];
  /** Bad rows whose project was not known: another project.csv may bring it. */
  @Column('integer') lost: number;
  /** Stored rows that it made, changed or took away. */
  @Column('integer') changed: number;
  @Column('timestamptz', { name: 'imported_at' }) importedAt: Date;
  /** By which reading its rows were made: a file of an older one is read again. */
  @Column('integer', { default: 1 }) reading: number;
  /** Whether its changes are part of `lastImport`. */
  @Column('boolean', { default: false }) logged: boolean;
}
