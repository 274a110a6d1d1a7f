import ICAL from 'ical.js';

/** An event as parsed by a calendar program, and its file. */
export interface ReadEvent {
  uid: string;
  summary: string;
  description: string;
  ends: string;
  sequence: number;
  status: string;
  stamp: string;
  url: string | null;
}

/** Parses a calendar file with a different library from the one that writes it. */
export function eventsIn(text: string): ReadEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as never[]);
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, description, endDate, sequence } = new ICAL.Event(component);
    const ends = endDate.clone();
    if (ends.zone.tzid !== 'UTC') ends.zone = zone;
    const said = (name: string): string => String(component.getFirstPropertyValue(name));
    return {
      uid,
      summary,
      description,
      ends: new Date(ends.toUnixTime() * 1_000).toISOString(),
      sequence,
      status: said('status'),
      stamp: said('dtstamp'),
      url: component.hasProperty('url') ? said('url') : null,
    };
  });
}
