import { DateTime } from 'luxon';
import { BRUSSELS } from '../../../kernel/brussels.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import type { Deadline } from '../call-content.js';
import { translateTo } from '../../../i18n/translate.js';
import { LOCALES, type Language } from '../../../kernel/language.js';

/**
 * How to show a default time: explained at each deadline, or marked where one note below explains them all.
 */
export type UnstatedTime = 'said' | 'marked';

/**
 * Formats a deadline for display, in Brussels time: "15 September 2026, 17:00 (Brussels), stage 1". If the
 * source gave no time, the text says that the time shown is the rule's, or carries the mark of the note that
 * does.
 */
export function deadlineForPeople(
  deadline: Deadline,
  language: Language,
  untold: UnstatedTime = 'said',
): string {
  const t = translateTo(language);
  const date = dateForPeople(deadline.at, language);
  const time = timeForPeople(deadline.at, language);
  const when = deadline.timeTold
    ? t('when.moment', { date, time })
    : untold === 'marked'
      ? t('deadline.marked', { date })
      : t('deadline.not-stated', { date, time });
  return deadline.kind === 'single'
    ? when
    : t('deadline.kind', { deadline: when, kind: t(`deadline.kind.${deadline.kind}`) });
}

/** Returns the same below its date: "17:00 (Brussels), stage 1"; a default time has the mark of its note. */
export function timeOfDeadline({ at, timeTold, kind }: Deadline, language: Language): string {
  const t = translateTo(language);
  const time = timeForPeople(at, language);
  const when = timeTold ? t('deadline.time', { time }) : `${time}*`;
  return kind === 'single' ? when : t('deadline.kind', { deadline: when, kind: t(`deadline.kind.${kind}`) });
}

/**
 * Returns the note on the mark of default times, shown once below a list; null if no deadline has the mark.
 */
export const unstatedTimeNote = (
  deadlines: readonly Pick<Deadline, 'timeTold'>[],
  language: Language,
): string | null => (deadlines.every((d) => d.timeTold) ? null : translateTo(language)('deadline.note'));

/** Returns the Brussels date of an instant: "1 September 2026", « 1er septembre 2026 ». */
export function dateForPeople(at: string | Date, language: Language): string {
  return dayIn(inBrussels(at), 'MMMM', language);
}

/** Returns the same for a subject line: "1 Sept", « 1er sept. »; with the year if it is not that of `now`. */
export function shortDate(at: string | Date, now: Date, language: Language): string {
  const there = inBrussels(at);
  const written = dayIn(there, 'MMM', language);
  return there.year === inBrussels(now).year ? written.replace(/ \d+$/, '') : written;
}

/** Returns an instant other than a deadline, with its age: when a source was read. */
export function momentForPeople(at: Date, now: Date, language: Language): { moment: string; age: string } {
  const moment = translateTo(language)('when.moment', {
    date: dateForPeople(at, language),
    time: timeForPeople(at, language),
  });
  // A clock that is slightly behind must not say "in 2 seconds" of something already read, and zero seconds
  // would not read as past.
  const past = inBrussels(new Date(Math.min(at.getTime(), now.getTime() - SECOND_MS))).setLocale(
    LOCALES[language],
  );
  return { moment, age: past.toRelative({ base: inBrussels(now) }) ?? '' };
}

/** Splits deadlines into those after `now`, earliest first, and those that have passed. */
export function comingAndPassed(
  deadlines: Deadline[],
  now: Date,
): { coming: Deadline[]; passed: Deadline[] } {
  const sorted = [...deadlines].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return {
    coming: sorted.filter((d) => Date.parse(d.at) > now.getTime()),
    passed: sorted.filter((d) => Date.parse(d.at) <= now.getTime()),
  };
}

/** Returns the deadline to show where there is room for one: the next, or the last if all have passed. */
export const nextOrLast = (deadlines: Deadline[], now: Date): Deadline | null =>
  comingAndPassed(deadlines, now).coming[0] ?? deadlines.at(-1) ?? null;

/** Returns the next deadline; null if none is left. */
export const nextDeadlineAt = (deadlines: Deadline[], now: Date): string | null =>
  comingAndPassed(deadlines, now).coming[0]?.at ?? null;

/** The same of a call: a withdrawn one has none. */
export const nextDeadlineOf = (
  { content, withdrawnAt }: { content: { deadlines: Deadline[] }; withdrawnAt?: Date | null },
  now: Date,
): string | null => (withdrawnAt ? null : nextDeadlineAt(content.deadlines, now));

function timeForPeople(at: string | Date, language: Language): string {
  return timeIn(inBrussels(at), language);
}

/** Returns a date in its own time zone, with the month in full (MMMM) or abbreviated (MMM). */
export function dayIn(there: DateTime, month: 'MMMM' | 'MMM', language: Language): string {
  return translateTo(language)('when.date', {
    day: there.day,
    month: there.setLocale(LOCALES[language]).toFormat(month),
    year: there.year,
  });
}

/** Returns a time of day in its own time zone. */
export const timeIn = ({ hour, minute }: DateTime, language: Language): string =>
  translateTo(language)('when.time', { hour, minute });

function inBrussels(at: string | Date): DateTime {
  const instant = typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at);
  return instant.setZone(BRUSSELS);
}
