import { Column, DataSource, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';

/** Saved filters, as in a page's query string. */
@Entity('saved_search')
@Index('saved_search_profile', ['profileId'])
@Index('saved_search_person', ['personId', 'profileId'])
export class SavedSearchEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'saved_search_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'saved_search_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('text') name: string;
  /** `inbox` or `calls`. */
  @Column('text') page: string;
  /** Without the question mark. */
  @Column('text') query: string;
  /** Calls that it no longer shows nor announces. */
  @Column('uuid', { array: true, default: '{}' }) dropped: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

/** The owner of searches: one person at one institute. */
export interface SearchOwner {
  profileId: string;
  personId: string;
}

/** A search, and since when its owner sees what lies inside the institute; null: all of it. */
export type OwnedSearch = SavedSearchEntity & { insideFrom: Date | null };

@Injectable()
export class SavedSearchRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(SavedSearchEntity);
  }

  /** Returns a page of a person's searches by name; only those of `page`, if given. */
  async list(
    { profileId, personId }: SearchOwner,
    page: string | undefined,
    limit: number,
    after: { name: string; id: string } | null,
  ): Promise<{ searches: SavedSearchEntity[]; total: number }> {
    const of = { profileId, personId, ...(page !== undefined && { page }) };
    const query = this.table
      .createQueryBuilder('s')
      .where(of)
      .orderBy('s.name')
      .addOrderBy('s.id')
      .limit(limit);
    if (after) query.andWhere('(s.name, s.id) > (:name, :id)', after);
    return { searches: await query.getMany(), total: await this.table.countBy(of) };
  }

  /**
   * Saves a search, and returns it. One of the same name on the same page is replaced, but keeps its id: who
   * follows it goes on doing so; with the same filters it also keeps the calls that it leaves out. Null,
   * without saving, if they already have `most`. Concurrent saves from two windows are serialised.
   */
  async keep(search: SavedSearchEntity, most: number): Promise<SavedSearchEntity | null> {
    const { profileId, personId, page, name } = search;
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT id FROM person WHERE id = $1 FOR UPDATE', [personId]);
      const known = await tx.findOneBy(SavedSearchEntity, { profileId, personId, page, name });
      const full = (await tx.countBy(SavedSearchEntity, { profileId, personId })) >= most;
      if (!known && full) return null;
      const dropped = known?.query === search.query ? known.dropped : search.dropped;
      return tx.save(SavedSearchEntity, { ...search, id: known?.id ?? search.id, dropped });
    });
  }

  /** Returns a person's search; null if they have none with that id. */
  findOwn({ profileId, personId }: SearchOwner, id: string): Promise<SavedSearchEntity | null> {
    return this.table.findOneBy({ id, profileId, personId });
  }

  /** Leaves a call out of a person's search, and returns it; null if they have none with that id. */
  drop(owner: SearchOwner, id: string, callId: string): Promise<SavedSearchEntity | null> {
    return this.setDropped(
      owner,
      id,
      callId,
      'array_append(array_remove(dropped, :callId::uuid), :callId::uuid)',
    );
  }

  /** Takes a call back into a person's search, and returns it; null if they have none with that id. */
  takeBack(owner: SearchOwner, id: string, callId: string): Promise<SavedSearchEntity | null> {
    return this.setDropped(owner, id, callId, 'array_remove(dropped, :callId::uuid)');
  }

  private async setDropped(
    { profileId, personId }: SearchOwner,
    id: string,
    callId: string,
    dropped: string,
  ): Promise<SavedSearchEntity | null> {
    await this.table
      .createQueryBuilder()
      .update()
      .set({ dropped: () => dropped })
      .where({ id, profileId, personId })
      .setParameter('callId', callId)
      .execute();
    return this.findOwn({ profileId, personId }, id);
  }

  /** Returns those whose owner still belongs to their institute. */
  async byIds(ids: string[]): Promise<OwnedSearch[]> {
    if (!ids.length) return [];
    const { entities, raw } = await this.table
      .createQueryBuilder('s')
      .addSelect('p.inside_from', 'inside_from')
      .innerJoin(
        PersonEntity,
        'p',
        'p.id = s.person_id AND p.removed_at IS NULL AND p.profile_id = s.profile_id',
      )
      .where('s.id = ANY(:ids)', { ids })
      .getRawAndEntities<{ inside_from: Date | null }>();
    return entities.map((search, i) => ({ ...search, insideFrom: raw[i]!.inside_from }));
  }

  /** Whether they had that search. */
  async remove({ profileId, personId }: SearchOwner, id: string): Promise<boolean> {
    return ((await this.table.delete({ id, profileId, personId })).affected ?? 0) > 0;
  }
}
