import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Profile } from '../domain/profile.js';

/** An institute's profile, and its relation to the file that seeded it. */
@Entity('profile')
export class ProfileEntity {
  @PrimaryColumn('text') id: string;
  @Column('jsonb') content: Profile;
  /** Counts changes of what matches depend on (see `revisionWith`): they belong to one revision. */
  @Column('integer') revision: number;
  /** The hash of the file that was last applied; null for a profile without a file. */
  @Column('text', { name: 'file_hash', nullable: true }) fileHash: string | null;
  /** The file's current content if it changed after the profile was edited through the API. */
  @Column('jsonb', { name: 'file_conflict', nullable: true }) fileConflict: Profile | null;
  @Column('timestamptz', { name: 'edited_at', nullable: true }) editedAt: Date | null;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  /** The revision and version sequence number up to which it is matched. */
  @Column('integer', { name: 'matched_revision', default: 0 }) matchedRevision: number;
  @Column('bigint', { name: 'matched_seq', default: '0' }) matchedSeq: string;
  /** The fingerprint of the matching that made its matches (see `Ranking`); null if several did. */
  @Column('text', { name: 'matched_by', nullable: true }) matchedBy: string | null;
  /** The institute's verdicts when it was matched; null if none. */
  @Column('text', { name: 'matched_verdicts', nullable: true }) matchedVerdicts: string | null;
  /**
   * The external embedding model whose vectors were used, with the revision of the profile that it had read
   * (see meaningKey); null if none.
   */
  @Column('text', { name: 'matched_meaning', nullable: true }) matchedMeaning: string | null;
  /** The version sequence number up to which it had read the calls. */
  @Column('bigint', { name: 'matched_read_seq', default: '0' }) matchedReadSeq: string;
  /** Since when calls have been waiting for a language model to read them for it; null if none. */
  @Column('timestamptz', { name: 'reading_since', nullable: true }) readingSince: Date | null;
}

@Entity('profile_version')
@Index('profile_version_by', ['byId'])
export class ProfileVersionEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'profile_version_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @PrimaryColumn('integer') number: number;
  @Column('jsonb') content: Profile;
  /** A profile file, a person, or a restored earlier version. */
  @Column('text') origin: 'file' | 'edit' | 'restore';
  /** The name of the person who saved it; null for a file, and for versions from before it was recorded. */
  @Column('text', { nullable: true }) by: string | null;
  @ForeignKey('PersonEntity', 'id', { name: 'profile_version_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'by_id', nullable: true })
  byId: string | null;
  @Column('timestamptz', { name: 'saved_at' }) savedAt: Date;
}
