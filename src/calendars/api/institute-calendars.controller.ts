import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { CALENDAR_INPUT, CalendarInput, CalendarView, ListQuery, MadeCalendar } from './calendar-views.js';
import { Calendars, type CalendarOwner } from '../calendars.js';

const owner = (id: string): CalendarOwner => ({ kind: 'institute', profileId: id });

/** Calendars of an institute's deadlines: those of calls that fit it or that it marked as relevant. */
@ApiTags('calendars')
@ApiBearerAuth()
@Controller('v1/profiles/:id/calendars')
export class InstituteCalendarsController {
  constructor(private readonly calendars: Calendars) {}

  @Needs('calendar.read', 'id')
  @Get()
  @ApiOperation({ summary: 'Calendar subscriptions of an institute' })
  @ApiOkResponse({ standardSchema: pageOf(CalendarView) })
  list(@Param('id') id: string, @Query({ schema: ListQuery }) query: ListQuery): Promise<Page<CalendarView>> {
    return this.calendars.list(owner(id), query);
  }

  /** Creates a subscription link. Only this response contains it. */
  @Needs('calendar.write', 'id')
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Create a calendar subscription of an institute' })
  @HttpCode(200)
  @ApiBody(CALENDAR_INPUT)
  @ApiOkResponse({ standardSchema: MadeCalendar })
  make(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: CalendarInput }) input: CalendarInput,
  ): Promise<MadeCalendar> {
    return this.calendars.make(actor, owner(id), input);
  }

  /** Revokes a link immediately. */
  @Needs('calendar.write', 'id')
  @InPerson()
  @Delete(':calendar')
  @ApiOperation({ summary: 'Revoke a calendar subscription of an institute' })
  @ApiOkResponse({ standardSchema: CalendarView })
  revoke(
    @Param('id') id: string,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
  ): Promise<CalendarView> {
    return this.calendars.revoke(owner(id), calendar);
  }
}
