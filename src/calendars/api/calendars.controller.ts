import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExcludeController,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import type { Response } from 'express';
import type { Actor } from '../../kernel/actor.js';
import {
  AcrossInstitutes,
  CurrentActor,
  InPerson,
  JustSignedIn,
  Needs,
  Oneself,
  Open,
} from '../../platform/access/rule.js';
import { type Page, pageOf } from '../../platform/api/paging.js';
import { CALENDAR_INPUT, CalendarInput, CalendarView, ListQuery, MadeCalendar } from './calendar-views.js';
import { type CalendarOwner, Calendars } from '../calendars.js';
import { Gone } from '../../platform/api/problem.js';
import { answeredUnchanged, tagOfText } from '../../platform/api/unchanged.js';
import { DeadlineCalendars } from '../calendar-events.js';

const groupOwner = (id: string): CalendarOwner => ({ kind: 'group', groupId: id });

/** Calendars of a group's deadlines: those of calls that fit at least one of its members. */
@ApiTags('calendars')
@ApiBearerAuth()
@Controller('v1/groups/:id/calendars')
export class GroupCalendarsController {
  constructor(private readonly calendars: Calendars) {}

  @Needs('network.read')
  @Get()
  @ApiOperation({ summary: 'Calendar subscriptions of a group' })
  @ApiOkResponse({ standardSchema: pageOf(CalendarView) })
  list(@Param('id') id: string, @Query({ schema: ListQuery }) query: ListQuery): Promise<Page<CalendarView>> {
    return this.calendars.list(groupOwner(id), query);
  }

  /** Creates a subscription link. Only this response contains it. */
  @Needs('network.write')
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Create a calendar subscription of a group' })
  @HttpCode(200)
  @ApiBody(CALENDAR_INPUT)
  @ApiOkResponse({ standardSchema: MadeCalendar })
  make(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: CalendarInput }) input: CalendarInput,
  ): Promise<MadeCalendar> {
    return this.calendars.make(actor, groupOwner(id), input);
  }

  @Needs('network.write')
  @InPerson()
  @Delete(':calendar')
  @ApiOperation({ summary: 'Revoke a calendar subscription of a group' })
  @ApiOkResponse({ standardSchema: CalendarView })
  revoke(
    @Param('id') id: string,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
  ): Promise<CalendarView> {
    return this.calendars.revoke(groupOwner(id), calendar);
  }
}

const instituteOwner = (id: string): CalendarOwner => ({ kind: 'institute', profileId: id });

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
    return this.calendars.list(instituteOwner(id), query);
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
    return this.calendars.make(actor, instituteOwner(id), input);
  }

  @Needs('calendar.write', 'id')
  @InPerson()
  @Delete(':calendar')
  @ApiOperation({ summary: 'Revoke a calendar subscription of an institute' })
  @ApiOkResponse({ standardSchema: CalendarView })
  revoke(
    @Param('id') id: string,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
  ): Promise<CalendarView> {
    return this.calendars.revoke(instituteOwner(id), calendar);
  }
}

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

/** The calendars behind secret links. */
@ApiExcludeController()
@Controller('calendars')
export class CalendarFileController {
  constructor(private readonly calendars: DeadlineCalendars) {}

  @AcrossInstitutes('a calendar is read by its secret')
  @Open('anyone with the secret link may read its deadlines: calendars cannot sign in')
  @Get(':secret.ics')
  async read(
    @Param('secret') secret: string,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const text = await this.calendars.read(secret, gone);
    if (!answeredUnchanged(response, tagOfText(text)))
      response.type('text/calendar; charset=utf-8').send(text);
  }
}
