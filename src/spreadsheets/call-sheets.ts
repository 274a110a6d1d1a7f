import { Injectable } from '@nestjs/common';
import type { UnresolvedFilter } from '../calls/domain/searched-text.js';
import { CallFinder } from '../matching/call-finder.js';
import { CallFitRepository } from '../matching/store/match.repository.js';
import { type CallPlace, CallRepository } from '../calls/store/call.repository.js';
import type { CallFilter } from '../calls/store/call-filter.js';
import { ChangeRepository, type EventFilter } from '../calls/store/change.repository.js';
import { translateTo } from '../i18n/translate.js';
import type { Language } from '../kernel/language.js';
import { CALL_COLUMNS, CHANGE_COLUMNS } from './domain/call-columns.js';
import type { SheetCall } from './domain/sheet-call.js';
import { tableOf } from './domain/table.js';
import { MOST_ROWS, type Made } from './download.js';
import { SheetReaders } from './sheet-readers.js';

/** How many calls are read at a time: parsing as many as this is not felt by others. */
const STEP = 250;

/** Tables that are the same for everyone: calls and their events. */
@Injectable()
export class CallSheets {
  constructor(
    private readonly calls: CallRepository,
    private readonly fit: CallFitRepository,
    private readonly events: ChangeRepository,
    private readonly readers: SheetReaders,
    private readonly finder: CallFinder,
  ) {}

  /** Returns calls matching the filters of a search, in its order. */
  async list(asked: UnresolvedFilter<CallFilter>, language: Language): Promise<Made> {
    const reader = this.readers.reading(language);
    const filter = await this.finder.resolve(asked);
    const rows: { call: SheetCall }[] = [];
    let [after, total, more]: [CallPlace | null, number, boolean] = [null, 0, true];
    while (more && rows.length < MOST_ROWS) {
      const page = await this.calls.list(filter, reader.now, STEP, after);
      const totals = await this.fit.statedTotals(page.items.map(({ call }) => call));
      rows.push(
        ...page.items.map(({ call }) => ({ call: { ...call, total: totals.get(call.id) ?? 'topic' } })),
      );
      [after, total, more] = [page.items.at(-1)?.place ?? null, page.total, page.items.length === STEP];
    }
    return {
      table: await tableOf(translateTo(language)('layout.calls'), CALL_COLUMNS, rows, reader),
      total,
    };
  }

  /**
   * Returns call events, newest first; with `profile`, only of calls that score high enough for that
   * institute's digest.
   */
  async changes(
    { profile, ...asked }: Omit<EventFilter, 'fit'> & { profile?: string },
    language: Language,
  ): Promise<Made> {
    const fit = profile === undefined ? {} : { fit: { profile, minScore: this.readers.minScore } };
    const { events, total } = await this.events.list({ ...asked, ...fit }, MOST_ROWS, null);
    return {
      table: await tableOf(
        translateTo(language)('sheet-word.name.changes'),
        CHANGE_COLUMNS,
        events,
        this.readers.reading(language),
      ),
      total,
    };
  }
}
