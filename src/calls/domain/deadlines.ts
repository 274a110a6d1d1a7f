import { DateTime } from 'luxon';
import { BRUSSELS, inBrussels } from './brussels.js';
import type { Deadline } from './call-content.js';
import type { ParsedCall } from './parsed-call.js';

/**
 * Where no time is told the rules of the programmes say 17:00, Brussels time (Horizon Europe general annexes,
 * A).
 */
const CLOSING_HOUR = 17;

function instantOf(parsed: ParsedCall['deadlines'][number]): DateTime {
  // A date without a time is the day as it is written, in whatever offset it is written.
  const told = DateTime.fromISO(parsed.at, { setZone: true });
  if (!parsed.timeTold) {
    return DateTime.fromObject(
      { year: told.year, month: told.month, day: told.day, hour: CLOSING_HOUR },
      { zone: BRUSSELS },
    );
  }
  // External actions' deadlines jitter by seconds from one day to the next; no deadline is set to the second.
  return told.startOf('minute');
}

function kindOf(model: ParsedCall['deadlineModel'], count: number, index: number): Deadline['kind'] {
  if (model === 'multiple-cut-off') return 'cut-off';
  if (model === 'two-stage') return index === 0 ? 'stage-1' : 'stage-2';
  // Several dates without a model are cut-offs: nothing says that the second needs the first.
  return count > 1 ? 'cut-off' : 'single';
}

/**
 * All deadlines of a call, earliest first, each with its kind, its instant in UTC and in Brussels time. A
 * date without a time closes at 17:00 in Brussels, `timeTold: false` says that this is the rule and not the
 * source's word.
 */
export function deadlinesOf(parsed: Pick<ParsedCall, 'deadlines' | 'deadlineModel'>): Deadline[] {
  const instants = parsed.deadlines
    .map((d) => ({ timeTold: d.timeTold, at: instantOf(d).toUTC(), told: DateTime.fromISO(d.at).toUTC() }))
    // Of two for the same instant the told one stays, in whatever order they come.
    .sort((a, b) => a.at.toMillis() - b.at.toMillis() || Number(b.timeTold) - Number(a.timeTold));
  const distinct = instants.filter((d, i) => i === 0 || d.at.toMillis() !== instants[i - 1]!.at.toMillis());
  return distinct.map(({ at, timeTold, told }, i) => ({
    kind: kindOf(parsed.deadlineModel, distinct.length, i),
    at: at.toISO()!,
    timeTold,
    ...(timeTold && told.toMillis() !== at.toMillis() && { told: told.toISO()! }),
    brussels: inBrussels(at.toJSDate()),
  }));
}
