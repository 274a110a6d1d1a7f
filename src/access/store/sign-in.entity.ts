import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

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

/** A passkey used as a second factor: its public half, which by itself gives nobody access. */
@Entity('passkey')
@Index('passkey_credential', ['credential'], { unique: true })
@Index('passkey_person', ['personId'])
export class PasskeyEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'passkey_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** The name its owner gave it. */
  @Column('text') name: string;
  /** The credential id, in base64url. */
  @Column('text') credential: string;
  /** In COSE format, as the device gave it. */
  @Column('bytea', { name: 'public_key' }) publicKey: Buffer;
  /** The signature counter; some devices always send 0. PostgreSQL returns bigints as strings. */
  @Column('bigint') counter: string;
  /** The transports reported by the browser. */
  @Column('text', { array: true }) transports: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt: Date | null;
}

/** An e-mailed link that signs in once, until it expires. */
@Entity('sign_in_link')
@Index('sign_in_link_person', ['personId'])
export class SignInLinkEntity {
  @PrimaryColumn('text', { name: 'token_hash' }) tokenHash: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'sign_in_link_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt: Date | null;
  /** The local page requested before. */
  @Column('text', { nullable: true }) next: string | null;
}

/** A person's subject at a sign-in provider, which outlives their address. */
@Entity('identity')
@Index('identity_person', ['personId', 'provider'], { unique: true })
export class IdentityEntity {
  @PrimaryColumn('text') provider: string;
  @PrimaryColumn('text') subject: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'identity_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
