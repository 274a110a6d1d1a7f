import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { FirstDecisions } from '../first-decisions.js';
import { InboxItem } from './inbox-views.js';

const FirstDecisionsView = z
  .object({
    items: z.array(InboxItem).describe('at most 15, the best first, with what was decided on each'),
    waiting: z
      .number()
      .int()
      .describe('how many are left to decide on; 0 once the institute has decided on as many calls'),
  })
  .meta({ id: 'FirstDecisions' });
type FirstDecisionsView = z.infer<typeof FirstDecisionsView>;
const FirstDecisionsQuery = z.object({
  language: Language.optional().describe("of the reasons; by default the person's own"),
});

/** The calls on which a new institute's decisions tell most; they are decided on as any other call. */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1/profiles/:id/first-decisions')
export class FirstDecisionsController {
  constructor(private readonly first: FirstDecisions) {}

  @Needs('decision.read', 'id')
  @Get()
  @ApiOperation({ summary: 'The calls that a new institute decides on first' })
  @ApiOkResponse({ standardSchema: FirstDecisionsView })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: FirstDecisionsQuery })
    { language = actor.language ?? 'en' }: z.infer<typeof FirstDecisionsQuery>,
  ): Promise<FirstDecisionsView> {
    const [items, waiting] = await Promise.all([
      this.first.list(actor, id, language),
      this.first.waiting(id),
    ]);
    return { items, waiting };
  }
}
