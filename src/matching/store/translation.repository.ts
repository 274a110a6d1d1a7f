import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TranslationEntity } from './translation.entity.js';

/** Translations by language models. */
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
