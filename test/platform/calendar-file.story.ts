import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import type { CalendarEntry } from '../../src/kernel/ports.js';
import { writeCalendar } from '../../src/platform/calendar/calendar-file.js';

const entry = (told: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: 'one-1@carnot-europe',
  at: '2026-09-15T15:00:00.000Z',
  summary: 'Deadline: Wind',
  description: 'Topic: X',
  url: 'https://calls.test/calls/one',
  sequence: 3,
  changedAt: '2026-06-30T08:00:00.000Z',
  cancelled: false,
  ...told,
});
const write = (entries: CalendarEntry[], name = 'Deadlines'): Promise<string> =>
  writeCalendar({ name, language: 'fr', entries });
/** Parses with a different library from the writer's, using only the time zones in the file. */
const read = (text: string): { calendar: ICAL.Component; events: ICAL.Event[] } => {
  const calendar = new ICAL.Component(ICAL.parse(text) as never[]);
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c)) };
};
const of = (text: string, name: string): unknown =>
  read(text).events[0]!.component.getFirstPropertyValue(name);

describe('a calendar file', () => {
  it('has its names, when to ask again, and what each event is', async () => {
    const text = await write([entry()]);
    const { calendar, events } = read(text);
    expect(
      ['version', 'prodid', 'name', 'x-wr-calname', 'refresh-interval', 'x-published-ttl', 'method'].map(
        (n) => String(calendar.getFirstPropertyValue(n)),
      ),
    ).toEqual(['2.0', '-//carnot-europe//deadlines//FR', 'Deadlines', 'Deadlines', 'PT6H', 'PT6H', 'null']);
    expect(events).toHaveLength(1);
    expect([
      events[0]!.uid,
      events[0]!.summary,
      events[0]!.description,
      events[0]!.sequence,
      events[0]!.component.getAllSubcomponents('valarm'),
    ]).toEqual(['one-1@carnot-europe', 'Deadline: Wind', 'Topic: X', 3, []]);
    expect(['status', 'transp', 'url', 'dtstamp', 'last-modified'].map((n) => String(of(text, n)))).toEqual([
      'CONFIRMED',
      'TRANSPARENT',
      'https://calls.test/calls/one',
      '2026-06-30T08:00:00Z',
      '2026-06-30T08:00:00Z',
    ]);
    expect(of(await write([entry({ cancelled: true, description: null, url: null })]), 'status')).toBe(
      'CANCELLED',
    );
  });

  it('has its properties before its parts, ends its lines with CRLF, and the same bytes for the same content', async () => {
    const text = await write([entry()]);
    expect(text.indexOf('X-PUBLISHED-TTL')).toBeLessThan(text.indexOf('BEGIN:VTIMEZONE'));
    expect(text.indexOf('END:VTIMEZONE')).toBeLessThan(text.indexOf('BEGIN:VEVENT'));
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[^]*\r\nEND:VCALENDAR\r\n$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(await write([entry()])).toBe(text);
    // An empty calendar is invalid: it needs at least one component (RFC 5545, 3.6).
    expect(read(await write([])).calendar.getAllSubcomponents('vtimezone')).toHaveLength(1);
  });

  // Before and after each clock change, in the hour around it, and in future years.
  it.each([
    '2026-01-15T16:00:00Z',
    '2026-03-28T16:00:00Z',
    '2026-03-29T00:59:00Z',
    '2026-03-29T01:00:00Z',
    '2026-03-29T15:00:00Z',
    '2026-10-24T15:00:00Z',
    '2026-10-25T00:15:00Z',
    '2026-10-25T01:15:00Z',
    '2026-10-25T01:29:00Z',
    '2026-10-25T02:00:00Z',
    '2026-10-25T16:00:00Z',
    '2030-03-31T15:00:00Z',
    '2035-10-28T16:00:00Z',
  ])(
    'ends an event at %s in Brussels time by its own zone, and begins it half an hour before',
    async (at) => {
      const text = await write([entry({ at })]);
      const {
        calendar,
        events: [event],
      } = read(text);
      const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!);
      const instant = (time: ICAL.Time): number => {
        if (time.zone.tzid === 'UTC') return time.toUnixTime() * 1_000;
        const there = time.clone();
        there.zone = zone;
        return there.toUnixTime() * 1_000;
      };
      expect(new Date(instant(event!.endDate)).toISOString()).toBe(new Date(at).toISOString());
      expect(instant(event!.endDate) - instant(event!.startDate)).toBe(30 * 60_000);
      const told = DateTime.fromISO(at, { zone: 'Europe/Brussels' });
      const twice = [told, told.minus({ minutes: 30 })].some((t) => t.getPossibleOffsets().length > 1);
      if (twice) expect(text).toContain(`DTEND:${told.toUTC().toFormat("yyyyLLdd'T'HHmmss")}Z`);
      else expect(text).toContain(`DTEND;TZID=Europe/Brussels:${told.toFormat("yyyyLLdd'T'HHmmss")}`);
    },
  );

  it('keeps whatever a title holds, and lets none of it be a line of its own', async () => {
    const odd = 'a;b,c\\d\\n "e" : ü – 😀 BEGIN:VEVENT';
    const text = await write(
      [
        entry({ summary: odd, description: `${odd}\n${odd}` }),
        entry({ uid: 'two', summary: 'x\r\nEND:VCALENDAR' }),
      ],
      'N;a,m\\e\r\nX-EVIL:1',
    );
    const { calendar, events } = read(text);
    expect([events[0]!.summary, events[0]!.description]).toEqual([odd, `${odd}\n${odd}`]);
    expect(events[1]!.summary).toBe('x\nEND:VCALENDAR');
    // The parser does not know that X- properties are text.
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('N\\;a\\,m\\\\e X-EVIL:1');
    expect(calendar.getFirstProperty('x-evil')).toBeNull();
  });

  it('folds long French texts at 75 octets, without tearing a character apart', async () => {
    const summary = `Échéance\u00a0: ${'étude de l’éolien flottant à coûts maîtrisés 😀 '.repeat(12)}fin`;
    const text = await write([entry({ summary, description: `${summary}\n${summary}` })], summary);
    const lines = text.split('\r\n');
    expect(lines.length).toBeGreaterThan(30);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\ufffd');
    expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
    expect(read(text).events[0]!.summary).toBe(summary);
  });

  it('of a thousand events lets others be answered while it is written', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 0);
    const text = await write(Array.from({ length: 1_000 }, (_, i) => entry({ uid: `${i}@carnot-europe` })));
    clearInterval(others);
    expect(read(text).events).toHaveLength(1_000);
    expect(turns).toBeGreaterThan(5);
  });
});
