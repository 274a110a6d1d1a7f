import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { PartnerSearchView } from './partner-search-views.js';
import { PartnerSearchesOfCalls } from '../partner-searches.js';

const ListQuery = z.object(PAGING);

@ApiTags('calls')
@ApiBearerAuth()
@Needs('call.read')
@Controller('v1/calls')
export class PartnerSearchesController {
  constructor(private readonly searches: PartnerSearchesOfCalls) {}

  @Get(':id/partner-searches')
  @ApiOperation({ summary: 'Partner searches published for a call' })
  @ApiOkResponse({ standardSchema: pageOf(PartnerSearchView) })
  list(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<PartnerSearchView>> {
    return this.searches.page(id, query);
  }
}
