import { DateTime } from 'luxon';
import { BRUSSELS, inBrussels } from '../../kernel/brussels.js';
import type { Deadline } from './call-content.js';
import type { ParsedCall } from './parsed-call.js';

/**
 * If no time is given, the programmes' rules say 17:00, Brussels time (Horizon Europe general annexes, A).
 */
const CLOSING_HOUR = 17;

function instantOf(parsed: ParsedCall['deadlines'][number]): DateTime {
  // A date without a time is the day as written, whatever its offset.
  const told = DateTime.fromISO(parsed.at, { setZone: true });
  if (!parsed.timeTold) {
    return DateTime.fromObject(
      { year: told.year, month: told.month, day: told.day, hour: CLOSING_HOUR },
      { zone: BRUSSELS },
    );
  }
  // External actions' deadlines jitter by seconds from day to day; no deadline is set to the second.
  return told.startOf('minute');
}

function kindOf(model: ParsedCall['deadlineModel'], count: number, index: number): Deadline['kind'] {
  if (model === 'multiple-cut-off') return 'cut-off';
  if (model === 'two-stage') return index === 0 ? 'stage-1' : 'stage-2';
  // Several dates without a model are cut-offs: nothing says that the second depends on the first.
  return count > 1 ? 'cut-off' : 'single';
}

/**
 * Returns all deadlines of a call, earliest first, each with its kind and its instant in UTC and in Brussels
 * time. A date without a time closes at 17:00 in Brussels; `timeTold: false` marks this as our rule, not the
 * source's word.
 */
export function deadlinesOf(parsed: Pick<ParsedCall, 'deadlines' | 'deadlineModel'>): Deadline[] {
  const instants = parsed.deadlines
    .map((d) => ({ timeTold: d.timeTold, at: instantOf(d).toUTC(), told: DateTime.fromISO(d.at).toUTC() }))
    // Of two for the same instant, the one with a stated time is kept, regardless of order.
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
