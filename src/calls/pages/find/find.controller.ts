import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.js';
import { CurrentActor, Needs } from '../../../platform/access/rule.js';
import { PageQuery } from '../../../ui/form.js';
import { page, part } from '../../../ui/page.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { FindPage, FoundList } from './find-page.js';
import { Finding } from './finding.js';

const QUERY = { q: z.string().trim().max(200).default('') };

/** One search field for everything: calls, researchers, institutes, pages. */
@ApiExcludeController()
@Controller('find')
export class FindPages {
  constructor(private readonly finding: Finding) {}

  @Needs('call.read')
  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @PageQuery(QUERY) { q }: { q: string },
  ): Promise<string> {
    const found = await this.finding.search(v, actor, q);
    return v.part
      ? part(FoundList({ v, q, found }))
      : page(v, { title: v.t('find.title') }, FindPage({ v, q, found }));
  }
}
