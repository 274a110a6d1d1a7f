import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { datesIn, type FoundDate, inBrussels } from './dates.js';
import type { Schedule } from './schedule.js';

type Dates = Pick<ParsedCall, 'opensAt' | 'deadlines' | 'deadlineModel'>;

const earliest = (dates: FoundDate[]): FoundDate | undefined =>
  [...dates].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];

/** Returns each day once, with its time if any of the dates has one. */
function eachDayOnce(dates: FoundDate[], all: FoundDate[]): FoundDate[] {
  const days = [...new Set(dates.map((d) => d.day))].sort();
  return days.map(
    (day) => [...dates, ...all].find((d) => d.day === day && d.timeTold) ?? dates.find((d) => d.day === day)!,
  );
}

/**
 * Returns the deadlines of the first and second stage. The date for full proposals may lack that name: then
 * it is the plain deadline, if a later one is given. A second stage without a date yet is absent.
 */
function stages({ firstStage, secondStage, closes, extended }: Schedule): FoundDate[] {
  const first = earliest(firstStage)!;
  const later = [...extended, ...closes].filter((d) => d.day > first.day);
  const second = earliest(secondStage.filter((d) => d.day > first.day)) ?? earliest(later);
  return [first, ...(second ? [second] : [])];
}

function chosen(schedule: Schedule): { dates: FoundDate[]; model: ParsedCall['deadlineModel'] } {
  const { firstStage, secondStage, cutOffs, extended, closes } = schedule;
  if (cutOffs.length) return { dates: [...cutOffs, ...closes, ...extended], model: 'multiple-cut-off' };
  if (firstStage.length) return { dates: stages(schedule), model: 'two-stage' };
  return { dates: extended.length ? extended : [...secondStage, ...closes], model: null };
}

/**
 * Returns a call's dates. Dates not given are absent: a month, a season or a guess never becomes a deadline.
 */
export function datesOf(schedule: Schedule): Dates {
  const { dates, model } = chosen(schedule);
  const opens = earliest(schedule.opens);
  const all = [
    ...schedule.closes,
    ...schedule.extended,
    ...schedule.firstStage,
    ...schedule.secondStage,
    ...schedule.cutOffs,
  ];
  return {
    opensAt: opens ? (opens.timeTold ? opens.at : inBrussels(opens.day)) : null,
    deadlineModel: model,
    deadlines: eachDayOnce(dates, all).map(({ at, timeTold }) => ({ at, timeTold })),
  };
}

/** Reads a bare date range, "02/04/2026 - 04/06/2026": opening, then closing. A single date may be either. */
export function spanOf(text: string): Pick<Schedule, 'opens' | 'closes'> {
  const dates = datesIn(text);
  return dates.length === 2 ? { opens: [dates[0]!], closes: [dates[1]!] } : { opens: [], closes: [] };
}
