import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { Rate } from '../../kernel/rate.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { RecallSamples } from '../recall-samples.js';
import { InboxItem } from './inbox-views.js';

const RecallSampleView = z
  .object({
    month: z.string().nullable().describe('as 2026-06; null before the first sample'),
    items: z.array(InboxItem).describe('undecided calls come first'),
    recall: Rate.describe('share of the calls it wanted that were sent to it, estimated from all samples'),
  })
  .meta({ id: 'RecallSample' });
type RecallSampleView = z.infer<typeof RecallSampleView>;
const RecallSampleQuery = z.object({
  language: Language.optional().describe("of the reasons; by default the person's own"),
});

/** Ten calls a month that were not sent to an institute: its verdicts show whether they should have been. */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1/profiles/:id/recall-sample')
export class RecallSampleController {
  constructor(private readonly samples: RecallSamples) {}

  @Needs('decision.read', 'id')
  @Get()
  @ApiOperation({ summary: "A month's sample of calls that were not sent to an institute" })
  @ApiOkResponse({ standardSchema: RecallSampleView })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: RecallSampleQuery })
    { language = actor.language ?? 'en' }: z.infer<typeof RecallSampleQuery>,
  ): Promise<RecallSampleView> {
    const [listed, recall] = await Promise.all([
      this.samples.list(actor, id, language),
      this.samples.recall(id),
    ]);
    return { ...listed, recall };
  }
}
