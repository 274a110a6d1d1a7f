import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TranslationEntity } from './translation.entity.js';

/** What language models have translated. */
@Injectable()
export class TranslationRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(TranslationEntity);
  }

  find(key: string): Promise<TranslationEntity | null> {
    return this.table.findOneBy({ key });
  }

  /** Of two that were asked for at once the first stays. */
  async keep(translation: TranslationEntity): Promise<void> {
    await this.table.createQueryBuilder().insert().values(translation).orIgnore().execute();
  }
}
