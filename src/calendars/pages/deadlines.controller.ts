import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DeadlineCalendar } from '../../calls/deadline-calendar.js';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { ADDRESS, askedBy, type Address } from './asked.js';
import { YearView } from './year.js';
import { DAY_MS } from '../../kernel/durations.js';

const YEAR_MS = 366 * DAY_MS;
const MOST_OURS = 20;

/** Our next deadlines, an overview of a year of all of them, and its days. */
@ApiExcludeController()
@Needs('call.read')
@Controller('deadlines')
export class DeadlinesPages {
  constructor(private readonly calendar: DeadlineCalendar) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async year(@View() v: Viewer, @PageQuery(ADDRESS) address: Address): Promise<string> {
    const profile = v.actor?.profileId ?? null;
    const [year, ours] = [
      await this.calendar.year(askedBy(v, address)),
      profile === null ? null : await this.ours(v, profile),
    ];
    return page(
      v,
      { title: v.t('deadlines.title'), place: 'deadlines', styles: ['deadlines'], wide: true },
      YearView({ v, year, address, ours }),
    );
  }

  /** Returns the next deadlines of calls that fit, in order. */
  private ours(v: Viewer, profile: string) {
    const to = new Date(v.now.getTime() + YEAR_MS);
    return this.calendar.list({ from: v.now, to, ...this.calendar.fit(profile, true) }, MOST_OURS, null);
  }
}
