import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CarnotError } from '../../kernel/errors.js';
import { bytesOf, vectorOf } from './vector-bytes.js';

/** Vectors by the hash of their text (textHash). */
export type Vectors = ReadonlyMap<string, Float32Array>;

/** Vectors in one question: to read them takes some milliseconds, in which nobody else is answered. */
const CHUNK = 1_000;

function* chunks(hashes: readonly string[]): Generator<Buffer[]> {
  for (let i = 0; i < hashes.length; i += CHUNK)
    yield hashes.slice(i, i + CHUNK).map((hash) => Buffer.from(hash, 'hex'));
}

/** The vectors of texts. Those of two models are never mixed. */
@Injectable()
export class EmbeddingRepository {
  constructor(private readonly database: DataSource) {}

  /** The vectors that a model has made of these texts; of those it has not read there is none. */
  async find(model: string, hashes: readonly string[]): Promise<Map<string, Float32Array>> {
    const found = new Map<string, Float32Array>();
    for (const chunk of chunks(hashes)) {
      const rows: { hash: Buffer; vector: Buffer }[] = await this.database.query(
        'SELECT hash, vector FROM embedding WHERE model = $1 AND hash = ANY($2)',
        [model, chunk],
      );
      for (const { hash, vector } of rows) found.set(hash.toString('hex'), vectorOf(vector));
    }
    return found;
  }

  /** Those of these texts that a model has not read yet, each once. */
  async missing(model: string, hashes: readonly string[]): Promise<Set<string>> {
    const missing = new Set(hashes);
    for (const chunk of chunks([...missing])) {
      const rows: { hash: Buffer }[] = await this.database.query(
        'SELECT hash FROM embedding WHERE model = $1 AND hash = ANY($2)',
        [model, chunk],
      );
      for (const { hash } of rows) missing.delete(hash.toString('hex'));
    }
    return missing;
  }

  /**
   * Keeps vectors and counts them. One that is there already stays. Throws where the model gave vectors of
   * another size before.
   */
  async store(model: string, vectors: Vectors): Promise<void> {
    if (vectors.size === 0) return;
    const [hashes, all] = [
      [...vectors.keys()].map((hash) => Buffer.from(hash, 'hex')),
      [...vectors.values()],
    ];
    const size = all[0]!.length;
    await this.database.transaction(async (tx) => {
      const rows: { dimensions: number }[] = await tx.query(
        'SELECT dimensions FROM embedding_progress WHERE model = $1 FOR UPDATE',
        [model],
      );
      if ((rows[0]?.dimensions ?? size) !== size) throw otherSize(rows[0]!.dimensions, size);
      await tx.query(
        `WITH kept AS (INSERT INTO embedding (model, hash, vector) SELECT $1, * FROM unnest($2::bytea[], $3::bytea[]) ON CONFLICT DO NOTHING RETURNING 1)
         UPDATE embedding_progress SET dimensions = $4, added = added + (SELECT count(*) FROM kept) WHERE model = $1`,
        [model, hashes, all.map(bytesOf), size],
      );
    });
  }

  /** Lets go of what models made that no process has had since; they would begin anew. */
  async forgetUnused(since: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      const rows: { model: string }[] = await tx.query(
        `SELECT model FROM embedding_progress WHERE used_at < $1 AND dimensions IS NOT NULL FOR UPDATE`,
        [since],
      );
      const models = rows.map((r) => r.model);
      await tx.query('DELETE FROM embedding WHERE model = ANY($1)', [models]);
      await tx.query(
        `UPDATE embedding_progress SET call_seq = 0, profiles = '{}', dimensions = NULL, ready = false WHERE model = ANY($1)`,
        [models],
      );
    });
  }
}

const otherSize = (before: number, now: number): CarnotError =>
  new CarnotError(
    'BadVectors',
    `the model gives vectors of ${now} numbers and gave ${before} before: it is another one. Give it another name in EMBEDDING_MODEL, and all is made anew.`,
    'person',
  );
