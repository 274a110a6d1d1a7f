import { type Deadline, comingAndPassed } from '../../../calls/domain/index.js';
import type { Measure } from '../facts/measure.js';
import type { CallItem, Message } from '../content/message.js';

/**
 * The dates of a call that a message of this measure shows with their hour; in brief it does so of those
 * alone that moved.
 */
function shownOf({ call, changes }: CallItem, now: Date, { dates, brief }: Measure): Deadline[] {
  const { coming, passed } = comingAndPassed(call.deadlines, now);
  const moved = changes
    .filter((c) => c.field === 'deadlines')
    .flatMap((c) => [c.from, c.to] as (Deadline[] | null)[]);
  return [...(brief ? [] : [...coming, ...passed].slice(0, dates)), ...moved.flatMap((d) => d ?? [])];
}

/** Whether a message shows a deadline whose time its source did not tell, and so has to say what is meant. */
export function showsUnstatedTime({ items, reminders, now }: Message, measure: Measure): boolean {
  const shown = [
    ...items.flatMap((item) => shownOf(item, now, measure)),
    ...reminders.map((r) => r.deadline),
  ];
  return shown.some((d) => !d.timeTold);
}
