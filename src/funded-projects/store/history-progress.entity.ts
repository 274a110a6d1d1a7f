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
