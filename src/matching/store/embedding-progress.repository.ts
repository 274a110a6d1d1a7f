import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EmbeddingProgressEntity } from './embedding.entity.js';

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

/** The progress of models. */
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
