import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { JointBids, MOST_IN_TEAM, TEAM_SIZE } from '../joint-bids.js';
import { CallNetwork } from './network-views.js';

const BidQuery = z.object({
  group: z.string().max(63).optional().describe('a group of institutes; by default all institutes'),
  size: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_IN_TEAM)
    .default(TEAM_SIZE)
    .describe('the most institutes in the team'),
  language: Language.optional().describe("of the sentences; by default the person's own"),
});

/** A call seen by the network as a whole. */
@ApiTags('network')
@ApiBearerAuth()
@Needs('network.read')
@Controller('v1/calls')
export class CallNetworkController {
  constructor(private readonly bids: JointBids) {}

  /**
   * Returns the institutes that match a call, which expected outcomes each answers, and the smallest team
   * that answers most of them.
   */
  @Get(':id/network')
  @ApiOperation({ summary: 'Which institutes a call fits, and who could bid together' })
  @ApiOkResponse({ standardSchema: CallNetwork })
  network(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: BidQuery }) query: z.infer<typeof BidQuery>,
  ): Promise<CallNetwork> {
    const { language = actor.language ?? 'en', ...asked } = query;
    return this.bids.forCall(id, { ...asked, language });
  }
}
