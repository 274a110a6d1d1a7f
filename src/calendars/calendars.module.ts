import { Global, Module } from '@nestjs/common';
import {
  CalendarFileController,
  GroupCalendarsController,
  InstituteCalendarsController,
  MyCalendarsController,
} from './api/calendars.controller.js';
import { CalendarEvents, DeadlineCalendars } from './calendar-events.js';
import { Calendars } from './calendars.js';
import { CalendarLists, CalendarPages } from './pages/calendars.controller.js';
import { DeadlinesPages } from './pages/deadlines.controller.js';
import { CalendarCallRepository } from './store/calendar-call.repository.js';
import { CalendarRepository } from './store/calendar.repository.js';

const STORES = [CalendarCallRepository, CalendarRepository];
const SERVICES = [CalendarEvents, CalendarLists, Calendars, DeadlineCalendars];

/** Deadlines in people's own calendars. */
@Global()
@Module({
  controllers: [
    CalendarFileController,
    GroupCalendarsController,
    InstituteCalendarsController,
    MyCalendarsController,
    CalendarPages,
    DeadlinesPages,
  ],
  providers: [...STORES, ...SERVICES],
  exports: [...STORES, ...SERVICES],
})
export class CalendarsModule {}
