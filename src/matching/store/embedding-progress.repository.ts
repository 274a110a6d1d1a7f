import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EmbeddingProgressEntity } from './embedding-progress.entity.js';

/** What a model has read; what is left out stays as it is. */
export interface Read {
  callSeq?: string;
  profiles?: Record<string, number>;
}

/** The model by which the matching goes, and how far it has come. */
export type Serving = Pick<EmbeddingProgressEntity, 'model' | 'callSeq' | 'profiles'>;

/** With what of a model's reading a profile is matched; see `ProfileEntity.matchedMeaning`. */
export const meaningKey = (serving: Serving | null, profileId: string): string | null =>
  serving && `${serving.model} ${serving.profiles[profileId] ?? '-'}`;

/** How far models have come. */
@Injectable()
export class EmbeddingProgressRepository {
  constructor(private readonly database: DataSource) {}

  /** How far a model has come; that it is used is noted once an hour. */
  async of(model: string, now: Date): Promise<EmbeddingProgressEntity> {
    await this.database.query(
      `INSERT INTO embedding_progress AS p (model, used_at) VALUES ($1, $2)
         ON CONFLICT (model) DO UPDATE SET used_at = $2 WHERE p.used_at < $2::timestamptz - interval '1 hour'`,
      [model, now],
    );
    return this.database.getRepository(EmbeddingProgressEntity).findOneByOrFail({ model });
  }

  /** Notes what was read, now that its vectors are kept. */
  async advance(model: string, { callSeq, profiles }: Read): Promise<void> {
    await this.database.query(
      'UPDATE embedding_progress SET call_seq = greatest(call_seq, $2), profiles = profiles || $3, paused_until = NULL WHERE model = $1',
      [model, callSeq ?? '0', JSON.stringify(profiles ?? {})],
    );
  }

  /** Everything is read: from now on the matching goes by it. Gives how many vectors the model ever made. */
  async complete(model: string): Promise<number> {
    const [rows] = await this.database.query<[{ added: string }[], number]>(
      'UPDATE embedding_progress SET ready = true, paused_until = NULL WHERE model = $1 RETURNING added',
      [model],
    );
    return Number(rows[0]?.added ?? 0);
  }

  /** Leaves a model alone until then. */
  async pause(model: string, until: Date): Promise<void> {
    await this.database.query('UPDATE embedding_progress SET paused_until = $2 WHERE model = $1', [
      model,
      until,
    ]);
  }

  /**
   * By which model the matching is to go where `model` is the operator's: by that one once it has read
   * everything, until then by the one before it; null where none has.
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
