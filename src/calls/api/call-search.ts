import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Clock } from '../../kernel/ports.js';
import { CallFitRepository, type Choice } from '../../matching/store/index.js';
import { CallRepository, isRanked, type CallFilter } from '../store/call.repository.js';
import { ahead, page, placeOf, type Page } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import { callSummary, type CallSummary } from './call-views.js';

const Place = z.object({ key: z.number(), id: z.uuid() });

/** Whether a list that was looked for comes best first: words that stand in thousands of calls rank none of them. */
export const comesBestFirst = (q: string | undefined, found: { total: number }): boolean =>
  isRanked(q, found.total);

/** Looks for calls among all that are stored. */
@Injectable()
export class CallSearch {
  constructor(
    private readonly calls: CallRepository,
    private readonly fit: CallFitRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A page of calls: best first (see `comesBestFirst`), else the ones first seen last. */
  async page(
    filter: CallFilter,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<CallSummary>> {
    const now = this.clock.now();
    const { items, total } = await this.calls.list(filter, now, ahead(limit), placeOf(cursor, Place));
    const calls = items.map(({ call }) => call);
    const [sourceRecords, totals] = await Promise.all([
      this.calls.sourceRecords(calls.map((c) => c.id)),
      this.fit.statedTotals(calls),
    ]);
    return page(
      items,
      limit,
      total,
      ({ call }) =>
        callSummary(
          call,
          { sourceRecords: sourceRecords.get(call.id) ?? [], total: totals.get(call.id) },
          now,
        ),
      ({ place }) => place,
    );
  }

  /** The programmes that calls are of, the largest first. */
  programmes(): Promise<Choice[]> {
    return this.fit.programmes();
  }
}
