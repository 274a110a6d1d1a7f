import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { MatchScore } from '../domain/scoring/match.js';
import { MatchEntity } from './match.repository.js';

/**
 * A match as the institute's own people see it, where its decisions on calls change it. Everybody else sees
 * the row in `match`; `match_seen_by` chooses between the two.
 */
@Entity('own_match')
@Index('own_match_best', ['profileId', 'score'])
@ForeignKey(() => MatchEntity, ['profileId', 'callId'], ['profileId', 'callId'], {
  name: 'own_match_match_fkey',
  onDelete: 'CASCADE',
})
export class OwnMatchEntity {
  @PrimaryColumn('text', { name: 'profile_id', primaryKeyConstraintName: 'own_match_pkey' })
  profileId: string;
  @PrimaryColumn('uuid', { name: 'call_id', primaryKeyConstraintName: 'own_match_pkey' })
  callId: string;
  @Column('double precision') score: number;
  @Column('jsonb') result: MatchScore;
}
