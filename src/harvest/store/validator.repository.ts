import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ValidatorEntity } from './validator.entity.js';

/** Identifies a request of a source. */
export type AskedBefore = Pick<ValidatorEntity, 'sourceId' | 'requestHash'>;

/** The validators sent with stored documents, by source and request. */
@Injectable()
export class ValidatorRepository {
  constructor(private readonly database: DataSource) {}

  findByRequest({ sourceId, requestHash }: AskedBefore): Promise<ValidatorEntity | null> {
    return this.database.getRepository(ValidatorEntity).findOneBy({ sourceId, requestHash });
  }

  /** The newest answer replaces the previous one. */
  async put(row: ValidatorEntity): Promise<void> {
    await this.database.getRepository(ValidatorEntity).upsert(row, ['sourceId', 'requestHash']);
  }

  async forget({ sourceId, requestHash }: AskedBefore): Promise<void> {
    await this.database.getRepository(ValidatorEntity).delete({ sourceId, requestHash });
  }
}
