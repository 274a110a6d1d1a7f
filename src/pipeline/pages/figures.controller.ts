import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Day } from '../../kernel/brussels.js';
import { Needs } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/limits.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Groups } from '../../network/groups.js';
import { fileName, sendFile } from '../../spreadsheets/download.js';
import { PipelineFigures, type Period } from '../pipeline-figures.js';
import { FiguresPage } from './figures-page.js';
import { figuresTable, type Counted } from './figures-rows.js';

/** The first and the last day, in Brussels. */
const PERIOD = { from: Day.optional(), to: Day.optional() };

@ApiExcludeController()
@Controller()
export class FiguresPages {
  constructor(
    private readonly figures: PipelineFigures,
    private readonly groups: Groups,
  ) {}

  @Needs('figures.read', 'profile')
  @Get('institutes/:profile/figures')
  async ofInstitute(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(PERIOD) period: Period,
  ): Promise<string> {
    return this.render(v, `/institutes/${profileId}/figures`, period, await this.counted(profileId, period));
  }

  @Needs('figures.read', 'profile')
  @Heavy()
  @Get('institutes/:profile/figures.xlsx')
  async fileOfInstitute(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(PERIOD) period: Period,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(v, response, profileId, await this.counted(profileId, period));
  }

  @Needs('network.read')
  @Get('figures')
  async ofNetwork(@View() v: Viewer, @PageQuery(PERIOD) period: Period): Promise<string> {
    return this.render(v, '/figures', period, await this.counted(null, period));
  }

  @Needs('network.read')
  @Heavy()
  @Get('figures.xlsx')
  async fileOfNetwork(
    @View() v: Viewer,
    @PageQuery(PERIOD) period: Period,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(v, response, 'network', await this.counted(null, period));
  }

  /** For an institute; for all of them if null. */
  private async counted(profileId: string | null, period: Period): Promise<Counted> {
    const [figures, years] = await Promise.all([
      profileId === null ? this.figures.ofNetwork(period) : this.figures.ofInstitute(profileId, period),
      this.figures.contributions(profileId),
    ]);
    return { figures, years, network: profileId === null, sectors: this.groups.all };
  }

  private render(v: Viewer, path: string, period: Period, counted: Counted): string {
    const options = {
      title: v.t('figures.title'),
      wide: true,
      place: counted.network ? ('institutes' as const) : ('pipeline' as const),
      styles: ['pipeline'],
    };
    return page(v, options, FiguresPage({ v, path, period, ...counted }));
  }

  private async send(v: Viewer, response: Response, name: string, counted: Counted): Promise<void> {
    const table = figuresTable(v, counted);
    const made = { table, total: table.rows.length };
    await sendFile(response, fileName(`${name}-figures`, v.now, made), 'xlsx', made);
  }
}
