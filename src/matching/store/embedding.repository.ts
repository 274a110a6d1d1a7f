import { DataSource } from 'typeorm';
import { Inject, Injectable } from '@nestjs/common';
import { EmbeddingProgressEntity } from './embedding.entity.js';
import { unitVector } from '../../kernel/unit-vector.js';
import { CarnotError } from '../../kernel/errors.js';
import type { Embedder } from '../../kernel/ports.js';
import { EMBEDDER } from '../../platform/tokens.js';

/** What a model has read; omitted parts stay unchanged. */
export interface Read {
  callSeq?: string;
  profiles?: Record<string, number>;
}

/** The model that matching uses, and its progress. */
export type Serving = Pick<EmbeddingProgressEntity, 'model' | 'callSeq' | 'profiles'>;

/** Returns the part of a model's progress a profile is matched with (`ProfileEntity.matchedMeaning`). */
export const meaningKey = (serving: Serving | null, profileId: string): string | null =>
  serving && `${serving.model} ${serving.profiles[profileId] ?? '-'}`;

@Injectable()
export class EmbeddingProgressRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns a model's progress; records its use once an hour. */
  async findByModel(model: string, now: Date): Promise<EmbeddingProgressEntity> {
    await this.database.query(
      `INSERT INTO embedding_progress AS p (model, used_at) VALUES ($1, $2)
         ON CONFLICT (model) DO UPDATE SET used_at = $2 WHERE p.used_at < $2::timestamptz - interval '1 hour'`,
      [model, now],
    );
    return this.database.getRepository(EmbeddingProgressEntity).findOneByOrFail({ model });
  }

  /** Records what was read, once its vectors are stored. */
  async advance(model: string, { callSeq, profiles }: Read): Promise<void> {
    await this.database.query(
      'UPDATE embedding_progress SET call_seq = greatest(call_seq, $2), profiles = profiles || $3, paused_until = NULL WHERE model = $1',
      [model, callSeq ?? '0', JSON.stringify(profiles ?? {})],
    );
  }

  /** Records that everything is read: matching then uses the model. Returns its total of vectors. */
  async complete(model: string): Promise<number> {
    const [rows] = await this.database.query<[{ added: string }[], number]>(
      'UPDATE embedding_progress SET ready = true, paused_until = NULL WHERE model = $1 RETURNING added',
      [model],
    );
    return Number(rows[0]?.added ?? 0);
  }

  /** Pauses a model until then. */
  async pause(model: string, until: Date): Promise<void> {
    await this.database.query('UPDATE embedding_progress SET paused_until = $2 WHERE model = $1', [
      model,
      until,
    ]);
  }

  /**
   * Returns the model that matching uses, if `model` is the operator's: that one once it has read everything,
   * until then the one before; null if none has.
   */
  async serving(model: string): Promise<Serving | null> {
    const [found] = await this.database
      .getRepository(EmbeddingProgressEntity)
      .createQueryBuilder('p')
      .select(['p.model', 'p.callSeq', 'p.profiles'])
      .where('p.ready')
      .orderBy('p.model = :model', 'DESC')
      .addOrderBy('p.used_at', 'DESC')
      .setParameters({ model })
      .limit(1)
      .getMany();
    return found ?? null;
  }
}

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
type Vectors = ReadonlyMap<string, Float32Array>;

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

/**
 * The vectors that matching uses if there is an external model. Matching never waits for it: texts it has not
 * read have no vectors.
 */
@Injectable()
export class VectorStore {
  /** The operator's model; null if there is none. */
  readonly model: string | null;

  constructor(
    private readonly embeddings: EmbeddingRepository,
    private readonly progress: EmbeddingProgressRepository,
    @Inject(EMBEDDER) embedder: Embedder | null,
  ) {
    this.model = embedder?.model ?? null;
  }

  /**
   * Returns the model in use: the operator's, or the one before until the new one has read everything; null
   * if the built-in one is used.
   */
  async serving(): Promise<Serving | null> {
    return this.model === null ? null : this.progress.serving(this.model);
  }

  /** Returns a model's vectors of those texts it has read, by textHash. */
  vectorsOf(model: string, hashes: readonly string[]): Promise<Map<string, Float32Array>> {
    return this.embeddings.findByHashes(model, hashes);
  }
}
