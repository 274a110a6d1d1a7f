import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { InsideInstitute, NetworkOnly } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { PERIOD } from '../api/figures.controller.js';
import type { Figures } from '../domain/figures.js';
import { PipelineFigures, type Period } from '../pipeline-figures.js';
import { FiguresPage } from './figures-page.js';
import { figuresTable } from './figures-rows.js';
import { fileName, sendFile } from '../../spreadsheets/index.js';

/** Figures for a director, and for the network. */
@ApiExcludeController()
@Controller()
export class FiguresPages {
  constructor(private readonly figures: PipelineFigures) {}

  @InsideInstitute('profile', 'read')
  @Get('institutes/:profile/figures')
  async ofInstitute(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(PERIOD) period: Period,
  ): Promise<string> {
    const figures = await this.figures.ofInstitute(profileId, period);
    return this.render(v, `/institutes/${profileId}/figures`, period, figures, false);
  }

  @InsideInstitute('profile', 'read')
  @Get('institutes/:profile/figures.xlsx')
  async fileOfInstitute(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(PERIOD) period: Period,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(v, response, profileId, await this.figures.ofInstitute(profileId, period));
  }

  @NetworkOnly('read')
  @Get('figures')
  async ofNetwork(@View() v: Viewer, @PageQuery(PERIOD) period: Period): Promise<string> {
    return this.render(v, '/figures', period, await this.figures.ofNetwork(period), true);
  }

  @NetworkOnly('read')
  @Get('figures.xlsx')
  async fileOfNetwork(
    @View() v: Viewer,
    @PageQuery(PERIOD) period: Period,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(v, response, 'network', await this.figures.ofNetwork(period));
  }

  private render(v: Viewer, path: string, period: Period, figures: Figures, network: boolean): string {
    const options = {
      title: v.t('figures.title'),
      place: network ? ('institutes' as const) : ('pipeline' as const),
      styles: ['pipeline'],
    };
    return page(v, options, FiguresPage({ v, path, period, figures, network }));
  }

  private async send(v: Viewer, response: Response, name: string, figures: Figures): Promise<void> {
    const table = figuresTable(v, figures);
    const made = { table, total: table.rows.length };
    await sendFile(response, fileName(`${name}-figures`, v.now, made), 'xlsx', made);
  }
}
