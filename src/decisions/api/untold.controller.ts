import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { Rate } from '../../kernel/rate.js';
import { CurrentActor, InsideInstitute } from '../../platform/access/rule.js';
import { Untold } from '../untold.js';
import { InboxItem } from './inbox-views.js';

const UntoldView = z
  .object({
    month: z.string().nullable().describe('as 2026-06; null before the first sample'),
    items: z.array(InboxItem).describe('undecided calls come first'),
    recall: Rate.describe('share of the calls it wanted that were sent to it, estimated from all samples'),
  })
  .meta({ id: 'UntoldCalls' });
type UntoldView = z.infer<typeof UntoldView>;
const UntoldQuery = z.object({
  language: Language.optional().describe("of the reasons; by default the person's own"),
});

/**
 * Calls that an institute was not told of, ten each month: a verdict on each says whether it should have
 * been.
 */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1/profiles/:id/untold')
export class UntoldController {
  constructor(private readonly untold: Untold) {}

  @InsideInstitute('id', 'read')
  @Get()
  @ApiOperation({ summary: "A month's sample of calls that were not sent to an institute" })
  @ApiOkResponse({ standardSchema: UntoldView })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: UntoldQuery }) { language = actor.language ?? 'en' }: z.infer<typeof UntoldQuery>,
  ): Promise<UntoldView> {
    const [listed, recall] = await Promise.all([
      this.untold.list(actor, id, language),
      this.untold.recall(id),
    ]);
    return { ...listed, recall };
  }
}
