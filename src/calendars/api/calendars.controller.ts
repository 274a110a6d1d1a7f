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

/** The routes of an owner's calendars; `Owner` decorates the parameter that is the owner. */
function calendarRoutes(
  Owner: () => ParameterDecorator,
  { reads, writes }: Record<'reads' | 'writes', MethodDecorator>,
  summaries: { list: string; make: string; revoke: string },
) {
  @ApiTags('calendars')
  @ApiBearerAuth()
  class CalendarRoutes {
    constructor(private readonly calendars: Calendars) {}

    @reads
    @Get()
    @ApiOperation({ summary: summaries.list })
    @ApiOkResponse({ standardSchema: pageOf(CalendarView) })
    list(
      @Owner() owner: CalendarOwner,
      @Query({ schema: ListQuery }) query: ListQuery,
    ): Promise<Page<CalendarView>> {
      return this.calendars.list(owner, query);
    }

    /** Creates a subscription link. Only this response contains it. */
    @writes
    @JustSignedIn()
    @Post()
    @ApiOperation({ summary: summaries.make })
    @HttpCode(200)
    @ApiBody(CALENDAR_INPUT)
    @ApiOkResponse({ standardSchema: MadeCalendar })
    make(
      @CurrentActor() actor: Actor,
      @Owner() owner: CalendarOwner,
      @Body({ schema: CalendarInput }) input: CalendarInput,
    ): Promise<MadeCalendar> {
      return this.calendars.make(actor, owner, input);
    }

    @writes
    @InPerson()
    @Delete(':calendar')
    @ApiOperation({ summary: summaries.revoke })
    @ApiOkResponse({ standardSchema: CalendarView })
    revoke(
      @Owner() owner: CalendarOwner,
      @Param('calendar', { schema: z.uuid() }) calendar: string,
    ): Promise<CalendarView> {
      return this.calendars.revoke(owner, calendar);
    }
  }
  return CalendarRoutes;
}

const summariesOf = (name: string) => ({
  list: `Calendar subscriptions of ${name}`,
  make: `Create a calendar subscription of ${name}`,
  revoke: `Revoke a calendar subscription of ${name}`,
});

const Group = () =>
  Param('id', { schema: z.string().transform((groupId): CalendarOwner => ({ kind: 'group', groupId })) });

/** Calendars of a group's deadlines: those of calls that fit at least one of its members. */
@Controller('v1/groups/:id/calendars')
export class GroupCalendarsController extends calendarRoutes(
  Group,
  { reads: Needs('network.read'), writes: Needs('network.write') },
  summariesOf('a group'),
) {}

const Institute = () =>
  Param('id', {
    schema: z.string().transform((profileId): CalendarOwner => ({ kind: 'institute', profileId })),
  });

/** Calendars of an institute's deadlines: calls that fit, were found relevant, are studied or bid for. */
@Controller('v1/profiles/:id/calendars')
export class InstituteCalendarsController extends calendarRoutes(
  Institute,
  { reads: Needs('calendar.read', 'id'), writes: Needs('calendar.write', 'id') },
  summariesOf('an institute'),
) {}

const Me = () =>
  CurrentActor({ transform: ({ personId }: Actor): CalendarOwner => ({ kind: 'own', personId: personId! }) });

/** Calendars of a person's own calls: relevant or to study, proposed to a researcher, or bid for. */
@Controller('v1/me/calendars')
export class MyCalendarsController extends calendarRoutes(
  Me,
  { reads: Oneself(), writes: Oneself() },
  {
    list: "One's own calendar subscriptions",
    make: "Create a calendar subscription of one's own",
    revoke: "Revoke one of one's own calendar subscriptions",
  },
) {}

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
