import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Day } from '../../kernel/brussels.js';
import { Needs } from '../../platform/access/rule.js';
import { Lead } from '../../harvest/domain/lag.js';
import { Figures, LEAST_INSTITUTES } from '../domain/figures.js';
import { PipelineFigures } from '../pipeline-figures.js';

const FiguresView = Figures.extend({
  drafts: Lead.describe('topics known from drafts that were published in the period'),
}).meta({ id: 'Figures' });
type FiguresView = z.infer<typeof FiguresView>;

export const PERIOD = {
  from: Day.optional().describe('the first day, in Brussels'),
  to: Day.optional().describe('the last day'),
};
const PeriodQuery = z.object(PERIOD);

/** Figures for directors and for the network. */
@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('v1')
export class FiguresController {
  constructor(private readonly figures: PipelineFigures) {}

  /** The calls sent to an institute, its decisions, and the funding it requested and won. */
  @Needs('figures.read', 'id')
  @Get('profiles/:id/figures')
  @ApiOperation({ summary: 'Figures of an institute' })
  @ApiOkResponse({ standardSchema: FiguresView })
  ofInstitute(
    @Param('id') id: string,
    @Query({ schema: PeriodQuery }) period: z.infer<typeof PeriodQuery>,
  ): Promise<FiguresView> {
    return this.figures.ofInstitute(id, period);
  }

  /** All institutes together. Figures based on fewer than three institutes are left out. */
  @Needs('network.read')
  @Get('figures')
  @ApiOperation({
    summary: 'Figures of the network',
    description: `Of all institutes together; nothing behind which fewer than ${LEAST_INSTITUTES} of them stand.`,
  })
  @ApiOkResponse({ standardSchema: FiguresView })
  ofNetwork(@Query({ schema: PeriodQuery }) period: z.infer<typeof PeriodQuery>): Promise<FiguresView> {
    return this.figures.ofNetwork(period);
  }
}
