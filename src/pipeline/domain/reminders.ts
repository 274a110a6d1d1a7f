import { DateTime } from 'luxon';
import type { Expected } from './milestones.js';

/**
 * What somebody is reminded of: a date or a task of theirs, a deadline that moved, a result that should be
 * known.
 */
export interface Reminder {
  kind: 'milestone' | 'task' | 'moved' | 'result' | 'contract';
  opportunityId: string;
  title: string;
  /** Of a milestone or a task. */
  label: string | null;
  /** The day that it is about: of the milestone, where the deadline moved, or by which it was expected. */
  on: string;
  /** What makes it one: told once, it is not told again. */
  key: string;
}

/** An opportunity as far as its people are reminded of it. */
export interface Watched {
  id: string;
  title: string;
  milestones: { id: string; label: string; on: string; personId: string | null; doneAt: string | null }[];
  tasks: { id: string; text: string; due: string | null; personId: string | null; doneAt: string | null }[];
  /** The day to which the deadline moved; null where it stands. */
  movedTo: string | null;
  expected: Expected;
  /** Who is asked where nobody has a date: whoever did something with it last. */
  lastPersonId: string | null;
}

/** So many days ahead a date is told for the first time; once more on its eve. */
const AHEAD_DAYS = 7;

/** Up to which day dates are told of today. */
export const toldUntil = (today: string): string => plus(today, AHEAD_DAYS);

const plus = (day: string, days: number): string => DateTime.fromISO(day).plus({ days }).toISODate()!;

/** Told a week ahead, on the eve, and once it has passed. A date that moves is told anew. */
function ownReminders(watched: Watched, personId: string, today: string): Reminder[] {
  const { id: opportunityId, title, milestones, tasks } = watched;
  const own = [
    ...milestones.map((m) => ({ ...m, kind: 'milestone' as const })),
    ...tasks.map(({ text, due, ...task }) => ({ ...task, label: text, on: due, kind: 'task' as const })),
  ];
  return own.flatMap(({ kind, id, label, on, personId: whose, doneAt }) => {
    if (whose !== personId || doneAt !== null || on === null || on > toldUntil(today)) return [];
    const when = on < today ? 'passed' : on <= plus(today, 1) ? 'eve' : 'ahead';
    return [{ kind, opportunityId, title, label, on, key: `${id}/${on}/${when}` }];
  });
}

/** Who has a date or a task of it. */
const assignedOf = ({ milestones, tasks }: Watched): string[] =>
  [...milestones, ...tasks].flatMap(({ personId }) => personId ?? []);

/**
 * What concerns all who work on it: told to those who have a date or a task, to whoever did something last
 * where nobody has.
 */
function sharedReminders(watched: Watched, personId: string): Reminder[] {
  const { id: opportunityId, title, movedTo, expected, lastPersonId } = watched;
  const assigned = assignedOf(watched);
  if (!(assigned.length > 0 ? assigned.includes(personId) : lastPersonId === personId)) return [];
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

/** All of whom somebody may be reminded. */
export const peopleOf = (watched: Watched): string[] => [
  ...new Set([...assignedOf(watched), ...(watched.lastPersonId === null ? [] : [watched.lastPersonId])]),
];

/** What somebody is to be told today that they were not told yet, the nearest first. */
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
