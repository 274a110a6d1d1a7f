import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { USUAL_REMIND_AFTER_DAYS } from '../domain/reminding.js';
import { ProposalSettingsEntity } from './proposal.entity.js';

/** The settings of institutes for proposals. */
@Injectable()
export class ProposalSettingsRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ProposalSettingsEntity);
  }

  /** Days until researchers are reminded; null for never. */
  async remindAfterDays(profileId: string): Promise<number | null> {
    const own = await this.table.findOneBy({ profileId });
    return own ? own.remindAfterDays : USUAL_REMIND_AFTER_DAYS;
  }

  async put(settings: ProposalSettingsEntity): Promise<void> {
    await this.table.save(settings);
  }
}
