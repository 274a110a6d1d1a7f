import { Inject, Injectable } from '@nestjs/common';
import { beginning, dayAfter, monthAt, monthsFrom, monthsLater, type Month } from '../kernel/brussels.js';
import { grouped } from '../kernel/collections.js';
import type { Clock } from '../kernel/ports.js';
import {
  DeadlineRepository,
  type DayCount,
  type DeadlineFilter,
  type DeadlinePlace,
  type DeadlineRow,
} from './store/deadline.repository.js';
import { groupEditions } from './domain/related-calls.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';

export type { DayCount, DeadlineFilter, DeadlineRow };

/** A calendar query: `profile` selects an institute's view, and `only` limits it to its calls. */
export interface CalendarAsked {
  from: string | null;
  profile: string | null;
  only: boolean;
  programme: string | null;
  drafts: boolean;
  day: string | null;
}

export interface DeadlineYear {
  months: Month[];
  /** Days with deadlines, by date. */
  days: Map<string, DayCount>;
  total: number;
  /** The days with the most deadlines, fullest first, each with its first calls. */
  busiest: { day: DayCount; calls: DeadlineRow[][] }[];
  /** The selected day, with its calls. */
  chosen: { day: string; calls: DeadlineRow[]; total: number } | null;
  programmes: string[];
}

const MONTHS = 12;
const BUSIEST = 10;
/**
 * Limits for each of the busiest days, and for the selected day: more than anybody reads, and no more than a
 * page holds.
 */
const SHOWN_OF_BUSIEST = 3;
/** So many are read for them: some are folded below another. */
const READ_OF_BUSIEST = 12;
/** Next deadlines of an institute's own calls, and how many are read for them. */
const [NEXT, READ_NEXT] = [20, 200];
const SHOWN_OF_DAY = 200;

/** Folds the deadlines of one day: a topic under two identifiers is one row. */
export const foldedDeadlines = (rows: DeadlineRow[]): DeadlineRow[][] =>
  groupEditions(rows.map((row) => ({ row, kind: row.callKind, title: row.title }))).map((group) =>
    group.map(({ row }) => row),
  );

/** Sums the counts of each day over all programmes; the input is sorted by day. */
function summed(counts: DayCount[]): DayCount[] {
  const days = new Map<string, DayCount>();
  for (const { day, deadlines, fitting } of counts) {
    const known = days.get(day);
    days.set(day, {
      day,
      deadlines: deadlines + (known?.deadlines ?? 0),
      fitting: fitting === null ? null : fitting + (known?.fitting ?? 0),
    });
  }
  return [...days.values()];
}

/** When calls close: by day over a year, or one by one. */
@Injectable()
export class DeadlineCalendar {
  constructor(
    private readonly deadlines: DeadlineRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Returns the minimum score of a call for an institute: that of its e-mails. */
  fit(profile: string | null | undefined, only: boolean): { fit?: NonNullable<DeadlineFilter['fit']> } {
    return profile ? { fit: { profile, minScore: this.settings.digest.minScore, only } } : {};
  }

  /** Returns the twelve months starting at `from` (2026-06), or at the current month if null. */
  async year({ from, profile, only, programme, drafts, day }: CalendarAsked): Promise<DeadlineYear> {
    const first = from ?? monthAt(this.clock.now());
    const span = { from: beginning(first), to: beginning(monthsLater(first, MONTHS)), drafts };
    const fit = this.fit(profile, only);
    const filter = { ...span, ...(programme && { programme }), ...fit };
    const all = await this.deadlines.daysOfProgrammes({ ...span, ...fit });
    const days = summed(
      all.filter((d) => programme === null || d.programme?.toLowerCase() === programme.toLowerCase()),
    );
    return {
      months: monthsFrom(first, MONTHS),
      days: new Map(days.map((d) => [d.day, d])),
      total: days.reduce((n, d) => n + d.deadlines, 0),
      busiest: await this.busiest(filter, days),
      chosen: day === null ? null : await this.ofDay(filter, day),
      programmes: [...new Set(all.flatMap((d) => d.programme ?? []))].sort((a, b) => a.localeCompare(b)),
    };
  }

  /** Returns the fullest days that are not over. */
  private async busiest(filter: DeadlineFilter, days: DayCount[]): Promise<DeadlineYear['busiest']> {
    const now = this.clock.now();
    const fullest = days
      .filter((d) => dayAfter(d.day) > now)
      .sort((a, b) => b.deadlines - a.deadlines || a.day.localeCompare(b.day))
      .slice(0, BUSIEST);
    const calls = await this.deadlines.ofDays(
      filter,
      fullest.map((d) => d.day),
      READ_OF_BUSIEST,
    );
    return fullest.map((day) => ({
      day,
      calls: foldedDeadlines(calls.filter((c) => c.day === day.day)).slice(0, SHOWN_OF_BUSIEST),
    }));
  }

  private async ofDay(filter: DeadlineFilter, day: string): Promise<NonNullable<DeadlineYear['chosen']>> {
    const [calls, counted] = [
      await this.deadlines.ofDays(
        { ...filter, from: beginning(day), to: dayAfter(day) },
        [day],
        SHOWN_OF_DAY,
      ),
      await this.deadlines.days({ ...filter, from: beginning(day), to: dayAfter(day) }),
    ];
    return { day, calls, total: counted[0]?.deadlines ?? 0 };
  }

  /** Returns an institute's next deadlines until `to`, folded day by day, and how many there are. */
  async next(profile: string, to: Date): Promise<{ days: [string, DeadlineRow[][]][]; total: number }> {
    const filter = { from: this.clock.now(), to, ...this.fit(profile, true) };
    const { items, total } = await this.deadlines.list(filter, READ_NEXT, null);
    const days = [...grouped(items, ({ day }) => [day])].map(([day, rows]): [string, DeadlineRow[][]] => [
      day,
      foldedDeadlines(rows),
    ]);
    let left = NEXT;
    const shown = days.flatMap(([day, rows]): [string, DeadlineRow[][]][] => {
      const some = rows.slice(0, left);
      left -= some.length;
      return some.length ? [[day, some]] : [];
    });
    return { days: shown, total };
  }

  list(
    filter: DeadlineFilter,
    limit: number,
    after: DeadlinePlace | null,
  ): Promise<{ items: DeadlineRow[]; total: number }> {
    return this.deadlines.list(filter, limit, after);
  }
}
