import type { CallContent, Deadline } from '../../calls/domain/call-content.js';
import type { StatedTotal } from '../../calls/domain/page/budget-comparison.js';
import { ownIdentifier } from '../../calls/domain/related-calls.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { budgetForPeople } from '../../calls/domain/facts/budget.js';
import { draftFact, kindFacts, type KindWithFacts } from '../../calls/domain/facts/call-facts.js';
import { deadlineForPeople } from '../../calls/domain/facts/deadline.js';
import { bandOf, shownScore } from '../../kernel/band.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { brusselsClock } from '../../kernel/brussels.js';
import { labelFor } from '../../pipeline/domain/milestones.js';

/** How well a call fits an institute; `institute` is null if the calendar is of only one. */
interface CalendarFit {
  institute: string | null;
  score: number;
}

export interface CalendarCall
  extends Pick<CallContent, 'title' | 'url' | 'budget' | 'deadlines' | 'draft'>, KindWithFacts {
  id: string;
  programme: string | null;
  /** What the total in its budget covers. */
  total: StatedTotal;
  /** Best first. */
  fits: CalendarFit[];
}

export interface DeadlineEvent {
  /** Stable as long as the call has a deadline at this index, wherever it moves. */
  uid: string;
  at: string;
  summary: string;
  description: string;
  url: string;
}

/** The reader's language, and our page of a call. */
interface CalendarReader {
  language: Language;
  callPage: (callId: string) => string;
}

const LONGEST_TITLE = 200;
/** The most institutes named in an event; nobody reads more. */
const MOST_NAMED = 5;

function fitInWords(fits: CalendarFit[], language: Language): string | null {
  const t = translateTo(language);
  const score = ({ score: points }: CalendarFit): string =>
    t('fact.score', { points: shownScore(points), band: t(`band.${bandOf(points)}`) });
  const named = fits
    .slice(0, MOST_NAMED)
    .map((fit) => (fit.institute === null ? score(fit) : `${oneLine(fit.institute)} ${score(fit)}`));
  const more = fits.length - named.length;
  return named.length === 0
    ? null
    : [...named, ...(more > 0 ? [translateTo(language)('event.others', { n: more })] : [])].join(', ');
}

/** Returns the facts to know without opening the page, one per line; missing ones are omitted. */
function description(call: CalendarCall, deadline: Deadline, language: Language): string {
  const t = translateTo(language);
  const lines: [string, string | null][] = [
    ...draftFact(call, language).map(({ label, value }): [string, string] => [label, value]),
    [t('fact.deadline'), deadlineForPeople(deadline, language)],
    [t('call.topic'), ownIdentifier(call)],
    ...kindFacts(call, language).map(({ label, value }): [string, string] => [label, value]),
    [t('fact.programme'), call.programme && programmeName(call.programme, language)],
    [t('call.score'), fitInWords(call.fits, language)],
    [t('fact.budget'), call.budget && budgetForPeople(call, language, call.total)],
    [t('message.source-page'), webAddress(call.url)],
  ];
  return lines
    .flatMap(([label, value]) =>
      value === null ? [] : [t('text.labelled', { label, value: oneLine(value) })],
    )
    .join('\n');
}

/**
 * Returns the events of a call, one for each deadline from `since` on. They are identified by their index
 * among the call's deadlines, not by kind: if a call gets a second cut-off, its first event stays the same
 * although it is no longer a single deadline.
 */
export function eventsOf(
  call: CalendarCall,
  { language, callPage }: CalendarReader,
  since: Date,
): DeadlineEvent[] {
  const t = translateTo(language);
  const named = (kind: string): string => (call.draft ? t('event.draft', { kind }) : kind);
  return call.deadlines.flatMap((deadline, i) =>
    Date.parse(deadline.at) < since.getTime()
      ? []
      : [
          {
            uid: `${call.id}-${i + 1}@carnot-europe`,
            at: deadline.at,
            summary: t('text.labelled', {
              label: named(t(`event.kind.${deadline.kind}`)),
              value: shortened(oneLine(call.title), LONGEST_TITLE),
            }),
            description: description(call, deadline, language),
            url: callPage(call.id),
          },
        ],
  );
}

/** An institute's own date. */
interface CalendarDate {
  id: string;
  title: string;
  /** Null for the day of the go/no-go. */
  label: string | null;
  on: string;
}

/** A date has no hour: it is placed at the start of the working day, where it is seen first. */
const HOUR = 'T09:30:00.000Z';
/** The same in both languages. */
const DECISION = 'Go / no-go';

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
