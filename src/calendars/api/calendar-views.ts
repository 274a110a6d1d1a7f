import { z } from 'zod';
import { Language } from '../../kernel/language.js';
import type { CalendarWithMaker } from '../store/calendar.repository.js';
import { PAGING } from '../../platform/api/paging.js';
import { jsonBody } from '../../platform/api/json-body.js';

export const LONGEST_NAME = 100;
const CalendarName = z.string().trim().min(1).max(LONGEST_NAME);

export const CalendarInput = z
  .strictObject({
    name: CalendarName.describe('the name shown in calendars'),
    language: Language.optional().describe("of its events; by default the person's own"),
  })
  .meta({ id: 'CalendarInput' });
export type CalendarInput = z.infer<typeof CalendarInput>;
/** The same for the API description. */
export const CALENDAR_INPUT = jsonBody(CalendarInput);

export const CalendarView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string().describe('the first characters of its secret'),
    language: Language,
    madeBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastReadAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Calendar' });
export type CalendarView = z.infer<typeof CalendarView>;

export const MadeCalendar = CalendarView.extend({
  address: z.string().describe('the address to subscribe to; shown only once, since only a hash is stored'),
}).meta({ id: 'MadeCalendar' });
export type MadeCalendar = z.infer<typeof MadeCalendar>;

export const ListQuery = z.object(PAGING);
export type ListQuery = z.infer<typeof ListQuery>;

export const calendarView = ({
  id,
  name,
  hint,
  language,
  madeBy,
  createdAt,
  lastReadAt,
}: CalendarWithMaker): CalendarView => ({
  id,
  name,
  hint,
  language,
  madeBy,
  createdAt: createdAt.toISOString(),
  lastReadAt: lastReadAt?.toISOString() ?? null,
});
