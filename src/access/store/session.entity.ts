import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** A browser session. */
@Entity('session')
@Index('session_token', ['tokenHash'], { unique: true })
@Index('session_person', ['personId'])
export class SessionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'session_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('text', { name: 'user_agent', nullable: true }) userAgent: string | null;
  /** The provider where it began; null after a link by e-mail. */
  @Column('text', { nullable: true }) provider: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** When they last proved their identity; null if the provider that vouched for them does not say. */
  @Column('timestamptz', { name: 'authenticated_at', nullable: true }) authenticatedAt: Date | null;
  /** When a second factor was shown in it, by a passkey or at a provider; null if never. */
  @Column('timestamptz', { name: 'second_factor_at', nullable: true }) secondFactorAt: Date | null;
  /** The challenge for a passkey, in base64url, valid once and until that time. */
  @Column('text', { nullable: true }) challenge: string | null;
  @Column('timestamptz', { name: 'challenge_until', nullable: true }) challengeUntil: Date | null;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}
