import { AcrossInstitutes, Open } from '../../platform/access/rule.js';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Gone } from '../../platform/api/gone.js';
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
    @Headers('if-none-match') known: string | undefined,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const { text, tag } = await this.calendars.read(secret, gone);
    // Only one client may cache it, and must revalidate each time, so that an unchanged calendar costs a few
    // bytes. Its URL is not passed on.
    response
      .setHeader('Cache-Control', 'private, no-cache')
      .setHeader('ETag', tag)
      .setHeader('X-Robots-Tag', 'noindex')
      .setHeader('Referrer-Policy', 'no-referrer');
    // A compressing proxy makes the tag a weak one.
    if (known?.replace(/^W\//, '') === tag) response.status(304).end();
    else response.type('text/calendar; charset=utf-8').send(text);
  }
}
