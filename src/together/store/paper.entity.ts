import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LANGUAGE_COLUMN, type Language } from '../../kernel/language.js';
import type { PaperKind, PaperSection } from '../domain/paper.js';
import { CallEntity } from '../../calls/store/call.entity.js';

/** A paper of the network: a meeting pack or an offer, as last edited. */
@Entity('paper')
@Index('paper_call', ['callId'])
export class PaperEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: PaperKind;
  /** Group id from the configuration; null for all institutes, or for a call. */
  @Column('text', { name: 'group_id', nullable: true }) groupId: string | null;
  /** The month of a pack, such as 2026-06. */
  @Column('text', { nullable: true }) month: string | null;
  @ForeignKey(() => CallEntity, 'id', { name: 'paper_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id', nullable: true })
  callId: string | null;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  @Column('text') title: string;
  @Column('jsonb') sections: PaperSection[];
  /** Increases with each edit. */
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  /** When it was last sent to the group. */
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  /** The institutes that it was ever sent to, and that may read it. */
  @Column('text', { name: 'sent_to', array: true, nullable: true }) sentTo: string[] | null;
}
