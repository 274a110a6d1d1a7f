import { brusselsClock } from '../../kernel/brussels.js';
import { labelFor } from '../../pipeline/domain/milestones.js';
import { translateTo } from '../../i18n/translate.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import type { DeadlineEvent } from './deadline-events.js';

/** An institute's own date. */
export interface CalendarDate {
  id: string;
  title: string;
  /** Null for the day of the go/no-go. */
  label: string | null;
  on: string;
}

/** A date has no hour: it is placed at the start of the working day, where it is seen first. */
const HOUR = 'T09:30:00.000Z';
const LONGEST_TITLE = 200;
/** The same in both languages. */
const DECISION = 'Go / no-go';

/** Returns an institute's own date as an event. */
export const milestoneEvent = (
  { id, title, label, on }: CalendarDate,
  language: Language,
  url: string,
): DeadlineEvent => ({
  uid: `milestone-${id}@carnot-europe`,
  at: brusselsClock(`${on}${HOUR}`),
  summary: translateTo(language)('text.labelled', {
    label: oneLine(label === null ? DECISION : labelFor(label, language)),
    value: shortened(oneLine(title), LONGEST_TITLE),
  }),
  description: oneLine(title),
  url,
});
