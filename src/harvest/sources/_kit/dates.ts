import { DateTime } from 'luxon';
import { MINUTE_MS } from '../../../kernel/durations.js';

/** Strips accents and what is not seen, so that "Clôture", "CLOTURE" and "clôture" match. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\p{M}\u00ad\u200b\u2060]/gu, '')
    .replace(/[\u2019\u02bc]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[^\S\n]/g, ' ');

const NAMES = [
  'janvier janv january jan',
  'fevrier fevr fev february feb',
  'mars march mar',
  'avril avr april apr',
  'mai may',
  'juin june jun',
  'juillet juil july jul',
  'aout august aug',
  'septembre september sept sep',
  'octobre october oct',
  'novembre november nov',
  'decembre december dec',
];
const MONTHS = new Map(NAMES.flatMap((names, i) => names.split(' ').map((name) => [name, i + 1] as const)));

/** Returns the month for a name without accents, French or English, full or abbreviated. */
const monthOf = (name: string): number | undefined => MONTHS.get(name.toLowerCase());

/** Matches any month name, longest first. */
const MONTH = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|');

/**
 * Time zones by abbreviation, as an offset. Null: several zones share that name, and a guess could be hours
 * off. CET and CEST are absent: pages confuse them (Eureka's headers say CEST in January), so both are read
 * as Brussels time.
 */
const ZONES: Record<string, string | null> = {
  UTC: '+00:00',
  GMT: '+00:00',
  WET: '+00:00',
  WEST: '+01:00',
  EET: '+02:00',
  EEST: '+03:00',
  TRT: '+03:00',
  JST: '+09:00',
  KST: '+09:00',
  SGT: '+08:00',
  EST: '-05:00',
  EDT: '-04:00',
  BST: null,
  IST: null,
  CST: null,
  CDT: null,
  MST: null,
  MDT: null,
  PST: null,
  PDT: null,
  AST: null,
  BRT: null,
  COT: null,
  ET: null,
  PT: null,
};

/** "GMT – 15 October": a dash before what comes next, and no offset. */
const DASH = String.raw`\s+-\s+\d{1,2}(?:[./]\d| ?[A-Za-z])`;

/** What shows that "ET" is a French word in capitals: "À 13H ET LE 1ER MARS". */
const ET_ALSO = String.raw`(?<=ET) (?:[A-Z]{2}|\d)`;

