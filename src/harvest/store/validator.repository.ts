import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ValidatorEntity } from './validator.entity.js';

/** Which request of which source. */
export type AskedBefore = Pick<ValidatorEntity, 'sourceId' | 'requestHash'>;

/** What servers gave along with the documents that are kept, by source and request. */
@Injectable()
export class ValidatorRepository {
  constructor(private readonly database: DataSource) {}

  find({ sourceId, requestHash }: AskedBefore): Promise<ValidatorEntity | null> {
    return this.database.getRepository(ValidatorEntity).findOneBy({ sourceId, requestHash });
  }

  /** The newest answer replaces the one before it. */
  async put(row: ValidatorEntity): Promise<void> {
    await this.database.getRepository(ValidatorEntity).upsert(row, ['sourceId', 'requestHash']);
  }

  async forget({ sourceId, requestHash }: AskedBefore): Promise<void> {
    await this.database.getRepository(ValidatorEntity).delete({ sourceId, requestHash });
  }
}
