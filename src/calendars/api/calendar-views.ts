import { z } from 'zod';
import { Language } from '../../kernel/language.js';
import { ADDRESS_FIELDS, AddressName } from '../../access/secret-address.js';
import { PAGING } from '../../platform/api/paging.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

export const CalendarInput = z
  .strictObject({
    name: AddressName.describe('the name shown in calendars'),
    language: Language.optional().describe("of its events; by default the person's own"),
  })
  .meta({ id: 'CalendarInput' });
export type CalendarInput = z.infer<typeof CalendarInput>;
/** The same for the API description. */
export const CALENDAR_INPUT = jsonBody(CalendarInput);

export const CalendarView = z.object(ADDRESS_FIELDS).meta({ id: 'Calendar' });
export type CalendarView = z.infer<typeof CalendarView>;

export const MadeCalendar = CalendarView.extend({
  address: z.string().describe('the address to subscribe to; shown only once, since only a hash is stored'),
}).meta({ id: 'MadeCalendar' });
export type MadeCalendar = z.infer<typeof MadeCalendar>;

export const ListQuery = z.object(PAGING);
export type ListQuery = z.infer<typeof ListQuery>;