/** A zone right after a time. Only in capitals: "est" is a French verb. */
const ABBREVIATED = new RegExp(
  `^[\\s,(]*\\b(${Object.keys(ZONES).join('|')})\\b(?!${ET_ALSO})(?:(?!${DASH})\\s*([+-])\\s*(\\d{1,2})(?::?(\\d{2}))?)?\\s*\\)?`,
);
const LOCAL = /^[\s,(]*(local time|heure locale|anywhere on earth|aoe)\b\)?/i;
const OURS =
  /^[\s,(]*(?:central europe(?:an)? (?:summer |standard )?time|(?:c\.?e\.?s?\.?t\b\.?|mesz?\b)(?:[\s,/(-]*(?:c\.?e\.?s?\.?t\b\.?|brussels|bruxelles|paris))?|(?:heure|time|fuseau)(?: de| d'| of| in)? ?(?:paris|bruxelles|brussels)|(?:paris|brussels)(?: local)? time)\)?/i;
/** The beginnings of places and peoples with the time of Brussels, in French and English. */
const SAME_TIME =
  '(?:Belgi|Bru[sx]|Fr[ae]n|Germ|Berlin|Dutch|Amsterdam|Luxembourg|Span|Madrid|Ital|Rom[ea]\\b|Swiss|Zurich|Genev|Austri|Vienn|Dan|Copenhag|Norw|Oslo|Swed|Stockholm|Pol[ai]|Warsaw|Varsovie|Czech|Prague|Budapest)';
/** Names of places with another time, which may stand in brackets after a time. */
const PLACES = String.raw`U\.?K\.?|London|Londres|Dublin|Lisbon|Lisbonne|Portugal|Helsinki|Athens|Athenes|Ankara|Istanbul|U\.?S\.?A?\.?|Seoul|Tokyo`;
/** "London time", "heure de Londres": a place whose zone is not known here, if it is not that of Brussels. */
const ELSEWHERE = new RegExp(
  String.raw`^[\s,(]*(?:(?!${SAME_TIME})[A-Z]\w+(?: [A-Z]\w+)? (?:[Ll]ocal |[Ss]tandard )?[Tt]ime|[Hh]eure (?:de |d')(?!${SAME_TIME})[A-Z]\w+)\b\)?|^[\s,]*(?:\((?:${PLACES})\)|(?:U\.?K\.?|U\.?S\.?A?\.?)(?=\s*(?:[,;/)]|$)))`,
);

/** The zone stated right after a time (an offset, `brussels` or `unclear`), and the length of that text. */
interface Zone {
  offset: string;
  length: number;
}

/** Returns the stated zone; Brussels if none is stated. */
function zoneAtStartOf(text: string): Zone {
  const ours = OURS.exec(text);
  if (ours) return { offset: 'brussels', length: ours[0].length };
  const local = LOCAL.exec(text) ?? ELSEWHERE.exec(text);
  if (local) return { offset: 'unclear', length: local[0].length };
  const [all, name, sign, hours, minutes = '00'] = ABBREVIATED.exec(text) ?? [];
  if (name === undefined) return { offset: 'brussels', length: 0 };
  const offset = sign === undefined ? ZONES[name] : `${sign}${hours!.padStart(2, '0')}:${minutes}`;
  return { offset: offset ?? 'unclear', length: all!.length };
}

/**
 * The forms in which programs write dates, with a time or without; days come before months. Luxon's
 * `fromFormat` compiles a form anew for each of thousands of rows.
 */
const TIME = String.raw`(?:[ T](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?)?`;
const WRITTEN = [
  new RegExp(String.raw`^(?<day>\d{2})/(?<month>\d{2})/(?<year>\d{4})${TIME}$`),
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})${TIME}$`),
];
/** Other forms of ISO 8601 name a whole day too: a year, a month or an hour alone is none. */
const NAMES_DAY = /^\d{4}-?\d{2}-?\d{2}(?:T|$)/;

/** A date as a program writes it: the form of a ParsedDeadline. */
interface ZonedDate {
  at: string;
  timeTold: boolean;
}

const written = (date: DateTime): ZonedDate =>
  // A form that asks for a time has midnight where nobody gave one.
  date.hour === 0 && date.minute === 0 && date.second === 0
    ? { at: `${date.toISODate()}T00:00:00Z`, timeTold: false }
    : { at: date.toISO({ suppressMilliseconds: true })!, timeTold: true };

/**
 * Reads a date that a program wrote, in the time zone that its source means if it names none; null if there
 * is none. Throws an error that says so if it is in no known form: a guess could be months off.
 */
export function zonedDate(text: string, zone: string): ZonedDate | null {
  const bare = text.trim();
  if (bare === '') return null;
  const parts = WRITTEN.map((form) => form.exec(bare)?.groups).find((groups) => groups !== undefined);
  const read = parts
    ? DateTime.fromObject(
        Object.fromEntries(Object.entries(parts).map(([unit, value]) => [unit, Number(value ?? 0)])),
        { zone },
      )
    : DateTime.fromISO(NAMES_DAY.test(bare) ? bare : '', { zone });
  if (!read.isValid) throw new Error(`"${bare.slice(0, 40)}" is no date in a known form`);
  return written(read);
}

/** The same for a moment that is no deadline: a day begins at its midnight there. */
export function zonedInstant(text: string, zone: string): string | null {
  const date = zonedDate(text, zone);
  if (date === null || date.timeTold) return date?.at ?? null;
  return DateTime.fromISO(date.at.slice(0, 10), { zone }).toISO({ suppressMilliseconds: true });
}

const OFFSET = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Brussels', timeZoneName: 'longOffset' });

/** `+02:00` in summer and `+01:00` in winter. */
const offsetAt = (instant: number): string =>
  OFFSET.formatToParts(instant)
    .find((p) => p.type === 'timeZoneName')!
    .value.slice(3);

const millis = (offset: string): number =>
  Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * MINUTE_MS;

/**
 * Returns a local date and time in Brussels or Paris (they have always agreed) in ISO 8601 with the offset.
 */
export function inBrussels(day: string, time = '00:00'): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const offset = offsetAt(asUtc - millis(offsetAt(asUtc)));
  return `${day}T${time}:00${offset}`;
}

/**
 * A date in a text. `at` is the value for a ParsedDeadline; `start` and `end` are its position in the text
 * without accents.
 */
export interface FoundDate {
  day: string;
  at: string;
  timeTold: boolean;
  start: number;
  end: number;
}

interface Day {
  day: string;
  start: number;
  end: number;
}

const BEFORE = '(?<![\\d/.])';
/** Numeric dates are read day first, as both languages of our sources write them. */
const FORMS = [
  `${BEFORE}(?<d>\\d{1,2})(?: ?er|st|nd|rd|th)? +(?:of |de )?(?<month>${MONTH})\\b\\.?,? +(?<y>\\d{4})(?!\\d)`,
  `\\b(?<month>${MONTH})\\b\\.? +(?<d>\\d{1,2})(?:st|nd|rd|th)?,? +(?<y>\\d{4})(?!\\d)`,
  `(?<![\\d/.-])(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})(?!\\d)`,
  `${BEFORE}(?<d>\\d{1,2})[/.](?<m>\\d{1,2})[/.](?<y>\\d{4})(?!\\d)`,
  `(?<![\\w/.-])(?<d>\\d{1,2})-(?<m>\\d{1,2})-(?<y>\\d{4})(?![\\w-])`,
  `${BEFORE}(?<d>\\d{1,2})/(?<m>\\d{1,2})/(?<y>[2-3]\\d)(?![\\d/])`,
].map((form) => new RegExp(form, 'gi'));

const DAY = String.raw`\d{1,2}(?: ?er|st|nd|rd|th)?`;
const AND = String.raw`(?: ?- ?| (?:au|a|to|until|till|and|et) )(?:le )?`;
/** What is before a day without its month: the number after another word is that of a stage or session. */
const SINCE = String.raw`(?<=^|\(|[:;,] |\b(?:du|le|from|between|entre|the|open) )`;
const THE_OTHER = String.raw`(?<and>${AND})(?<rest>${DAY} (?<to>${MONTH})\b\.?,? (?<y>\d{4})(?!\d))`;
/** Two dates of which only the last says the year: "du 1er mars au 15 mai 2027", "March 1 - May 15, 2027". */
const YEAR_ONCE = [
  `${BEFORE}(?<d>${DAY}) (?<from>${MONTH})\\b\\.?${THE_OTHER}`,
  `${SINCE}(?<d>${DAY})${THE_OTHER}`,
  `\\b(?<from>${MONTH})\\b\\.? (?<d>${DAY})(?<and>${AND})(?<rest>(?<to>${MONTH})\\b\\.? ${DAY},? (?<y>\\d{4})(?!\\d))`,
].map((form) => new RegExp(form, 'gi'));

/** Writes the year, and the month, of the first of two dates where only the last of them says it. */
export const withYears = (text: string): string =>
  YEAR_ONCE.reduce(
    (line, form) =>
      line.replace(form, (...match) => {
        const { d, from, and, rest, to, y } = match.at(-1) as Record<string, string>;
        const month = from ?? to!;
        const year = monthOf(month)! > monthOf(to!)! ? Number(y) - 1 : y!;
        return `${d} ${month} ${year}${and}${rest}`;
      }),
    text,
  );

const two = (n: number | string): string => String(n).padStart(2, '0');

/** Returns null for a date that does not exist. */
function dayOf({ y, m, d, month }: Record<string, string | undefined>): string | null {
  const day = `${y!.padStart(4, '20')}-${two(month === undefined ? m! : monthOf(month)!)}-${two(d!)}`;
  const instant = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day) ? day : null;
}

/** Returns the number of possible years in a text: every date has one. */
export const yearsIn = (text: string): number =>
  [...text.matchAll(/\d{4}|\d\/\d{1,2}\/[2-3]\d(?!\d)/g)].length;

function daysIn(text: string): Day[] {
  // Most lines have no year and need not be tried against all forms.
  if (yearsIn(text) === 0) return [];
  const all = FORMS.flatMap((form) => [...text.matchAll(form)]).flatMap((match): Day[] => {
    const day = dayOf(match.groups!);
    return day ? [{ day, start: match.index, end: match.index + match[0].length }] : [];
  });
  const inOrder = all.sort((a, b) => a.start - b.start || b.end - a.end);
  const days: Day[] = [];
  for (const day of inOrder) if (day.start >= (days.at(-1)?.end ?? 0)) days.push(day);
  return days;
}

const HALF = String.raw`(?<half>[ap]\.?m\b\.?)`;
// A colon without minutes follows a number that is no hour: "Session 1 : 15 mai 2027".
const CLOCK = String.raw`(?<h>\d{1,2}) ?(?:(?::(?= ?\d{2})|heures?|hours?\b|hrs?\b|h) ?(?<min>\d{2})?(?::\d{2})?(?!\d)(?: ?(?:hours|hrs?)\b\.?)? ?${HALF}?|(?<bare>[ap]\.?m\b\.?))`;
const DOTTED = String.raw`(?<h>\d{1,2})\.(?<min>\d{2})(?![\d%])`;
/** What shows that a number with a point is a time. */
const OF_TIME = String.raw` ?(?:${HALF}|(?:h|heures?|hours|hrs?)\b\.?|(?=\(?CES?T\b))`;
const LEAD = String.raw`(?:T|[\s,;(|-]|\b(?:at|a|by|before|until|avant|jusqu'a)\b)*`;
const MILITARY = String.raw`(?<h>[0-2]\d)(?<min>[0-5]\d) ?(?:(?:h|hours|hrs?)\b\.?|(?=\(?(?:CES?T|UTC|GMT)\b))`;
const NOON = '(?:12 )?(?:midi|noon)\\b';
const AFTER = [
  `${LEAD}${DOTTED}${OF_TIME}`,
  `[ ,(]*(?:at|a) ${DOTTED}`,
  `${LEAD}${MILITARY}`,
  `${LEAD}${CLOCK}`,
  `${LEAD}${NOON}`,
].map((form) => new RegExp(`^${form}`, 'i'));
/** What may stand between a time and the date after it, and the time itself with its zone. */
const BETWEEN = [
  /(?<![ ,])[ ,]+$/,
  /(?<!\w)(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\w{2,6}day)$/i,
  /(?<![ ,])[ ,]+$/,
  /\b(?:on|le|du|of)$/i,
  /(?<![ ,])[ ,]+$/,
];
const AHEAD = new RegExp(String.raw`\b${CLOCK}(?<zone>[^.;:\d]{0,30})$`, 'i');
/** The maximum distance of a time from its date. */
const NEAR = 100;

interface Time {
  time: string;
  zone: string;
  start: number;
  end: number;
}

/** 24:00 is the end of its day; it becomes 23:59 to stay on that day. */
function clock({ h, min = '00', half, bare }: Record<string, string | undefined>): string | null {
  const afternoon = (half ?? bare)?.[0]?.toLowerCase();
  const hour = afternoon ? (Number(h) % 12) + (afternoon === 'p' ? 12 : 0) : Number(h);
  if (hour === 24 && min === '00') return '23:59';
  return hour < 24 && Number(min) < 60 ? `${two(hour)}:${min}` : null;
}

/** Returns the time of a date: the one after it, otherwise the one before it. */
function timeOf(text: string, day: Day, from: number): Time | null {
  const rest = text.slice(day.end);
  for (const form of AFTER) {
    const match = form.exec(rest);
    const time = match && (match.groups?.['h'] === undefined ? '12:00' : clock(match.groups));
    if (time)
      return { time, zone: rest.slice(match[0].length), start: day.start, end: day.end + match[0].length };
  }
  const near = Math.max(from, day.start - NEAR);
  const ahead = AHEAD.exec(
    BETWEEN.reduce((rest, form) => rest.replace(form, ''), text.slice(near, day.start)),
  );
  const time = ahead && clock(ahead.groups!);
  return time ? { time, zone: ahead.groups!['zone'] ?? '', start: near + ahead.index, end: day.end } : null;
}

/** `+02:00` or `Z` directly after the time, as in ISO 8601. */
const ISO_OFFSET = /^(Z\b|[+-]\d{2}:\d{2})/;

function found(text: string, day: Day, from: number): FoundDate {
  const time = timeOf(text, day, from);
  const unstated = { ...day, at: `${day.day}T00:00:00Z`, timeTold: false };
  if (!time) return unstated;
  const iso = ISO_OFFSET.exec(time.zone)?.[1];
  const { offset, length } = iso ? { offset: iso, length: iso.length } : zoneAtStartOf(time.zone);
  const place = { start: time.start, end: time.end === day.end ? day.end : time.end + length };
  // A time in an unknown zone is not an instant; the date is still valid.
  if (offset === 'unclear') return { ...unstated, ...place };
  const at = offset === 'brussels' ? inBrussels(day.day, time.time) : `${day.day}T${time.time}:00${offset}`;
  return { day: day.day, at, timeTold: true, ...place };
}

/**
 * Returns the dates in a text, in order: "15 septembre 2026 à 13h00 (heure de Paris)", "10 September 2026,
 * 2:00 PM CEST", "04/06/2026", "2026-10-27 at 13:00 CEST". A day without a year, or a month without a day, is
 * not a date.
 */
export function datesIn(text: string): FoundDate[] {
  const bare = plain(text);
  const dates: FoundDate[] = [];
  for (const day of daysIn(bare)) dates.push(found(bare, day, dates.at(-1)?.end ?? 0));
  return dates;
}
