import { type Deadline, daysLeft } from '../../../calls/domain/index.js';
import { DAY_MS } from '../../../kernel/durations.js';

/**
 * A deadline that comes near: `days` is the number of days before it for which it is told, `left` how many
 * are left now.
 */
export interface Reminder {
  deadline: Deadline;
  days: number;
  left: number;
  keys: string[];
}

/** What makes a reminder one; a deadline that moved is reminded of anew. */
const reminderKey = (callId: string, { at }: Deadline, days: number): string =>
  `deadline/${callId}/${at}/${days}`;

/**
 * The deadlines of a call that are to be reminded of in a message that leaves now, when the next one leaves
 * at `next`: each whose number of days falls before that, so that a weekly reader is never told too late. Of
 * several numbers the smallest is told and with it the others are.
 * `told` are the keys that were.
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
 * The keys of the reminders for which a message stands that shows the call, its deadlines with it: whoever
 * has just read a date need not be reminded of it.
 */
export const remindersShown = (
  callId: string,
  deadlines: Deadline[],
  days: number[],
  when: { now: Date; next: Date },
): string[] => remindersOf(callId, deadlines, days, { ...when, announced: new Set() }).flatMap((r) => r.keys);
