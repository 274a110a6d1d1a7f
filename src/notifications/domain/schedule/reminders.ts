import type { Deadline } from '../../../calls/domain/call-content.js';
import { daysLeft, brusselsDate } from '../../../kernel/brussels.js';
import { DAY_MS } from '../../../kernel/durations.js';

/** An upcoming deadline: `days` before it the reminder is due, `left` days remain now. */
export interface Reminder {
  deadline: Deadline;
  days: number;
  left: number;
  keys: string[];
}

/** Orders reminders by their day, and on the same day by how well the calls fit. */
export const nearestFirst = (a: Dated, b: Dated): number =>
  brusselsDate(new Date(a.deadline.at)).localeCompare(brusselsDate(new Date(b.deadline.at))) ||
  b.score - a.score ||
  Date.parse(a.deadline.at) - Date.parse(b.deadline.at);
interface Dated {
  deadline: Deadline;
  score: number;
}

/** Identifies a reminder; a deadline that moved gets new ones. */
const reminderKey = (callId: string, { at }: Deadline, days: number): string =>
  `deadline/${callId}/${at}/${days}`;

/**
 * Returns the reminders for a message sent now if the next one is sent at `next`: all that are due before
 * then, so that a weekly reader is never late. Of several numbers of days the smallest is announced and
 * settles the others. `announced` are the keys already sent.
 */
export function remindersOf(
  callId: string,
  deadlines: Deadline[],
  days: number[],
  { now, next, announced }: { now: Date; next: Date; announced: ReadonlySet<string> },
): Reminder[] {
  return deadlines.flatMap((deadline) => {
    const at = Date.parse(deadline.at);
    if (at <= now.getTime()) return [];
    const due = days.filter((n) => at - n * DAY_MS < next.getTime()).sort((a, b) => a - b);
    const smallest = due[0];
    const keys = due.map((n) => reminderKey(callId, deadline, n));
    return smallest === undefined || announced.has(keys[0]!)
      ? []
      : [{ deadline, days: smallest, left: daysLeft(now, deadline.at), keys }];
  });
}

/**
 * Returns the keys of reminders settled by a message that shows the call with its deadlines: nobody needs a
 * reminder of a date they have just read.
 */
export const remindersShown = (
  callId: string,
  deadlines: Deadline[],
  days: number[],
  when: { now: Date; next: Date },
): string[] => remindersOf(callId, deadlines, days, { ...when, announced: new Set() }).flatMap((r) => r.keys);
