import { Module } from '@nestjs/common';
import { CalendarEvents } from './calendar-events.js';
import { CalendarFileController } from './api/calendar-file.controller.js';
import { Calendars } from './calendars.js';
import { DeadlineCalendars } from './deadline-calendars.js';
import { GroupCalendarsController } from './api/group-calendars.controller.js';
import { InstituteCalendarsController } from './api/institute-calendars.controller.js';
import { MyCalendarsController } from './api/my-calendars.controller.js';

/** Deadlines in people's own calendars. */
@Module({
  controllers: [
    CalendarFileController,
    GroupCalendarsController,
    InstituteCalendarsController,
    MyCalendarsController,
  ],
  providers: [CalendarEvents, Calendars, DeadlineCalendars],
  exports: [Calendars],
})
export class CalendarsModule {}
