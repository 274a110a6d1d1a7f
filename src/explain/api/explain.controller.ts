import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, seesAllInside } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/ports.js';
import { Language } from '../../kernel/language.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { AnswerLanguage } from '../../platform/api/accepted.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { CLOCK } from '../../platform/tokens.js';
import { ExplainView, explainView } from './explain-views.js';
import { Explaining } from '../explaining.js';

const ExplainQuery = z.object({
  call: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .describe('the id of a call, its topic identifier, its address or its full title'),
  language: Language.optional().describe('of the sentences; by default from Accept-Language'),
});

/** Why an institute is notified of a call, or not. */
@ApiTags('matches')
@ApiBearerAuth()
@Controller('v1/profiles')
export class ExplainController {
  constructor(
    private readonly explaining: Explaining,
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Scores the pair afresh and applies every rule that decides whether a call is sent. */
  @Needs('match.read', 'id')
  @Get(':id/explain')
  @ApiOperation({ summary: 'Why a call was sent to an institute, or not' })
  @ApiOkResponse({ standardSchema: ExplainView })
  async explain(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: ExplainQuery }) query: z.infer<typeof ExplainQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<ExplainView> {
    const profile = await this.profiles.get(id);
    const [now, inside] = [this.clock.now(), seesAllInside(actor, id)];
    const call = await this.explaining.getCall(query.call);
    const explained = await this.explaining.explain(profile.content, call, inside, now);
    return explainView(explained, profile.content, { language: query.language ?? usual, inside, now });
  }
}
