import ical, {
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { BRUSSELS } from '../../kernel/brussels.js';
import { eachInTimeSlices } from '../../kernel/time-slices.js';
import type { CalendarEntry } from '../../kernel/ports.js';
import { oneLine } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';

/**
 * The clock rules of Brussels since 1996 (directive 2000/84/EC), for clients that do not know the zone by
 * name, such as Outlook. Summer time begins and ends at 01:00 UTC.
 */
const BRUSSELS_TIME_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Brussels',
  'BEGIN:DAYLIGHT',
  'TZNAME:CEST',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZNAME:CET',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n');

export interface CalendarFile {
  name: string;
  language: Language;
  entries: CalendarEntry[];
}

/**
 * An event is half an hour that ends at the deadline. An event without length violates the standard (an end
 * is later than its start: RFC 5545, 3.8.2.2), and calendars handle it in their own ways: as half an hour or
 * an hour that begins at the deadline (OutlookGoogleCalendarSync issue 374, home-assistant/core issue 136804,
 * khal issue 444). So a reminder comes too early rather than too late, and a deadline at midnight appears on
 * the day that it ends.
 */
const MINUTES = 30;
/**
 * Sources are read once a day, so refreshing more often brings little. Google and Outlook on the web choose
 * their own interval.
 */
const ASK_AGAIN_SECONDS = 6 * 3_600;

/**
 * Returns null (UTC) for the hour that occurs twice when the clocks go back: with a zone it would mean the
 * first one (RFC 5545, 3.3.5).
 */
const zoneFor = (...moments: DateTime[]): string | null =>
  moments.some((m) => m.getPossibleOffsets().length > 1) ? null : BRUSSELS;

/** The stamp is the time of the change, not of the request: an unchanged calendar has the same bytes. */
function eventData({
  uid,
  at,
  summary,
  description,
  url,
  sequence,
  changedAt,
  cancelled,
}: CalendarEntry): ICalEventData {
  const end = DateTime.fromISO(at, { zone: BRUSSELS });
  const start = end.minus({ minutes: MINUTES });
  return {
    id: uid,
    start,
    end,
    timezone: zoneFor(start, end),
    summary,
    description,
    url,
    sequence,
    stamp: new Date(changedAt),
    lastModified: new Date(changedAt),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
  };
}

/** Escapes the calendar's name, which the library does not. */
const escaped = (text: string): string => oneLine(text).replace(/[\\;,]/g, '\\$&');

const END = 'END:VCALENDAR';

/** Returns a calendar as RFC 5545 defines it. A thousand events take a while, so it is written in turns. */
export async function writeCalendar({ name, language, entries }: CalendarFile): Promise<string> {
  const calendar = (events: ICalEventData[]): string =>
    ical({
      name: escaped(name),
      prodId: { company: 'carnot-europe', product: 'deadlines', language },
      scale: 'GREGORIAN',
      ttl: ASK_AGAIN_SECONDS,
      events,
    }).toString();
  const head = calendar([]).slice(0, -END.length);
  const events = await eachInTimeSlices(entries, (entry) =>
    calendar([eventData(entry)]).slice(head.length, -END.length),
  );
  // The library would put the zone before the calendar's properties, which come first (RFC 5545, 3.6), omit
  // it if there are no events, although a calendar needs a component, and write the time of a change in the
  // zone instead of UTC (3.8.7). Its output lacks the final line break.
  return `${head}${BRUSSELS_TIME_ZONE}${events.join('')}${END}\r\n`;
}
