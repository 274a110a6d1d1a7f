import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, InPerson, JustSignedIn, Oneself } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { CALENDAR_INPUT, CalendarInput, CalendarView, ListQuery, MadeCalendar } from './calendar-views.js';
import { Calendars, type CalendarOwner } from '../calendars.js';

const mine = ({ personId }: Actor): CalendarOwner => ({ kind: 'own', personId: personId! });

/** Calendars of a person's own calls: those they marked as relevant, or proposed to a researcher. */
@ApiTags('calendars')
@ApiBearerAuth()
@Oneself()
@Controller('v1/me/calendars')
export class MyCalendarsController {
  constructor(private readonly calendars: Calendars) {}

  @Get()
  @ApiOperation({ summary: "One's own calendar subscriptions" })
  @ApiOkResponse({ standardSchema: pageOf(CalendarView) })
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<CalendarView>> {
    return this.calendars.list(mine(actor), query);
  }

  /** Creates a subscription link. Only this response contains it. */
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: "Create a calendar subscription of one's own" })
  @HttpCode(200)
  @ApiBody(CALENDAR_INPUT)
  @ApiOkResponse({ standardSchema: MadeCalendar })
  make(
    @CurrentActor() actor: Actor,
    @Body({ schema: CalendarInput }) input: CalendarInput,
  ): Promise<MadeCalendar> {
    return this.calendars.make(actor, mine(actor), input);
  }

  /** Revokes a link immediately. */
  @InPerson()
  @Delete(':calendar')
  @ApiOperation({ summary: "Revoke one of one's own calendar subscriptions" })
  @ApiOkResponse({ standardSchema: CalendarView })
  revoke(
    @CurrentActor() actor: Actor,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
  ): Promise<CalendarView> {
    return this.calendars.revoke(mine(actor), calendar);
  }
}
