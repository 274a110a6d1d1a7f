import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProposalEntity } from '../entities/proposal.entity.js';
import { ResearcherEntity } from '../entities/researcher.entity.js';

export interface ResearcherPlace { name: string; id: string }

/** The people behind the competences of the institutes. */
@Injectable()
export class ResearcherRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ResearcherEntity);
  }

  /** All of an institute's, by name. */
  all(profileId: string): Promise<ResearcherEntity[]> {
    return this.table.find({ where: { profileId }, order: { name: 'ASC', id: 'ASC' } });
  }

  /** A page of an institute's, by name. */
  async list(profileId: string, limit: number, after: ResearcherPlace | null): Promise<{ researchers: ResearcherEntity[]; total: number }> {
    const query = this.table.createQueryBuilder('r').where('r.profile_id = :profileId', { profileId }).orderBy('r.name').addOrderBy('r.id').limit(limit);
    if (after) query.andWhere('(r.name, r.id) > (:name, :id)', after);
    return { researchers: await query.getMany(), total: await this.table.countBy({ profileId }) };
  }

  /** One of this institute; another institute's is as if it were not there. */
  find(profileId: string, id: string): Promise<ResearcherEntity | null> {
    return this.table.findOneBy({ profileId, id });
  }

  /** Whoever of the institute has that address, in small letters. */
  byEmail(profileId: string, email: string): Promise<ResearcherEntity | null> {
    return this.table.findOneBy({ profileId, email });
  }

  /** Adds somebody; false where somebody of the institute has that address. */
  async add(researcher: ResearcherEntity): Promise<boolean> {
    const made = await this.table.createQueryBuilder().insert().values(researcher).orIgnore().returning('id').execute();
    return (made.raw as unknown[]).length > 0;
  }

  /** Writes somebody anew; false where somebody else of the institute has that address. */
  async change({ id, profileId, ...values }: ResearcherEntity): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Two who take the same address at once: the second waits here and then sees the first.
      await tx.query('SELECT 1 FROM researcher WHERE profile_id = $1 AND (id = $2 OR email = $3) ORDER BY id FOR UPDATE', [profileId, id, values.email]);
      const other = await tx.findOneBy(ResearcherEntity, { profileId, email: values.email });
      if (other && other.id !== id) return false;
      await tx.update(ResearcherEntity, { id, profileId }, values);
      return true;
    });
  }

  /** Takes somebody off the list; what was proposed to them stays, with their name. */
  async remove(profileId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.update(ProposalEntity, { profileId, researcherId: id }, { researcherId: null });
      await tx.delete(ResearcherEntity, { profileId, id });
    });
  }
}
