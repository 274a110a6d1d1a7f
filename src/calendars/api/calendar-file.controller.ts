import { AcrossInstitutes, Open } from '../../platform/access/rule.js';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Gone } from '../../platform/api/gone.js';
import { answeredUnchanged, tagOfText } from '../../platform/api/unchanged.js';
import { DeadlineCalendars } from '../deadline-calendars.js';

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
