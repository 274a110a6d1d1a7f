import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BadRow } from '../domain/bad-rows.js';
import type { Kind } from '../domain/cordis-rows.js';

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
