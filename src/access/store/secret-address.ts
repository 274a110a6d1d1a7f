import {
  Column,
  type EntityManager,
  type EntityTarget,
  IsNull,
  PrimaryColumn,
  type SelectQueryBuilder,
} from 'typeorm';
import { LANGUAGE_COLUMN, type Language } from '../../kernel/language.js';
import { PersonEntity } from './person.entity.js';

/** An address that programs read without signing in: whoever has its secret may, until it is revoked. */
export abstract class SecretAddress {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column('text') hint: string;
  @Column('text') name: string;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'last_read_at', nullable: true }) lastReadAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}

/** An address with its creator's name. */
export type WithMaker<A> = A & { madeBy: string | null };

/** The end of the last page of addresses. */
export interface AddressPlace {
  at: string;
  id: string;
}

/**
 * Selects each `address` that answers: not revoked, and its creator still belongs to the institute or the
 * network.
 */
export const livingAddresses = <A extends SecretAddress>(
  entity: EntityTarget<A>,
  from: EntityManager,
): SelectQueryBuilder<A> =>
  from
    .createQueryBuilder(entity, 'address')
    .innerJoin(
      PersonEntity,
      'person',
      'person.id = address.person_id AND person.removed_at IS NULL AND person.profile_id IS NOT DISTINCT FROM address.profile_id',
    )
    .where('address.revoked_at IS NULL');

/** Returns the selected addresses with their creators' names. */
export async function withMakers<A extends SecretAddress>(
  query: SelectQueryBuilder<A>,
): Promise<WithMaker<A>[]> {
  const { entities, raw } = await query
    .addSelect('person.name', 'made_by')
    .getRawAndEntities<{ made_by: string | null }>();
  return entities.map((address, i) => ({ ...address, madeBy: raw[i]!.made_by }));
}

/** Returns a page of the selected addresses, newest first. */
export async function addressesOf<A extends SecretAddress>(
  query: SelectQueryBuilder<A>,
  limit: number,
  before: AddressPlace | null,
): Promise<{ addresses: WithMaker<A>[]; total: number }> {
  const total = await query.getCount();
  if (before) query.andWhere('(address.created_at, address.id) < (:at, :id)', before);
  return {
    addresses: await withMakers(
      query.orderBy('address.created_at', 'DESC').addOrderBy('address.id', 'DESC').limit(limit),
    ),
    total,
  };
}

/** Revokes an address; returns whether it was active. */
export async function revokeAddress(
  entity: EntityTarget<SecretAddress>,
  database: EntityManager,
  id: string,
  now: Date,
): Promise<boolean> {
  const { affected } = await database.update(entity, { id, revokedAt: IsNull() }, { revokedAt: now });
  return (affected ?? 0) > 0;
}
