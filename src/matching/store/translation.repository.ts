import { Column, DataSource, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { CallEntity } from '../../calls/store/call.entity.js';

/** Passages of a call translated by a language model; without `texts` if they must not be shown. */
@Entity('translation')
@Index('translation_call', ['callId'])
class TranslationEntity {
  /** A hash of the passages, the language, the model and its prompt. */
  @PrimaryColumn('text') key: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'translation_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('text') model: string;
  @Column('text', { array: true, nullable: true }) texts: string[] | null;
  @Column('timestamptz', { name: 'made_at' }) madeAt: Date;
}

@Injectable()
export class TranslationRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(TranslationEntity);
  }

  findByKey(key: string): Promise<TranslationEntity | null> {
    return this.table.findOneBy({ key });
  }

  /** If two were requested at once, the first is kept. */
  async keep(translation: TranslationEntity): Promise<void> {
    await this.table.createQueryBuilder().insert().values(translation).orIgnore().execute();
  }
}
