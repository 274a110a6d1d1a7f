import { Controller, Get, Header, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, may } from '../../kernel/actor.js';
import { SourceReadings } from '../source-readings.js';
import { Backups } from '../../backups/backups.js';
import { Alarms } from '../../monitoring/alarms.js';
import { Monitored } from '../../monitoring/monitored.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { SourcesView } from './sources-view.js';
import { RowLevelSecurity } from '../../platform/database/row-scope.js';
import { type Answer, redirectTo } from '../../ui/answer.js';

/** More subjects than this cannot be unwell at once. */
const MOST_ALARMS = 100;

/**
 * The state of the sources and the age of their data; for the network also the alarms, and a button to read a
 * source now.
 */
@ApiExcludeController()
@Needs('source.read')
@Controller('sources')
export class SourcesPages {
  constructor(
    private readonly readings: SourceReadings,
    private readonly alarms: Alarms,
    private readonly backups: Backups,
    private readonly monitored: Monitored,
    private readonly rowLevelSecurity: RowLevelSecurity,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@View() v: Viewer, @CurrentActor() actor: Actor): Promise<string> {
    const readings = await this.readings.all();
    const operates = may(actor, 'operation.read');
    const alarms = operates ? (await this.alarms.list(true, MOST_ALARMS, null)).items : null;
    const backups = operates ? await this.backups.state() : null;
    const withoutPolicies = operates && !(await this.rowLevelSecurity.holds());
    return page(
      v,
      { title: v.t('sources.title'), wide: true, place: 'sources', styles: ['sources'] },
      SourcesView({
        v,
        readings,
        alarms,
        backups,
        names: this.monitored.namesIn(v.language),
        withoutPolicies,
        may: may(actor, 'source.write'),
      }),
    );
  }

  @Needs('source.write')
  @Post(':source/read')
  async read(@Param('source') id: string): Promise<Answer> {
    await this.readings.readNow(id);
    return redirectTo('/sources', 'flash.reading');
  }

  @Needs('source.write')
  @Post('alarms/:alarm/acknowledge')
  async acknowledge(@Param('alarm', { schema: z.uuid() }) id: string): Promise<Answer> {
    await this.alarms.acknowledge(id);
    return redirectTo('/sources', 'flash.acknowledged');
  }
}
