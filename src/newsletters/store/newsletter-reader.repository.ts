import { Column, DataSource, Entity, type EntityManager, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PersonEntity } from '../../access/store/person.entity.js';
import { TransactionalMailEntity } from '../../outbox/store/transactional-mail.repository.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { LeftOut, Origin, WrittenReader } from '../domain/reader.js';
import { NewsletterEntity } from './newsletter.repository.js';
import { sha256 } from '../../kernel/hash.js';
import { lockNamed } from '../../platform/database/locks.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';

/** Somebody on a list to which an institute sends newsletters. */
@Entity('newsletter_reader')
@Index('newsletter_reader_address', ['profileId', 'addressHash', 'list'], { unique: true })
@Index('newsletter_reader_added_by', ['addedById'])
export class NewsletterReaderEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'newsletter_reader_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @Column('text') list: string;
  /** In lower case; empty once they were removed or erased. */
  @Column('text') address: string;
  /** Recognises an address that left, without storing whose it was. */
  @Column('text', { name: 'address_hash' }) addressHash: string;
  @Column('text', { nullable: true }) name: string | null;
  /** How they came onto the list. */
  @Column('text') origin: Origin;
  @Column('text', { name: 'added_by' }) addedBy: string;
  @ForeignKey(() => PersonEntity, 'id', {
    name: 'newsletter_reader_added_by_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'added_by_id', nullable: true })
  addedById: string | null;
  @Column('timestamptz', { name: 'added_at' }) addedAt: Date;
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt: Date | null;
  /** By their own click, which only another one of theirs undoes. */
  @Column('timestamptz', { name: 'left_at', nullable: true }) leftAt: Date | null;
  /** When a mail server said that the address does not exist, and in which words. */
  @Column('timestamptz', { name: 'stopped_at', nullable: true }) stoppedAt: Date | null;
  @Column('text', { name: 'stopped_why', nullable: true }) stoppedWhy: string | null;
}

/** What one reader has of a newsletter that was sent, or why nothing. */
@Entity('newsletter_copy')
@Index('newsletter_copy_reader', ['newsletterId', 'readerId'], { unique: true })
@Index('newsletter_copy_of_reader', ['readerId'])
@Index('newsletter_copy_mail', ['mailId'])
@Index('newsletter_copy_profile', ['profileId'])
@Index('newsletter_copy_token', ['tokenHash'], { unique: true })
@Index('newsletter_copy_waiting', ['newsletterId'], { where: 'mail_id IS NULL AND left_out IS NULL' })
export class NewsletterCopyEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'newsletter_copy_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => NewsletterEntity, 'id', {
    name: 'newsletter_copy_newsletter_id_fkey',
    onDelete: 'CASCADE',
  })
  @Column('uuid', { name: 'newsletter_id' })
  newsletterId: string;
  @ForeignKey(() => NewsletterReaderEntity, 'id', {
    name: 'newsletter_copy_reader_id_fkey',
    onDelete: 'CASCADE',
  })
  @Column('uuid', { name: 'reader_id' })
  readerId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** Why they are not written to; null if they are. */
  @Column('text', { name: 'left_out', nullable: true }) leftOut: LeftOut | null;
  /** Its e-mail; null until it is written. */
  @ForeignKey(() => TransactionalMailEntity, 'id', {
    name: 'newsletter_copy_mail_id_fkey',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'mail_id', nullable: true })
  mailId: string | null;
  /** Of the secret in its link, by which its reader leaves the list. */
  @Column('text', { name: 'token_hash', nullable: true }) tokenHash: string | null;
}

/** Somebody to put on a list, and where their address is from. */
export type NewReader = WrittenReader & { origin: Origin };

/** Where they are put, and by whom. */
type Adding = Pick<NewsletterReaderEntity, 'profileId' | 'list' | 'addedBy' | 'addedById' | 'addedAt'>;

/** A list, and how many read it. */
export interface ReaderList {
  list: string;
  readers: number;
}

export interface ReaderPlace {
  address: string;
  id: string;
}

/** Why an address is refused: by the wish of its reader, or because it is on the list and does not exist. */
type Refusal = 'left' | 'objects' | 'stopped';

/** How many were added to their list, how many were already on it, and who was refused. */
export interface Added {
  added: number;
  already: number;
  refused: { address: string; why: Refusal }[];
}

/** How many may be on one list, and on all of an institute. */
interface MostReaders {
  ofList: number;
  ofAll: number;
}

/** Who is on a list and may be shown: those who left too, until their address is forgotten. */
const KNOWN = `address <> ''`;
/** Who reads a list. */
const READS = `${KNOWN} AND removed_at IS NULL AND left_at IS NULL AND stopped_at IS NULL
  AND NOT EXISTS (SELECT FROM researcher_objection o WHERE o.profile_id = newsletter_reader.profile_id AND o.address_hash = newsletter_reader.address_hash)`;

