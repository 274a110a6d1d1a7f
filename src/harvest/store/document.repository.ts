import { Column, DataSource, Entity, In, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { daysBefore } from '../../kernel/durations.js';
import { sha256 } from '../../kernel/hash.js';
import { HarvestRequestEntity } from './run.repository.js';

/**
 * The bytes that a source returned, gzipped, once per SHA-256: an improved parser can be run on past ones.
 */
@Entity('raw_document')
class RawDocumentEntity {
  @PrimaryColumn('text') hash: string;
  @Column('text', { name: 'media_type' }) mediaType: string;
  /** Bytes before compression. */
  @Column('integer') size: number;
  @Column('bytea') gzip: Buffer;
  @Column('timestamptz', { name: 'first_fetched_at' }) firstFetchedAt: Date;
}

/** The validators that a server sent with a document, for conditional requests (RFC 9110, section 13). */
@Entity('validator')
class ValidatorEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @PrimaryColumn('text', { name: 'request_hash' }) requestHash: string;
  @Column('text', { nullable: true }) etag: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) lastModified: string | null;
  @Column('text', { name: 'document_hash' }) documentHash: string;
  /** When the source was last asked with it, to the day: what is never asked again is deleted. */
  @Column('timestamptz', { name: 'used_at' }) usedAt: Date;
}

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

  /** Records that the stored document is still current; once a day, since most documents never change. */
  async used({ sourceId, requestHash }: AskedBefore, now: Date): Promise<void> {
    await this.database.query(
      'UPDATE validator SET used_at = $3 WHERE source_id = $1 AND request_hash = $2 AND used_at < $4',
      [sourceId, requestHash, now, daysBefore(now, 1)],
    );
  }

  async forget({ sourceId, requestHash }: AskedBefore): Promise<void> {
    await this.database.getRepository(ValidatorEntity).delete({ sourceId, requestHash });
  }
}

const [compress, expand] = [promisify(gzip), promisify(gunzip)];

/** The bytes returned by sources. */
@Injectable()
export class DocumentRepository {
  constructor(private readonly database: DataSource) {}

  /** Stores the bytes and returns their hash; known bytes are not stored twice. */
  async put(mediaType: string, bytes: Buffer, now: Date): Promise<string> {
    const hash = sha256(bytes);
    const table = this.database.getRepository(RawDocumentEntity);
    if (await table.existsBy({ hash })) return hash;
    const row = { hash, mediaType, size: bytes.length, gzip: await compress(bytes), firstFetchedAt: now };
    await table.createQueryBuilder().insert().values(row).orIgnore().execute();
    return hash;
  }

  /** Returns the documents with these hashes, decompressed. */
  async get(hashes: string[]): Promise<Map<string, { mediaType: string; bytes: Buffer }>> {
    if (!hashes.length) return new Map();
    const rows = await this.database.getRepository(RawDocumentEntity).findBy({ hash: In(hashes) });
    const expanded = await Promise.all(
      rows.map(async (r) => [r.hash, { mediaType: r.mediaType, bytes: await expand(r.gzip) }] as const),
    );
    return new Map(expanded);
  }

  /** Returns a page of a run's answered requests, ordered by scan. */
  async ofRun(
    runId: string,
    limit: number,
    after: { scan: number; key: string } | null,
  ): Promise<{ requests: HarvestRequestEntity[]; total: number }> {
    const answered = this.database
      .createQueryBuilder(HarvestRequestEntity, 'r')
      .where('r.run_id = :runId AND r.document_hash IS NOT NULL', { runId });
    const total = await answered.getCount();
    if (after) answered.andWhere('(r.scan, r.key) > (:scan, :key)', after);
    return { requests: await answered.orderBy('r.scan').addOrderBy('r.key').limit(limit).getMany(), total };
  }
}
