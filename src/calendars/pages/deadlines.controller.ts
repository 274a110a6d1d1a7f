import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DeadlineCalendar } from '../../calls/index.js';
import { SignedIn } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { ADDRESS, askedBy, type Address } from './asked.js';
import { YearView } from './year.js';

/** A year of deadlines as a picture, and the days behind it. */
@ApiExcludeController()
@SignedIn()
@Controller('deadlines')
export class DeadlinesPages {
  constructor(private readonly calendar: DeadlineCalendar) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async year(@View() v: Viewer, @PageQuery(ADDRESS) address: Address): Promise<string> {
    const year = await this.calendar.year(askedBy(v, address));
    return page(
      v,
      { title: v.t('deadlines.title'), place: 'deadlines', styles: ['deadlines'], wide: true },
      YearView({ v, year, address }),
    );
  }
}
