import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Author } from '../../kernel/actor.js';
import type { MilestoneTemplate } from '../domain/milestones.js';
import { MilestoneTemplateEntity } from './opportunity.entity.js';

/** The milestone templates of institutes. */
@Injectable()
export class MilestoneTemplateRepository {
  constructor(private readonly database: DataSource) {}

  /** The institute's own template; null if it has none. */
  findByProfile(profileId: string): Promise<MilestoneTemplateEntity | null> {
    return this.database.getRepository(MilestoneTemplateEntity).findOneBy({ profileId });
  }

  async put(profileId: string, milestones: MilestoneTemplate, by: Author, at: Date): Promise<void> {
    await this.database
      .getRepository(MilestoneTemplateEntity)
      .upsert({ profileId, milestones, updatedBy: by.name, updatedById: by.personId, updatedAt: at }, [
        'profileId',
      ]);
  }
}
