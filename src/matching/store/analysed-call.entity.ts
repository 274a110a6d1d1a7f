import { Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CallEntity } from '../../calls/store/call.entity.js';
import type { AnalysedLanguage } from '../../kernel/language.js';

/** A stem of calls in one language; analysed calls name it by its number. */
@Entity('stem')
export class StemEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' }) id: number;
  @Column('text') language: AnalysedLanguage;
  @Column('text') stem: string;
}

/** A spelling of a stem in calls; see `WrittenForms`. */
@Entity('written_form')
export class WrittenFormEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' }) id: number;
  @Column('text') stem: string;
  @Column('text') form: string;
}

/**
 * What the calls that are not in memory count, as a process has left it for those that start later: the calls
 * with the positions of their versions, how many have each stem, and each phrase that profiles look for.
 */
@Entity('archive_count')
export class ArchiveCountEntity {
  @PrimaryColumn('text') analyser: string;
  @Column('bytea') calls: Buffer;
  @Column('integer') english: number;
  @Column('integer') french: number;
  @Column('bytea') stems: Buffer;
  @Column('bytea') terms: Buffer;
}

/** A call's current text as matching reads it; see `StoredAnalysis`. */
@Entity('analysed_call')
// A GIN index, which TypeORM cannot declare.
@Index('analysed_call_stems', { synchronize: false })
export class AnalysedCallEntity {
  @ForeignKey(() => CallEntity, 'id', { name: 'analysed_call_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  /** See `MatchingModel`: during an update, processes of two versions analyse calls each in its way. */
  @PrimaryColumn('text') analyser: string;
  /** The position of the version that was analysed. */
  @Column('bigint') seq: string;
  @Column('text') language: AnalysedLanguage;
  @Column('integer', { array: true }) stems: number[];
  @Column('bytea') words: Buffer;
  @Column('bytea') rest: Buffer;
}
