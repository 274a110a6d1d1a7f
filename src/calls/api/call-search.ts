import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { UnresolvedFilter } from '../domain/searched-text.js';
import { statusAt } from '../domain/status.js';
import type { Language } from '../../kernel/language.js';
import type { Clock } from '../../kernel/ports.js';
import { CallFinder } from '../../matching/call-finder.js';
import { CallFitRepository, type Choice } from '../../matching/store/call-fit.repository.js';
import type { CallFilter } from '../store/call-filter.js';
import { CallRepository, isRanked } from '../store/call.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import { callSummary, type CallSummary } from './call-views.js';

/** `meaning`: whether the previous pages included matches by meaning. */
const Place = z.object({ key: InCursor.number, id: InCursor.id, meaning: z.boolean().optional() });

/** A page of calls, and what was searched for in place of unknown words. */
export type FoundCalls = Page<CallSummary> & { meant: string[] };

/** Size and position of a page, and the language of its summaries. */
interface Which {
  limit: number;
  cursor?: string | undefined;
  language: Language;
}

/** Whether search results are ranked: words found in thousands of calls cannot rank them. */
export const comesBestFirst = (q: string | undefined, found: { total: number }): boolean =>
  isRanked(q !== undefined, found.total);

/** Searches all stored calls. */
@Injectable()
export class CallSearch {
  constructor(
    private readonly calls: CallRepository,
    private readonly fit: CallFitRepository,
    private readonly finder: CallFinder,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of calls: best first (see `comesBestFirst`), otherwise most recently first seen. */
  async page(asked: UnresolvedFilter<CallFilter>, { limit, cursor, language }: Which): Promise<FoundCalls> {
    const now = this.clock.now();
    const after = placeOf(cursor, Place);
    const filter = await this.finder.resolve(asked, { meaning: after?.meaning !== false });
    const { items, total } = await this.calls.list(filter, now, ahead(limit), after);
    const shown = items.map(({ call }) => call);
    const [seen, totals] = await Promise.all([
      this.calls.seenAt(shown.map(({ id }) => id)),
      this.fit.statedTotals(shown),
    ]);
    // Whether matches by meaning were included; a search's cursor records it.
    const meaning = asked.q === undefined ? undefined : !!filter.text?.near.size;
    const found = page(
      items,
      limit,
      total,
      ({ call, near }) =>
        callSummary(call, {
          near,
          status: statusAt(call, now),
          sourceRecords: seen.get(call.id) ?? [],
          total: totals.get(call.id),
          language,
        }),
      ({ place }) => ({ ...place, ...(meaning !== undefined && { meaning }) }),
    );
    return { ...found, meant: filter.text?.meant ?? [] };
  }

  /** Returns the programmes that have calls, largest first. */
  programmes(): Promise<Choice[]> {
    return this.fit.programmes();
  }
}
