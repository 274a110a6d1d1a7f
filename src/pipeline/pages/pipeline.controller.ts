import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Pipeline } from '../pipeline.js';
import { PIPELINE_FIELDS, type PipelineQuery } from './pipeline-address.js';
import { PipelineView } from './pipeline-page.js';

/** Most cards on the board; the rest are in the table. */
const ON_BOARD = 60;
const IN_LIST = 50;

/** The page of an institute's pipeline. */
@ApiExcludeController()
@Controller('institutes/:profile/pipeline')
export class PipelinePages {
  constructor(private readonly pipeline: Pipeline) {}

  @Needs('pipeline.read', 'profile')
  @Get()
  async show(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(PIPELINE_FIELDS) query: PipelineQuery,
  ): Promise<string> {
    const { view, mine, stage, cursor, ...filter } = query;
    const found = await this.pipeline.list(profileId, {
      ...filter,
      stages: stage && [stage],
      personId: (mine && v.actor?.personId) ?? undefined,
      limit: view === 'board' ? ON_BOARD : IN_LIST,
      cursor: view === 'board' ? undefined : cursor,
    });
    const options = {
      title: v.t('pipeline.title'),
      place: 'pipeline' as const,
      styles: ['pipeline'],
      scripts: ['pipeline'],
      wide: true,
    };
    const { items: opportunities, counts, next } = found;
    return page(v, options, PipelineView({ v, profileId, query, opportunities, counts, next }));
  }
}
