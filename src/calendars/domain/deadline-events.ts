import {
  type CallContent,
  type Deadline,
  type StatedTotal,
  ownIdentifier,
  programmeName,
  budgetForPeople,
  deadlineForPeople,
  kindFacts,
  type KindWithFacts,
} from '../../calls/domain/index.js';
import { bandOf, shownScore } from '../../kernel/band.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';

/** How well a call fits an institute; `institute` is null where the calendar is of one alone. */
interface CalendarFit {
  institute: string | null;
  score: number;
}

/** What a calendar tells of a call. */
export interface CalendarCall
  extends Pick<CallContent, 'title' | 'url' | 'budget' | 'deadlines'>, KindWithFacts {
  id: string;
  programme: string | null;
  /** Whose the total is that its budget states. */
  total: StatedTotal;
  /** Best first. */
  fits: CalendarFit[];
}

/** A deadline as an event says it. */
export interface DeadlineEvent {
  /** The same for as long as the call has a deadline in this place, wherever it moves. */
  uid: string;
  at: string;
  summary: string;
  description: string;
  url: string;
}

/** In whose language, and where on our pages a call stands. */
export interface CalendarReader {
  language: Language;
  callPage: (callId: string) => string;
}

const LONGEST_TITLE = 200;
/** More institutes than this are not read in a calendar. */
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

/** Line by line what there is to know without opening the page; nothing is said of what is not stated. */
function description(call: CalendarCall, deadline: Deadline, language: Language): string {
  const t = translateTo(language);
  const lines: [string, string | null][] = [
    [t('fact.deadline'), deadlineForPeople(deadline, language)],
    [t('event.identifier'), ownIdentifier(call)],
    ...kindFacts(call, language).map(({ label, value }): [string, string] => [label, value]),
    [t('fact.programme'), call.programme && programmeName(call.programme, language)],
    [t('event.fit'), fitInWords(call.fits, language)],
    [t('fact.budget'), call.budget && budgetForPeople(call, language, call.total)],
    [t('event.page'), webAddress(call.url)],
  ];
  return lines
    .flatMap(([label, value]) =>
      value === null ? [] : [t('text.labelled', { label, value: oneLine(value) })],
    )
    .join('\n');
}

/**
 * The events of a call, one for each deadline from `since` on. What tells them apart is their place among the
 * call's deadlines and not their kind: a call that gets a second cut-off keeps its first event, which is a
 * single deadline no longer.
 */
export function eventsOf(
  call: CalendarCall,
  { language, callPage }: CalendarReader,
  since: Date,
): DeadlineEvent[] {
  const t = translateTo(language);
  return call.deadlines.flatMap((deadline, i) =>
    Date.parse(deadline.at) < since.getTime()
      ? []
      : [
          {
            uid: `${call.id}-${i + 1}@carnot-europe`,
            at: deadline.at,
            summary: t('text.labelled', {
              label: t(`event.kind.${deadline.kind}`),
              value: shortened(oneLine(call.title), LONGEST_TITLE),
            }),
            description: description(call, deadline, language),
            url: callPage(call.id),
          },
        ],
  );
}
