import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { WrittenSummary } from '../../calls/domain/summary.js';
import { liveSql } from '../../calls/store/call-filter.js';
import { SUMMARY_VERSION } from '../domain/reader/prompt.js';
import { MOST_TIMES } from '../domain/reader/read-call.js';
import { FEW_FAILURES, TEXT_LENGTH } from './unread-pair.repository.js';

/** A call whose current text has no summary yet. */
export interface Unwritten {
  callId: string;
  textLength: number;
}

/**
 * SQL: whether to ask the model `$2` for a summary: not yet with this prompt, or refused. As for readings,
 * after two refusals it is asked once more a day later.
 */
const TO_ASK = `(call.written IS NULL OR call.written->>'model' <> $2 OR (call.written->>'prompt')::int <> ${SUMMARY_VERSION}
  OR (call.written->>'refused' IS NOT NULL AND ((call.written->>'times')::int < ${MOST_TIMES}
    OR ((call.written->>'times')::int = ${MOST_TIMES} AND (call.written->>'at')::timestamptz < $1::timestamptz - interval '1 day'))))`;

/** Summaries of calls: which are to be written, and what was. */
@Injectable()
export class UnwrittenSummaryRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns the live calls that have a text and no summary of it, the latest first and recently failed ones
   * last.
   */
  waiting({ model, now, only }: { model: string; now: Date; only?: string }): Promise<Unwritten[]> {
    return this.database.query(
      `SELECT call.id AS "callId", t.length AS "textLength" FROM call
         CROSS JOIN LATERAL (${TEXT_LENGTH('call.id')}) t(length) CROSS JOIN LATERAL (${FEW_FAILURES('call.id', '$1')}) f
        WHERE ${TO_ASK} AND ${liveSql('$1::timestamptz')} AND ($3::uuid IS NULL OR call.id = $3) AND t.length > 0
        ORDER BY f.failed NULLS FIRST, call.first_seq DESC, call.id`,
      [now, model, only ?? null],
    );
  }

  /** Stores an answer, unless the call has another version by now. */
  async store(
    call: { id: string; version: number; written: WrittenSummary | null },
    model: string,
    answer: Pick<WrittenSummary, 'sentences' | 'binding'> | { refused: string },
    now: Date,
  ): Promise<void> {
    const { written } = call;
    const again = written?.model === model && written.prompt === SUMMARY_VERSION;
    const summary: WrittenSummary = {
      model,
      prompt: SUMMARY_VERSION,
      times: again ? written.times + 1 : 1,
      at: now.toISOString(),
      refused: null,
      sentences: written?.sentences ?? [],
      binding: written?.binding ?? [],
      ...answer,
    };
    await this.database.query('UPDATE call SET written = $3 WHERE id = $1 AND version = $2', [
      call.id,
      call.version,
      JSON.stringify(summary),
    ]);
  }

  /** Returns the number of live calls whose summary was given up. */
  async left(model: string, now: Date): Promise<number> {
    const [row] = await this.database.query<[{ total: number }]>(
      `SELECT count(*)::int AS total FROM call WHERE ${liveSql('$1::timestamptz')} AND written->>'model' = $2
          AND (written->>'prompt')::int = ${SUMMARY_VERSION} AND written->>'refused' IS NOT NULL AND (written->>'times')::int >= ${MOST_TIMES}`,
      [now, model],
    );
    return row.total;
  }
}
