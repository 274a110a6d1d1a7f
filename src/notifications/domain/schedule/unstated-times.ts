import type { Deadline } from '../../../calls/domain/call-content.js';
import { comingAndPassed } from '../../../calls/domain/facts/deadline.js';
import type { Measure } from '../facts/measure.js';
import type { CallItem, Message } from '../content/message.js';

/** The deadlines that a message shows with their time; in brief, only those that moved. */
function shownOf({ call, changes }: CallItem, now: Date, { dates, brief }: Measure): Deadline[] {
  const { coming, passed } = comingAndPassed(call.deadlines, now);
  const moved = changes
    .filter((c) => c.field === 'deadlines')
    .flatMap((c) => [c.from, c.to] as (Deadline[] | null)[]);
  return [...(brief ? [] : [...coming, ...passed].slice(0, dates)), ...moved.flatMap((d) => d ?? [])];
}

/** Whether a message shows a deadline without a stated time, and so must explain the default. */
export function showsUnstatedTime({ items, reminders, now }: Message, measure: Measure): boolean {
  const shown = [
    ...items.flatMap((item) => shownOf(item, now, measure)),
    ...reminders.map((r) => r.deadline),
  ];
  return shown.some((d) => !d.timeTold);
}