@Injectable()
export class NewsletterReaderRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(NewsletterReaderEntity);
  }

  /** Returns the lists of an institute that somebody is on, or for which it wrote a newsletter. */
  async lists(profileId: string): Promise<ReaderList[]> {
    return this.database.query(
      `SELECT min(list) AS list, sum(reads)::int AS readers FROM (
         SELECT list, (${READS})::int AS reads FROM newsletter_reader WHERE profile_id = $1 AND ${KNOWN}
         UNION ALL SELECT list, 0 FROM newsletter WHERE profile_id = $1) named
        GROUP BY lower(list) ORDER BY lower(min(list))`,
      [profileId],
    );
  }

  /** Returns a page of an institute's readers by address, of one list if given. */
  async list(
    { profileId, list }: { profileId: string; list?: string | undefined },
    limit: number,
    after: ReaderPlace | null,
  ): Promise<{ readers: NewsletterReaderEntity[]; total: number }> {
    const query = this.table
      .createQueryBuilder('r')
      .where(`r.profile_id = :profileId AND r.address <> ''`, { profileId });
    if (list !== undefined) query.andWhere('lower(r.list) = lower(:list)', { list });
    const total = await query.getCount();
    if (after) query.andWhere('(r.address, r.id) > (:address, :id)', after);
    const readers = await query.orderBy('r.address').addOrderBy('r.id').limit(limit).getMany();
    return { readers, total };
  }

  /** Returns the addresses on a list, also of those who have left it. */
  async addresses(profileId: string, list: string): Promise<Set<string>> {
    const rows: { address: string }[] = await this.database.query(
      'SELECT address FROM newsletter_reader WHERE profile_id = $1 AND lower(list) = lower($2)',
      [profileId, list],
    );
    return new Set(rows.map(({ address }) => address));
  }

  /**
   * Adds people to a list. Who has left one of the institute's lists, or wants no calls from it, is refused.
   * Null, and nobody is added, if they do not all fit.
   */
  async add(people: NewReader[], adding: Adding, most: MostReaders): Promise<Added | null> {
    const { profileId } = adding;
    return this.database
      .transaction(async (tx) => {
        await lockNamed(tx, `newsletter readers of ${profileId}`);
        const hashes = people.map(({ address }) => sha256(address));
        const [list, refusals] = await acrossInstitutes(
          'a list of newsletters is one, and who has left one is put back by nobody, whatever they see',
          async (): Promise<[string, { hash: string; why: Refusal }[]]> => [
            (await this.spelling(tx, adding)) ?? adding.list,
            await tx.query(
              `SELECT address_hash AS hash, 'stopped' AS why FROM newsletter_reader WHERE profile_id = $1 AND address_hash = ANY($2) AND lower(list) = lower($3) AND stopped_at IS NOT NULL AND ${KNOWN}
               UNION ALL SELECT address_hash, 'left' FROM newsletter_reader WHERE profile_id = $1 AND address_hash = ANY($2) AND left_at IS NOT NULL
               UNION ALL SELECT address_hash, 'objects' FROM researcher_objection WHERE profile_id = $1 AND address_hash = ANY($2)`,
              [profileId, hashes, adding.list],
            ),
          ],
        );
        const why = new Map(refusals.map((refusal) => [refusal.hash, refusal.why]));
        const welcome = people.filter(({ address }) => !why.has(sha256(address)));
        const rows = welcome.map((person) => ({
          ...{ ...adding, ...person, list, id: randomUUID(), addressHash: sha256(person.address) },
        }));
        const added: unknown[] = await tx.query(
          `INSERT INTO newsletter_reader AS known (id, profile_id, list, address, address_hash, name, origin, added_by, added_by_id, added_at)
         SELECT p.id, p."profileId", p.list, p.address, p."addressHash", p.name, p.origin, p."addedBy", p."addedById", p."addedAt" FROM jsonb_to_recordset($1)
           AS p(id uuid, "profileId" text, list text, address text, "addressHash" text, name text, origin text, "addedBy" text, "addedById" uuid, "addedAt" timestamptz)
         ON CONFLICT (profile_id, address_hash, list) DO UPDATE SET address = excluded.address, name = excluded.name, origin = excluded.origin,
           added_by = excluded.added_by, added_by_id = excluded.added_by_id, added_at = excluded.added_at, removed_at = NULL, stopped_at = NULL, stopped_why = NULL
           WHERE known.address = '' RETURNING 1`,
          [JSON.stringify(rows)],
        );
        const [counted]: [{ ofList: number; ofAll: number }] = await tx.query(
          `SELECT count(*) FILTER (WHERE list = $2)::int AS "ofList", count(*)::int AS "ofAll" FROM newsletter_reader WHERE profile_id = $1 AND ${READS}`,
          [profileId, list],
        );
        if (counted.ofList > most.ofList || counted.ofAll > most.ofAll) throw new Full();
        return {
          added: added.length,
          already: welcome.length - added.length,
          refused: people.flatMap(({ address }) => {
            const refused = why.get(sha256(address));
            return refused ? [{ address, why: refused }] : [];
          }),
        };
      })
      .catch((error: unknown) => {
        if (error instanceof Full) return null;
        throw error;
      });
  }

  /** Takes somebody off their list, and forgets who they are; returns the list, null if they are on none. */
  async remove(profileId: string, id: string, now: Date): Promise<string | null> {
    const [rows]: [{ list: string }[], number] = await this.database.query(
      `UPDATE newsletter_reader SET removed_at = $3, address = '', name = NULL, stopped_why = NULL WHERE profile_id = $1 AND id = $2 AND ${KNOWN} RETURNING list`,
      [profileId, id, now],
    );
    return rows[0]?.list ?? null;
  }

  /** A list is one however its name is written. */
  private async spelling(tx: EntityManager, { profileId, list }: Adding): Promise<string | null> {
    const [known]: { list: string }[] = await tx.query(
      'SELECT list FROM newsletter_reader WHERE profile_id = $1 AND lower(list) = lower($2) LIMIT 1',
      [profileId, list],
    );
    return known?.list ?? null;
  }
}

/** Undoes the transaction in which too many were added. */
class Full extends Error {}
