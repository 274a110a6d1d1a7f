import { DateTime } from 'luxon';
import { BRUSSELS } from '../../../kernel/brussels.js';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type { CallContent, Deadline } from '../call-content.js';
import type { Change } from '../versions/diff.js';

/** A change and when it was first seen. */
export interface SeenChange extends Pick<Change, 'field' | 'from' | 'to'> {
  seenAt: string;
}

/** A date before it was moved. */
interface FormerDate {
  at: string;
  seenAt: string;
  x: number;
}

export interface TimePoint {
  kind: 'opens' | Deadline['kind'];
  /** Its number among several cut-offs; null if there is only one of its kind. */
  nth: number | null;
  at: string;
  /** False if the source gave only the day. */
  timeTold: boolean;
  past: boolean;
  /** Its position on the line, 0 to 1. */
  x: number;
  /** Oldest first. */
  moved: FormerDate[];
}

export interface TimeLine {
  points: TimePoint[];
  today: number;
  /** The first day of each month, quarter or year on the line. */
  ticks: { at: string; step: 'month' | 'year'; x: number }[];
  /** The index of the next deadline among the points; null if all have passed. */
  next: number | null;
}

type Dated = Pick<CallContent, 'opensAt' | 'deadlines'>;
type Placed = Omit<TimePoint, 'x' | 'moved'> & { moved: Omit<FormerDate, 'x'>[] };

/** The share of the line left free at either end. */
const MARGIN = 0.04;
const MOST_TICKS = 9;

const ms = (at: string): number => Date.parse(at);
const differ = (a: string, b: string): boolean => Math.abs(ms(a) - ms(b)) >= MINUTE_MS;

/** Returns each former date once, without the current one. */
const otherThan = (at: string, former: Omit<FormerDate, 'x'>[]): Omit<FormerDate, 'x'>[] =>
  former.filter((m, i) => differ(m.at, at) && former.findIndex((n) => !differ(n.at, m.at)) === i);

/** If deadlines were added or removed, nothing says which old one became which new one. */
function formerDeadlines(changes: SeenChange[], nth: number, count: number): Omit<FormerDate, 'x'>[] {
  return changes.flatMap(({ field, from, to, seenAt }) => {
    if (field !== 'deadlines') return [];
    const [old, fresh] = [(from ?? []) as Deadline[], (to ?? []) as Deadline[]];
    if (old.length !== count || fresh.length !== count || !differ(old[nth]!.at, fresh[nth]!.at)) return [];
    return [{ at: old[nth]!.at, seenAt }];
  });
}

const formerOpenings = (changes: SeenChange[]): Omit<FormerDate, 'x'>[] =>
  changes.flatMap(({ field, from, to, seenAt }) =>
    field === 'opensAt' && typeof from === 'string' && typeof to === 'string' && differ(from, to)
      ? [{ at: from, seenAt }]
      : [],
  );

function pointsOf({ opensAt, deadlines }: Dated, changes: SeenChange[], now: Date): Placed[] {
  const past = (at: string): boolean => ms(at) <= now.getTime();
  const cutOffs = deadlines.filter((d) => d.kind === 'cut-off').length;
  return [
    ...(opensAt
      ? [
          {
            kind: 'opens' as const,
            nth: null,
            at: opensAt,
            timeTold: false,
            past: past(opensAt),
            moved: otherThan(opensAt, formerOpenings(changes)),
          },
        ]
      : []),
    ...deadlines.map((d, i) => ({
      kind: d.kind,
      nth: d.kind === 'cut-off' && cutOffs > 1 ? i + 1 : null,
      at: d.at,
      timeTold: d.timeTold,
      past: past(d.at),
      moved: otherThan(d.at, formerDeadlines(changes, i, deadlines.length)),
    })),
  ];
}

/** Returns the first of each month, or of each quarter or year if there would be too many months. */
function ticksBetween(from: number, to: number): { at: DateTime; step: 'month' | 'year' }[] {
  const months = DateTime.fromMillis(to).diff(DateTime.fromMillis(from), 'months').months;
  const every = [1, 3, 6, 12, 24].find((n) => months / n <= MOST_TICKS) ?? 60;
  const first = DateTime.fromMillis(from, { zone: BRUSSELS }).startOf('year');
  const all = Array.from({ length: Math.ceil((months + 13) / every) + 1 }, (_, i) =>
    first.plus({ months: i * every }),
  );
  return all
    .filter((t) => t.toMillis() > from && t.toMillis() < to)
    .map((at) => ({ at, step: at.month === 1 ? 'year' : 'month' }));
}

/**
 * Places all dates of a call on a line, from first to last, with today and the former dates. `changes` may
 * come in any order. Null if the call states no date at all.
 */
export function timeLineOf(call: Dated, changes: SeenChange[], now: Date): TimeLine | null {
  const oldestFirst = [...changes].sort((a, b) => ms(a.seenAt) - ms(b.seenAt));
  const points = pointsOf(call, oldestFirst, now);
  if (!points.length) return null;
  const all = [now.getTime(), ...points.flatMap((p) => [p.at, ...p.moved.map((m) => m.at)]).map(ms)];
  const [from, to] = [Math.min(...all), Math.max(...all)];
  const x = (at: number): number =>
    to === from ? 0.5 : MARGIN + ((at - from) / (to - from)) * (1 - 2 * MARGIN);
  const next = points.findIndex((p) => p.kind !== 'opens' && !p.past);
  return {
    points: points.map((p) => ({
      ...p,
      x: x(ms(p.at)),
      moved: p.moved.map((m) => ({ ...m, x: x(ms(m.at)) })),
    })),
    today: x(now.getTime()),
    ticks: ticksBetween(from, to).map(({ at, step }) => ({
      at: at.toUTC().toISO()!,
      step,
      x: x(at.toMillis()),
    })),
    next: next < 0 ? null : next,
  };
}

/** Whether there is more to show than one deadline: others, further dates to come, or a moved date. */
export const hasSeveralDates = ({ points }: Pick<TimeLine, 'points'>): boolean =>
  points.some(({ moved }) => moved.length > 0) ||
  points.filter(({ kind, past }) => kind !== 'opens' || !past).length > 1;
