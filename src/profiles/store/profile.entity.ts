import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Profile } from '../domain/profile.js';

/** An institute's profile, and how it stands to the file that seeded it. */
@Entity('profile')
export class ProfileEntity {
  @PrimaryColumn('text') id: string;
  @Column('jsonb') content: Profile;
  /** Counts the changes of the competences: matches were made for one revision. */
  @Column('integer') revision: number;
  /** The hash of the file that was applied last; null for a profile that no file brought. */
  @Column('text', { name: 'file_hash', nullable: true }) fileHash: string | null;
  /** The file's present content where it changed although the profile was edited through the API since. */
  @Column('jsonb', { name: 'file_conflict', nullable: true }) fileConflict: Profile | null;
  @Column('timestamptz', { name: 'edited_at', nullable: true }) editedAt: Date | null;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  /** The revision, and the place in the order of versions, up to which its matches are made. */
  @Column('integer', { name: 'matched_revision', default: 0 }) matchedRevision: number;
  @Column('bigint', { name: 'matched_seq', default: '0' }) matchedSeq: string;
  /** What its institute's verdicts said when they were made; null where nothing. */
  @Column('text', { name: 'matched_verdicts', nullable: true }) matchedVerdicts: string | null;
  /**
   * The brought model with whose vectors they were made, with the revision of the profile that it had read
   * (see meaningKey); null where that was none.
   */
  @Column('text', { name: 'matched_meaning', nullable: true }) matchedMeaning: string | null;
  /** The place in the order of versions up to which it had read the calls. */
  @Column('bigint', { name: 'matched_read_seq', default: '0' }) matchedReadSeq: string;
  /** Since when calls wait to be read for it by a language model; null where none does. */
  @Column('timestamptz', { name: 'reading_since', nullable: true }) readingSince: Date | null;
}
