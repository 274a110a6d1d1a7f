import { DateTime } from 'luxon';
import { BRUSSELS } from '../brussels.js';
import type { Deadline } from '../call-content.js';
import { translateTo } from '../../../i18n/translate.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { LOCALES, type Language } from '../../../kernel/language.js';

/**
 * How a time that was not told is shown: said with each deadline, or marked, where one note below says it for
 * all of them.
 */
export type UnstatedTime = 'said' | 'marked';

/**
 * A deadline as people read it, in Brussels time: "15 September 2026, 17:00 (Brussels), stage 1". Where the
 * source told no time it says so, and that the time shown is the rule's; or it has the mark of the note that
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
    ? t('deadline.stated', { date, time })
    : untold === 'marked'
      ? t('deadline.marked', { date })
      : t('deadline.not-stated', { date, time });
  return deadline.kind === 'single'
    ? when
    : t('deadline.kind', { deadline: when, kind: t(`deadline.kind.${deadline.kind}`) });
}

/**
 * What the mark of a time that was not told means, said once below a list; null where none of them has it.
 */
export const unstatedTimeNote = (
  deadlines: readonly Pick<Deadline, 'timeTold'>[],
  language: Language,
): string | null => (deadlines.every((d) => d.timeTold) ? null : translateTo(language)('deadline.note'));

/** The day in Brussels on which an instant falls: "1 September 2026", « 1er septembre 2026 ». */
export function dateForPeople(at: string | Date, language: Language): string {
  return dayIn(inBrussels(at), 'MMMM', language);
}

/** The same for a subject: "1 Sept", « 1er sept. »; with the year where it is not the one of `now`. */
export function shortDate(at: string | Date, now: Date, language: Language): string {
  const there = inBrussels(at);
  const written = dayIn(there, 'MMM', language);
  return there.year === inBrussels(now).year ? written.replace(/ \d+$/, '') : written;
}

/** An instant that is no deadline, with its age: when a source was read. */
export function momentForPeople(at: Date, now: Date, language: Language): { moment: string; age: string } {
  const moment = translateTo(language)('when.moment', {
    date: dateForPeople(at, language),
    time: timeForPeople(at, language),
  });
  // A clock that is a little behind must not say "in 2 seconds" of what has been read; nor is zero seconds
  // the past.
  const past = inBrussels(new Date(Math.min(at.getTime(), now.getTime() - SECOND_MS))).setLocale(
    LOCALES[language],
  );
  return { moment, age: past.toRelative({ base: inBrussels(now) }) ?? '' };
}

/** The deadlines still to come at `now`, earliest first, and those that have passed. */
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

/** When the next of the deadlines is; null where none is to come. */
export const nextDeadlineAt = (deadlines: Deadline[], now: Date): string | null =>
  comingAndPassed(deadlines, now).coming[0]?.at ?? null;

function timeForPeople(at: string | Date, language: Language): string {
  return timeIn(inBrussels(at), language);
}

/** A day in whichever zone it is one, its month in full (MMMM) or not (MMM). */
export function dayIn(there: DateTime, month: 'MMMM' | 'MMM', language: Language): string {
  return translateTo(language)('when.date', {
    day: there.day,
    month: there.setLocale(LOCALES[language]).toFormat(month),
    year: there.year,
  });
}

/** A time of day, as the clocks of its zone show it. */
export const timeIn = ({ hour, minute }: DateTime, language: Language): string =>
  translateTo(language)('when.time', { hour, minute });

function inBrussels(at: string | Date): DateTime {
  const instant = typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at);
  return instant.setZone(BRUSSELS);
}
