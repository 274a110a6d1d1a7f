import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Conflict } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import { CalendarInput } from '../api/calendar-views.js';
import { Calendars, type CalendarOwner } from '../calendars.js';
import { CurrentActor, InPerson, JustSignedIn, Needs, Oneself } from '../../platform/access/rule.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { CalendarLists } from './calendar-lists.js';
import { CalendarMade, CalendarsPage, type CalendarForm } from './calendars-page.js';

const CalendarSent = CalendarInput.extend({ group: z.string().max(63).default('') });
const CALENDARS = '/deadlines/calendars';

const ofInstitute = (profileId: string): CalendarOwner => ({ kind: 'institute', profileId });
const ofOneself = ({ personId }: Actor): CalendarOwner => ({ kind: 'own', personId: personId! });
const ofGroup = (groupId: string): CalendarOwner => ({ kind: 'group', groupId });

/** Deadlines in people's own calendars: links to subscribe to. */
@ApiExcludeController()
@Controller()
export class CalendarPages {
  constructor(
    private readonly calendars: Calendars,
    private readonly lists: CalendarLists,
  ) {}

  @Needs('call.read')
  @Get('deadlines/calendars')
  show(@View() v: Viewer): Promise<string> {
    return this.render(v, null);
  }

  @Needs('calendar.write', 'profile')
  @JustSignedIn()
  @Post('institutes/:profile/calendars')
  makeForInstitute(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.make(v, response, 'institute', body, () => ofInstitute(profile));
  }

  @Needs('calendar.write', 'profile')
  @InPerson()
  @Post('institutes/:profile/calendars/:calendar/revoke')
  revokeOfInstitute(
    @Param('profile') profile: string,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.revoke(ofInstitute(profile), calendar, response);
  }

  @Oneself()
  @JustSignedIn()
  @Post('account/calendars')
  makeOwn(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.make(v, response, 'own', body, () => ofOneself(actor));
  }

  @Oneself()
  @InPerson()
  @Post('account/calendars/:calendar/revoke')
  revokeOwn(
    @CurrentActor() actor: Actor,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.revoke(ofOneself(actor), calendar, response);
  }

  @Needs('network.write')
  @JustSignedIn()
  @Post('groups/calendars')
  makeForGroup(@View() v: Viewer, @Body() body: unknown, @Res() response: Response): Promise<void> {
    return this.make(v, response, 'group', body, ofGroup);
  }

  @Needs('network.write')
  @InPerson()
  @Post('groups/:group/calendars/:calendar/revoke')
  revokeOfGroup(
    @Param('group') group: string,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.revoke(ofGroup(group), calendar, response);
  }

  private async make(
    v: Viewer,
    response: Response,
    kind: CalendarOwner['kind'],
    body: unknown,
    ownerOf: (group: string) => CalendarOwner,
  ): Promise<void> {
    const sent = readForm(CalendarSent, body, v.language, (fields) => ({
      name: fields['name'],
      group: fields['group'],
      language: v.language,
    }));
    if (!sent.ok) {
      response.status(422).send(await this.render(v, { kind, values: sent.typed, errors: sent.errors }));
      return;
    }
    const { group, ...input } = sent.value;
    try {
      const calendar = await this.calendars.make(v.actor!, ownerOf(group), input);
      response
        .status(201)
        .send(
          page(
            v,
            { title: v.t('calendars.made', { name: input.name }), place: 'deadlines', styles: ['deadlines'] },
            CalendarMade({ v, calendar }),
          ),
        );
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      response.status(422).send(
        await this.render(v, {
          kind,
          values: { name: input.name, group },
          errors: { name: v.t('calendars.full') },
        }),
      );
    }
  }

  private async revoke(owner: CalendarOwner, calendar: string, response: Response): Promise<void> {
    await this.calendars.revoke(owner, calendar);
    redirectWithFlash(response, CALENDARS, 'flash.removed');
  }

  private async render(v: Viewer, form: CalendarForm | null): Promise<string> {
    return page(
      v,
      { title: v.t('calendars.title'), place: 'deadlines', styles: ['deadlines'] },
      CalendarsPage({ v, lists: await this.lists.forViewer(v), form }),
    );
  }
}
