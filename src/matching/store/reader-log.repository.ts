import { Column, DataSource, Entity, type EntityManager, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { CallEntity } from '../../calls/store/call.entity.js';
import { mayBeBilled, type Spent } from '../domain/reader/reader-cost.js';
import type { TokenUsage } from '../../kernel/ports.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { READER_LOCK } from '../../platform/database/locks.js';

@Entity('reader_state')
export class ReaderStateEntity {
  @PrimaryColumn('text') model: string;
  /** No requests are made until then. */
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil: Date | null;
  /** The daily limit that was reached, as configured; null if it is not paused for that. */
  @Column('text', { name: 'limit_reached', nullable: true }) limitReached: string | null;
  /** The last request failed: for which call, and when. While it is retried, the others wait. */
  @Column('uuid', { name: 'failing_call', nullable: true }) failingCall: string | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true }) failedAt: Date | null;
  /** The last error, even if it is over. */
  @Column('text', { nullable: true }) error: string | null;
  @Column('timestamptz', { name: 'error_at', nullable: true }) errorAt: Date | null;
}

/**
 * A request to a language model, with its subject and usage. Until it is answered or refused, the expected
 * usage counts.
 */
@Entity('reader_request')
@Index('reader_request_asked', ['askedAt'])
@Index('reader_request_call', ['callId'])
class ReaderRequestEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') model: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'reader_request_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('text', { array: true }) institutes: string[];
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt: Date | null;
  @Column('integer', { name: 'prompt_tokens' }) promptTokens: number;
  @Column('integer', { name: 'completion_tokens' }) completionTokens: number;
  /** By the prices at that time; null if none were set. */
  @Column('double precision', { nullable: true }) money: number | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('integer', { default: 0 }) refused: number;
  @Column('text', { nullable: true }) error: string | null;
  /** Whether it failed and was not retried at once. */
  @Column('boolean', { name: 'given_up', default: false }) givenUp: boolean;
}

/** A request about to be made, with its expected usage. */
export interface NewRequest {
  id: string;
  model: string;
  callId: string;
  institutes: string[];
  expected: Spent;
  currency: string | null;
}

type ShownRequest = ReaderRequestEntity & { title: string };

/** The usage of an answer, and the number of institutes with a refused reading. */
interface Came {
  usage: TokenUsage;
  money: number | null;
  refused: number;
  now: Date;
}
const whatCame = ({ usage, money, refused, now }: Came) => ({
  answeredAt: now,
  promptTokens: usage.prompt,
  completionTokens: usage.completion,
  money,
  refused,
});
const nothingCame = (error: Error, now: Date) => ({
  error: error.message,
  ...(!mayBeBilled(error) && { answeredAt: now, promptTokens: 0, completionTokens: 0, money: 0 }),
});

const sumOf = async (tx: EntityManager, from: Date, currency: string | null): Promise<Spent> => {
  const [row] = await acrossInstitutes(
    'the limit of the language model counts what all of them asked',
    (): Promise<[{ prompt: number; completion: number; money: number | null }]> =>
      tx.query(
        `SELECT coalesce(sum(prompt_tokens), 0)::float8 AS prompt, coalesce(sum(completion_tokens), 0)::float8 AS completion,
            sum(money) FILTER (WHERE currency = $2) AS money FROM reader_request WHERE asked_at >= $1`,
        [from, currency],
      ),
  );
  return { ...row, money: currency === null ? null : (row.money ?? 0) };
};

/** Requests to language models with their usage, and the state of their servers. */
@Injectable()
export class ReaderLogRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the usage since then; money only in this currency. */
  spent(from: Date, currency: string | null): Promise<Spent> {
    return sumOf(this.database.manager, from, currency);
  }

  /**
   * Records a request if it fits into the limit, given the usage `since`; one at a time, so that concurrent
   * requests cannot exceed it together.
   */
  async begin(
    { id, model, callId, institutes, expected, currency }: NewRequest,
    { now, since }: { now: Date; since: Date },
    fits: (today: Spent) => boolean,
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [READER_LOCK]);
      if (!fits(await sumOf(tx, since, currency))) return false;
      await tx.insert(ReaderRequestEntity, {
        id,
        model,
        callId,
        institutes,
        askedAt: now,
        promptTokens: expected.prompt,
        completionTokens: expected.completion,
        money: expected.money,
        currency,
      });
      return true;
    });
  }

  /** Records an answer with its actual usage; the server is working. */
  async answered({ id, model }: Pick<NewRequest, 'id' | 'model'>, came: Came): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.update(ReaderRequestEntity, { id }, whatCame(came));
      await tx.update(
        ReaderStateEntity,
        { model },
        { pausedUntil: null, limitReached: null, failingCall: null, failedAt: null },
      );
    });
  }

  /** Records the same for a request outside reading, which does not affect the state of reading. */
  async ended({ id }: Pick<NewRequest, 'id'>, came: Came): Promise<void> {
    await this.database.getRepository(ReaderRequestEntity).update({ id }, whatCame(came));
  }

  async unanswered({ id }: Pick<NewRequest, 'id'>, error: Error, now: Date): Promise<void> {
    await this.database.getRepository(ReaderRequestEntity).update({ id }, nothingCame(error, now));
  }

  /** Records a failure: nothing was read. */
  async failed(
    { id, model, callId }: Pick<NewRequest, 'id' | 'model' | 'callId'>,
    error: Error,
    now: Date,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.update(ReaderRequestEntity, { id }, nothingCame(error, now));
      await this.set(tx, model, { failingCall: callId, failedAt: now, error: error.message, errorAt: now });
    });
  }

  async state(model: string): Promise<ReaderStateEntity | null> {
    return this.database.getRepository(ReaderStateEntity).findOneBy({ model });
  }

  /** Gives up on a failed call for now: marks its last request, and other calls no longer wait for it. */
  async givenUp(model: string, callId: string): Promise<void> {
    await this.database.query(
      `UPDATE reader_request SET given_up = true WHERE id = (SELECT id FROM reader_request WHERE model = $1 AND call_id = $2 AND error IS NOT NULL ORDER BY asked_at DESC LIMIT 1)`,
      [model, callId],
    );
    await this.settled(model, callId);
  }

  /** Ends the wait of other calls for the result of this one. */
  async settled(model: string, callId: string): Promise<void> {
    await this.database
      .getRepository(ReaderStateEntity)
      .update({ model, failingCall: callId }, { failingCall: null, failedAt: null });
  }

  /** Makes no requests until then; `limit`: the limit that was reached, if any. */
  async pause(model: string, until: Date, limit: string | null = null): Promise<void> {
    await this.set(this.database.manager, model, {
      pausedUntil: until,
      limitReached: limit,
    });
  }

  /** Returns the latest requests. */
  async last(limit: number): Promise<ShownRequest[]> {
    const { entities, raw } = await this.database
      .createQueryBuilder(ReaderRequestEntity, 'r')
      .addSelect(`(SELECT call.summary->>'title' FROM call WHERE call.id = r.call_id)`, 'title')
      .orderBy('r.asked_at', 'DESC')
      .addOrderBy('r.id')
      .limit(limit)
      .getRawAndEntities<{ title: string }>();
    return entities.map((request, i) => ({ ...request, title: raw[i]!.title }));
  }

  private async set(tx: EntityManager, model: string, values: Partial<ReaderStateEntity>): Promise<void> {
    await tx.upsert(ReaderStateEntity, { model, ...values }, ['model']);
  }
}
