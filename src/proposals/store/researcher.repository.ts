import { Injectable } from '@nestjs/common';
import { DataSource, In, Not, type EntityManager } from 'typeorm';
import { isUniqueViolation } from '../../platform/database/values.js';
import { sha256 } from '../../kernel/hash.js';
import { locking } from './proposal.repository.js';
import { ProposalEntity, ResearcherEntity, ResearcherObjectionEntity } from './proposal.entity.js';

export interface ResearcherPlace {
  name: string;
  id: string;
}

type Asked = Pick<ProposalEntity, 'profileId' | 'researcherId' | 'name' | 'email'>;

/** The stored form of an address that objects to proposals. */
const hashed = (address: string): string => sha256(address.toLowerCase());

/** The researchers of all institutes. */
@Injectable()
export class ResearcherRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ResearcherEntity);
  }

  /** All researchers of an institute, by name. */
  all(profileId: string): Promise<ResearcherEntity[]> {
    return this.table.find({ where: { profileId }, order: { name: 'ASC', id: 'ASC' } });
  }

  /** A page of an institute's researchers, by name. */
  async list(
    profileId: string,
    limit: number,
    after: ResearcherPlace | null,
  ): Promise<{ researchers: ResearcherEntity[]; total: number }> {
    const query = this.table
      .createQueryBuilder('r')
      .where('r.profile_id = :profileId', { profileId })
      .orderBy('r.name')
      .addOrderBy('r.id')
      .limit(limit);
    if (after) query.andWhere('(r.name, r.id) > (:name, :id)', after);
    return { researchers: await query.getMany(), total: await this.table.countBy({ profileId }) };
  }

  /** How many researchers the institute has once these addresses are among them. */
  async countWith(profileId: string, addresses: readonly string[]): Promise<number> {
    const others = await this.table.countBy({ profileId, email: Not(In(addresses)) });
    return others + new Set(addresses).size;
  }

  /** The ids of an institute's researchers with these addresses, by address. */
  async idsByAddress(profileId: string, addresses: readonly string[]): Promise<Map<string, string>> {
    const found = await this.table.findBy({ profileId, email: In(addresses) });
    return new Map(found.map(({ id, email }) => [email, id]));
  }

  /** A researcher of this institute; null for another institute's. */
  findById(profileId: string, id: string): Promise<ResearcherEntity | null> {
    return this.table.findOneBy({ profileId, id });
  }

  /** Adds a person; false if the institute already has that address. */
  async add(researcher: ResearcherEntity): Promise<boolean> {
    const made = await this.table
      .createQueryBuilder()
      .insert()
      .values(researcher)
      .orIgnore()
      .returning('id')
      .execute();
    return (made.raw as unknown[]).length > 0;
  }

  /**
   * Adds all of them or none; those already on the list get the new competences. Addresses must be unique.
   */
  async takeIn(people: ResearcherEntity[]): Promise<void> {
    // Ordered by address, so that two concurrent pastes of the same people cannot deadlock.
    await this.database.query(
      `INSERT INTO researcher (id, profile_id, name, name_since, email, language, competences, created_at, updated_at)
       SELECT p.id, p."profileId", p.name, p."nameSince", p.email, p.language, p.competences, p."createdAt", p."updatedAt" FROM jsonb_to_recordset($1)
         AS p(id uuid, "profileId" text, name text, "nameSince" timestamptz, email text, language text, competences text[], "createdAt" timestamptz, "updatedAt" timestamptz) ORDER BY p.email
       ON CONFLICT (profile_id, email) DO UPDATE SET updated_at = excluded.updated_at,
         competences = researcher.competences || ARRAY(SELECT c FROM unnest(excluded.competences) WITH ORDINALITY AS told(c, place) WHERE c <> ALL (researcher.competences) ORDER BY place)
         WHERE NOT excluded.competences <@ researcher.competences`,
      [JSON.stringify(people)],
    );
  }

  /**
   * Updates a person; false if the institute already has that address. The unique index decides, also for
   * concurrent changes.
   */
  async change({ id, profileId, ...values }: ResearcherEntity): Promise<boolean> {
    try {
      await this.table.update({ id, profileId }, values);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Removes who was asked from the list for good, also if they have another address by now. Idempotent. */
  async object({ profileId, researcherId, name, email }: Asked, objectedAt: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      const people = await tx.findBy(ResearcherEntity, [
        { profileId, email: email.toLowerCase() },
        // Under another name and address it is somebody else.
        ...(researcherId === null ? [] : [{ profileId, id: researcherId, name }]),
      ]);
      const addresses = new Set([email, ...people.map((person) => person.email)].map(hashed));
      await tx
        .createQueryBuilder()
        .insert()
        .into(ResearcherObjectionEntity)
        .values([...addresses].map((addressHash) => ({ profileId, addressHash, objectedAt })))
        .orIgnore()
        .execute();
      for (const { id } of people) await this.remove(profileId, id, tx);
    });
  }

  /** Returns those of the addresses that want no calls from the institute. */
  async objecting(profileId: string, addresses: readonly string[]): Promise<Set<string>> {
    const rows = await this.database
      .getRepository(ResearcherObjectionEntity)
      .findBy({ profileId, addressHash: In(addresses.map(hashed)) });
    const known = new Set(rows.map((r) => r.addressHash));
    return new Set(addresses.filter((address) => known.has(hashed(address))));
  }

  /** Removes a person from the list; proposals to them are kept, with their name. */
  async remove(profileId: string, id: string, tx: EntityManager = this.database.manager): Promise<void> {
    await tx.transaction(async (inner) => {
      // In the order of a proposal: the researcher, then what was proposed to them.
      await inner.query('SELECT 1 FROM researcher WHERE id = $1 FOR UPDATE', [id]);
      await locking(inner, [{ profileId, researcherId: id }]);
      await inner.update(ProposalEntity, { profileId, researcherId: id }, { researcherId: null });
      await inner.delete(ResearcherEntity, { profileId, id });
    });
  }
}
