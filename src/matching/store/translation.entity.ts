import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CallEntity } from '../../calls/store/call.entity.js';

/** Passages of a call translated by a language model; without `texts` if they must not be shown. */
@Entity('translation')
@Index('translation_call', ['callId'])
export class TranslationEntity {
  /** A hash of the passages, the language, the model and its prompt. */
  @PrimaryColumn('text') key: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'translation_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('text') model: string;
  @Column('text', { array: true, nullable: true }) texts: string[] | null;
  @Column('timestamptz', { name: 'made_at' }) madeAt: Date;
}
