import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AwardedProposal, CommitteeDocument } from '../../domain/drafts/committee-document.js';
import type { DraftDifference } from '../../domain/drafts/draft-difference.js';

/** A change of a document under the same version: its title, the end of its meeting or its files. */
export interface DocumentChange {
  at: string;
  field: 'title' | 'meetingEnds' | 'files';
  from: unknown;
  to: unknown;
}

/** A version of a document in the register of committees. Rows stay, also when the register drops them. */
@Entity('committee_document')
export class CommitteeDocumentEntity {
  @PrimaryColumn('text') reference: string;
  @PrimaryColumn('integer') version: number;
  @Column('jsonb') content: CommitteeDocument;
  /** When it had last been updated as its files were read; null until they are. */
  @Column('text', { name: 'read_as_of', nullable: true }) readAsOf: string | null;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  @Column('jsonb', { default: [] }) changes: DocumentChange[];
  /** How its topics differ from those of the version before. */
  @Column('jsonb', { default: [] }) differences: DraftDifference[];
  /** The proposals that it would award grants to. */
  @Column('jsonb', { default: [] }) proposals: AwardedProposal[];
  /** The calls and topics that its title or annex names, in small letters. */
  @Column('text', { array: true, default: '{}' }) names: string[];
}
