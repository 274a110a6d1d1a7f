import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EmbeddingProgressEntity } from '../entities/embedding-progress.entity.js';

/** What a model has read; what is left out stays as it is. */
export interface Read { callSeq?: string; profiles?: Record<string, number> }

/** Every match is made anew when the matching is told of vectors: not for each few of the first thousands. */
const TOLD_EVERY = 500;

/** How far models have come. */
@Injectable()
export class EmbeddingProgressRepository {
  constructor(private readonly database: DataSource) {}

  /** How far a model has come; that it is used is noted once an hour. */
  async of(model: string, now: Date): Promise<EmbeddingProgressEntity> {
    await this.database.query(
      `INSERT INTO embedding_progress AS p (model, used_at) VALUES ($1, $2)
         ON CONFLICT (model) DO UPDATE SET used_at = $2 WHERE p.used_at < $2::timestamptz - interval '1 hour'`, [model, now],
    );
    return this.database.getRepository(EmbeddingProgressEntity).findOneByOrFail({ model });
  }

  /** Notes what was read, now that its vectors are kept. */
  async advance(model: string, { callSeq, profiles }: Read): Promise<void> {
    await this.database.query(
      `UPDATE embedding_progress SET call_seq = greatest(call_seq, $2), profiles = profiles || $3, paused_until = NULL,
         told = CASE WHEN added - told >= $4 THEN added ELSE told END WHERE model = $1`,
      [model, callSeq ?? '0', JSON.stringify(profiles ?? {}), TOLD_EVERY],
    );
  }

  /** Everything is read: the matching is told of the last ones too. Gives how many vectors the model ever made. */
  async complete(model: string): Promise<number> {
    const [rows] = await this.database.query<[{ told: string }[], number]>('UPDATE embedding_progress SET told = added, paused_until = NULL WHERE model = $1 RETURNING told', [model]);
    return Number(rows[0]?.told ?? 0);
  }

  /** Leaves a model alone until then. */
  async pause(model: string, until: Date): Promise<void> {
    await this.database.query('UPDATE embedding_progress SET paused_until = $2 WHERE model = $1', [model, until]);
  }

  /** A number that grows when there are vectors that the matching does not know, whichever model made them. */
  async told(): Promise<number> {
    const rows: { told: string | null }[] = await this.database.query('SELECT sum(told) AS told FROM embedding_progress');
    return Number(rows[0]!.told ?? 0);
  }
}
