import { DateTime } from 'luxon';
import type { Expected } from './milestones.js';

/** A reminder: a person's own date or task, a moved deadline, or a result that should be known by now. */
export interface Reminder {
  kind: 'milestone' | 'task' | 'overdue' | 'moved' | 'result' | 'contract';
  opportunityId: string;
  title: string;
  /** For a milestone or a task only, overdue or not. */
  label: string | null;
  /** The day of the milestone, the new deadline, or the day by which it was expected. */
  on: string;
  /** Identifies the reminder: each key is sent once. */
  key: string;
}

/** A milestone or a task; `left`: whoever was responsible has left, and nobody is. */
interface Own {
  id: string;
  personId: string | null;
  left: boolean;
  doneAt: string | null;
}

/** The data of an opportunity that reminders need. */
export interface Watched {
  id: string;
  title: string;
  milestones: (Own & { label: string; on: string })[];
  tasks: (Own & { text: string; due: string | null })[];
  /** The day to which the deadline moved; null if it did not. */
  movedTo: string | null;
  expected: Expected;
  /** Set once it is submitted: milestones up to that day led there. */
  submittedFor: string | null;
  /** Who is asked if nobody has a date: whoever last changed it, or else all officers. */
  others: string[];
}

/** The number of days ahead of the first reminder; the second is sent the day before. */
const AHEAD_DAYS = 7;

/** The last day that today's reminders cover. */
export const toldUntil = (today: string): string => plus(today, AHEAD_DAYS);

const plus = (day: string, days: number): string => DateTime.fromISO(day).plus({ days }).toISODate()!;

/** Sent a week ahead, the day before, and once the day has passed. Dates that move are sent again. */
function ownReminders(watched: Watched, personId: string, today: string): Reminder[] {
  const { id: opportunityId, title, milestones, tasks, submittedFor } = watched;
  const own = [
    ...milestones
      .filter((m) => submittedFor === null || m.on > submittedFor)
      .map((m) => ({ ...m, kind: 'milestone' as const })),
    ...tasks.map(({ text, due, ...task }) => ({ ...task, label: text, on: due, kind: 'task' as const })),
  ];
  return own.flatMap(({ kind, id, label, on, personId: whose, left, doneAt }) => {
    const theirs = left ? askedOf(watched).includes(personId) : whose === personId;
    if (!theirs || doneAt !== null || on === null || on > toldUntil(today)) return [];
    const when = on < today ? 'passed' : on <= plus(today, 1) ? 'eve' : 'ahead';
    const says = when === 'passed' ? ('overdue' as const) : kind;
    return [{ kind: says, opportunityId, title, label, on, key: `${id}/${on}/${when}` }];
  });
}

/** The people responsible for one of its dates or tasks. */
const assignedOf = ({ milestones, tasks }: Watched): string[] =>
  [...milestones, ...tasks].flatMap(({ personId }) => personId ?? []);

/** Who is asked about the bid itself: those with a date or a task or, if nobody has one, `others`. */
function askedOf(watched: Watched): string[] {
  const assigned = assignedOf(watched);
  return assigned.length > 0 ? assigned : watched.others;
}

function sharedReminders(watched: Watched, personId: string): Reminder[] {
  const { id: opportunityId, title, movedTo, expected } = watched;
  if (!askedOf(watched).includes(personId)) return [];
  const one = (kind: 'moved' | 'result' | 'contract', on: string): Reminder => ({
    ...{ kind, opportunityId, title, label: null, on },
    key: `${opportunityId}/${kind}/${on}`,
  });
  const { question } = expected;
  return [
    ...(movedTo === null ? [] : [one('moved', movedTo)]),
    ...(question === null ? [] : [one(question, expected[question]!)]),
  ];
}

/** Everyone who may get a reminder about it. */
export const peopleOf = (watched: Watched): string[] => [
  ...new Set([...assignedOf(watched), ...watched.others]),
];

/** A person's reminders that are due today and were not sent yet, the nearest first. */
export const remindersFor = (
  watched: Watched[],
  personId: string,
  today: string,
  told: ReadonlySet<string>,
): Reminder[] =>
  watched
    .flatMap((one) => [...ownReminders(one, personId, today), ...sharedReminders(one, personId)])
    .filter(({ key }) => !told.has(key))
    .sort((a, b) => a.on.localeCompare(b.on) || a.key.localeCompare(b.key));
