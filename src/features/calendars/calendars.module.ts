import { Module } from '@nestjs/common';
import { CalendarFileController } from './calendar-file.controller.js';
import { Calendars } from './calendars.js';
import { DeadlineCalendars } from './deadline-calendars.js';
import { GroupCalendarsController } from './group-calendars.controller.js';
import { InstituteCalendarsController } from './institute-calendars.controller.js';
import { MyCalendarsController } from './my-calendars.controller.js';

/** Deadlines in people's own calendars. */
@Module({ controllers: [CalendarFileController, GroupCalendarsController, InstituteCalendarsController, MyCalendarsController], providers: [Calendars, DeadlineCalendars], exports: [Calendars] })
export class CalendarsModule {}
