import ical, {
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalEventData,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { BRUSSELS } from '../../calls/domain/index.js';
import type { CalendarEntry } from '../../calendars/domain/index.js';
import { oneLine } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import { BRUSSELS_TIME_ZONE } from './brussels-time-zone.js';

/** What a calendar is called, and what is in it. */
export interface CalendarFile {
  name: string;
  language: Language;
  entries: CalendarEntry[];
}

/**
 * An event is half an hour that ends with the deadline. One without length is no event by the letter (an end
 * is later than its start: RFC 5545, 3.8.2.2), and calendars make of it what they like: half an hour or an
 * hour that begins when all is over (OutlookGoogleCalendarSync issue 374, home-assistant/core issue 136804,
 * khal issue 444). So whoever is reminded of it is reminded too early rather than too late, and a deadline at
 * midnight stands on the day that ends with it.
 */
const MINUTES = 30;
/**
 * Sources are read once a day: asking more often brings little. Google and Outlook on the web ask when they
 * like.
 */
const ASK_AGAIN_SECONDS = 6 * 3_600;

/**
 * In the night when the clocks go back an hour is told twice, and with a zone it would mean the first (RFC
 * 5545, 3.3.5): then it is told in UTC.
 */
const zoneFor = (...moments: DateTime[]): string | null =>
  moments.some((m) => m.getPossibleOffsets().length > 1) ? null : BRUSSELS;

/**
 * Its stamp is the moment when it changed and not that of reading: an unchanged calendar has the same bytes.
 */
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

/** The library writes a calendar's own name as it is. */
const escaped = (text: string): string => oneLine(text).replace(/[\\;,]/g, '\\$&');

/** A calendar as RFC 5545 has it. */
export function writeCalendar({ name, language, entries }: CalendarFile): string {
  const calendar = ical({
    name: escaped(name),
    prodId: { company: 'carnot-europe', product: 'deadlines', language },
    scale: 'GREGORIAN',
    ttl: ASK_AGAIN_SECONDS,
    events: entries.map(eventData),
  });
  // The library would put the zone before properties of the calendar, which come first (RFC 5545, 3.6), leave
  // it out where there is no event, though a calendar needs a part, and write the moment of a change in the
  // zone, which is told in UTC (3.8.7). It ends without an end of line.
  return `${calendar.toString()}\r\n`.replace(
    /\r\n(?=BEGIN:VEVENT|END:VCALENDAR)/,
    () => `\r\n${BRUSSELS_TIME_ZONE}`,
  );
}
