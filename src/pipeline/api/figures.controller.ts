import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Day } from '../../kernel/brussels.js';
import { Rate } from '../../kernel/statistics.js';
import { Needs } from '../../platform/access/rule.js';
import { KnownSum } from '../../funded-projects/domain/contributions.js';
import { Lead } from '../../harvest/domain/lag.js';
import { LEAST_INSTITUTES, NETWORK_2014 } from '../domain/figures.js';
import { PipelineFigures } from '../pipeline-figures.js';

const NamedRate = Rate.extend({ name: z.string().nullable() });
const Money = z.object({
  currency: z.string(),
  requested: KnownSum,
  share: KnownSum.describe("the institutes' own share"),
  bids: z.number().int(),
});
const Outcome = NamedRate.extend({
  bids: z.number().int().describe('submitted, whatever the result'),
  submitted: z.array(Money).describe('by currency'),
  won: z.array(Money).describe('by currency'),
});
/** Null for the network where too few institutes stand behind it. */
const Count = z.number().int().nullable();
const FiguresView = z
  .object({
    activity: z.object({
      told: Count.describe('calls sent in a message'),
      read: Count,
      decided: Count,
      relevant: Count,
      asked: Count.describe('proposals to researchers'),
      answered: Count,
      medianDays: z.number().nullable().describe('from when a call is first seen to the decision on it'),
    }),
    go: Rate.describe('share of all decided bids'),
    success: Rate.describe('share of all bids with a result'),
    byYear: z.array(Outcome).describe('by year of the deadline; null if the bid has none'),
    byProgramme: z.array(Outcome),
    byTypeOfAction: z.array(NamedRate),
    byRole: z.array(NamedRate),
    recall: Rate.nullable().describe(
      'share of the calls an institute wanted that were sent to it, estimated from the monthly sample; null for the network',
    ),
    bySector: z.array(Outcome).describe('by group of institutes; for the network only'),
    submitted: z.array(Money),
    won: z.array(Money),
    drafts: Lead.describe('topics known from drafts that were published in the period'),
  })
  .meta({ id: 'Figures' });
type FiguresView = z.infer<typeof FiguresView>;

const YearView = z.object({
  year: z.string().nullable().describe('in which the projects began; null if they state no day'),
  projects: z.number().int(),
  coordinated: KnownSum,
  joined: KnownSum.describe('in every other role'),
  total: KnownSum.describe('netEcContribution of the claimed participations'),
  left: z.object({ projects: z.number().int(), net: KnownSum }).describe('not part of the total'),
});
const ContributionsView = z
  .object({ years: z.array(YearView), network2014: z.number().describe('in euros, all institutes, in 2014') })
  .meta({ id: 'Contributions' });
type ContributionsView = z.infer<typeof ContributionsView>;

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

  /** EU contributions to the projects that the institute claims in its track record. */
  @Needs('figures.read', 'id')
  @Get('profiles/:id/contributions')
  @ApiOperation({ summary: 'Contributions to an institute by year' })
  @ApiOkResponse({ standardSchema: ContributionsView })
  async contributions(@Param('id') id: string): Promise<ContributionsView> {
    return { years: await this.figures.contributions(id), network2014: NETWORK_2014 };
  }

  /** A participation claimed by two institutes counts once. */
  @Needs('network.read')
  @Get('contributions')
  @ApiOperation({ summary: 'Contributions to all institutes by year' })
  @ApiOkResponse({ standardSchema: ContributionsView })
  async contributionsOfNetwork(): Promise<ContributionsView> {
    return { years: await this.figures.contributions(null), network2014: NETWORK_2014 };
  }
}
