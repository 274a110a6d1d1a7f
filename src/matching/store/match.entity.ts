import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { MatchScore } from '../domain/scoring/match.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';

/** How well a call fits a profile, with reasons, for one version of each. */
@Entity('match')
@Index('match_pair', ['profileId', 'callId'], { unique: true })
@Index('match_best', { synchronize: false })
@Index('match_call', ['callId'])
@Index('match_built_in', ['profileId', 'builtIn'])
@Index('match_reading', ['readingKey'], { where: 'reading_key IS NOT NULL' })
export class MatchEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'match_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'match_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('double precision') score: number;
  /** The score of the built-in ranking alone, without reading and verdicts. */
  @Column('double precision', { name: 'built_in', default: 0 }) builtIn: number;
  /** The key of this pair's reading (`readingKey`); null if it is not to be read. */
  @Column('text', { name: 'reading_key', nullable: true }) readingKey: string | null;
  /** Whether the score includes the reading. */
  @Column('boolean', { default: false }) read: boolean;
  @Column('jsonb') result: MatchScore;
  @Column('integer', { name: 'profile_revision' }) profileRevision: number;
  @Column('integer', { name: 'call_version' }) callVersion: number;
  @Column('timestamptz', { name: 'matched_at' }) matchedAt: Date;
}
