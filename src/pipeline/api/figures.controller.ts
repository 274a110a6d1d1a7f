import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { InsideInstitute, NetworkOnly } from '../../platform/access/rule.js';
import { LEAST_CASES, LEAST_INSTITUTES } from '../domain/figures.js';
import { PipelineFigures } from '../pipeline-figures.js';

const Share = z.number().min(0).max(1).nullable();
const RATE = {
  hits: z.number().int(),
  of: z.number().int().describe('the number of cases that it rests on'),
  rate: Share.describe(`null from fewer than ${LEAST_CASES} cases`),
  low: Share.describe('the rate lies above this by 95 in 100'),
  high: Share.describe('and below this'),
};
const Rate = z.object(RATE);
const NamedRate = z.object({ name: z.string().nullable(), ...RATE });
const Money = z.object({
  currency: z.string(),
  requested: z.number(),
  share: z.number().describe("the institutes' own part"),
  bids: z.number().int(),
});
const FiguresView = z
  .object({
    activity: z.object({
      told: z.number().int().describe('calls that a message told of'),
      read: z.number().int(),
      decided: z.number().int(),
      relevant: z.number().int(),
      asked: z.number().int().describe('proposals to researchers'),
      answered: z.number().int(),
      medianDays: z.number().nullable().describe("from a call's first sight to the decision on it"),
    }),
    go: Rate.describe('of all bids that were decided on'),
    success: Rate.describe('of all bids with a result'),
    byProgramme: z.array(NamedRate),
    byTypeOfAction: z.array(NamedRate),
    byRole: z.array(NamedRate),
    submitted: z.array(Money),
    won: z.array(Money),
  })
  .meta({ id: 'Figures' });
type FiguresView = z.infer<typeof FiguresView>;

export const PERIOD = {
  from: z.iso.date().optional().describe('the first day, in Brussels'),
  to: z.iso.date().optional().describe('the last day'),
};
const PeriodQuery = z.object(PERIOD);

/** Figures for a director, and for the network. */
@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('v1')
export class FiguresController {
  constructor(private readonly figures: PipelineFigures) {}

  /** What it was told, decided, asked for and won. */
  @InsideInstitute('id', 'read')
  @Get('profiles/:id/figures')
  @ApiOperation({ summary: 'Figures of an institute' })
  @ApiOkResponse({ standardSchema: FiguresView })
  ofInstitute(
    @Param('id') id: string,
    @Query({ schema: PeriodQuery }) period: z.infer<typeof PeriodQuery>,
  ): Promise<FiguresView> {
    return this.figures.ofInstitute(id, period);
  }

  /** Of all institutes together. Nothing is told behind which fewer than three of them stand. */
  @NetworkOnly('read')
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
