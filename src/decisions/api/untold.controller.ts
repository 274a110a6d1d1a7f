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
    items: z.array(InboxItem).describe('what is not decided comes first'),
    recall: Rate.describe('of all calls that it wanted, those that it was told of, as all samples say'),
  })
  .meta({ id: 'UntoldCalls' });
type UntoldView = z.infer<typeof UntoldView>;
const UntoldQuery = z.object({
  language: Language.optional().describe("of the reasons; the person's own where it is left out"),
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
  @ApiOperation({ summary: "A month's sample of calls that an institute was not told of" })
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
