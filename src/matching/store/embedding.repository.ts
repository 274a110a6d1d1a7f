import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { unitVector } from '../../kernel/unit-vector.js';
import { CarnotError } from '../../kernel/errors.js';

/** Single numbers of a model's vectors can be so large that one byte each would erase the others. */
const STEPS = 32_767;

/**
 * Returns a unit vector at half its size, two bytes per number. Comparisons are off by less than a
 * ten-thousandth.
 */
export function bytesOf(vector: Float32Array): Buffer {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Buffer.from(Int16Array.from(vector, (x) => Math.round((x / largest) * STEPS)).buffer);
}

/** Returns the vector the bytes were made from; its length is one, so the step size is not needed. */
export function vectorOf(bytes: Buffer): Float32Array {
  // Copied, because a vector may start at an odd offset in the driver's buffer.
  const vector = unitVector(new Int16Array(Uint8Array.from(bytes).buffer));
  if (!vector) throw new Error('a stored vector holds nothing but zeros');
  return vector;
}

/** Vectors by the hash of their text (textHash). */
export type Vectors = ReadonlyMap<string, Float32Array>;

/** Vectors per query: reading them takes some milliseconds, during which no other request is answered. */
const CHUNK = 1_000;

function* chunks(hashes: readonly string[]): Generator<Buffer[]> {
  for (let i = 0; i < hashes.length; i += CHUNK)
    yield hashes.slice(i, i + CHUNK).map((hash) => Buffer.from(hash, 'hex'));
}

/** The vectors of texts. Vectors of different models are never mixed. */
@Injectable()
export class EmbeddingRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns a model's vectors of these texts; texts it has not read are left out. */
  async findByHashes(model: string, hashes: readonly string[]): Promise<Map<string, Float32Array>> {
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

  /** Returns the hashes that a model has not read yet, without duplicates. */
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
   * Stores vectors and counts them; existing ones are kept. Throws if the model gave vectors of a different
   * length before.
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

  /** Deletes the vectors of models that no process has used since; they would have to start again. */
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
