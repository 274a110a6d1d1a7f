import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { KeywordCalls } from '../keyword-calls.js';
import { Deadline } from '../../calls/domain/call-content.js';
import { statusAt, CallHead } from '../../calls/domain/status.js';
import { LONGEST_DESCRIPTION } from '../../matching/domain/drafting/draft.js';
import { type Actor, seesAllInside } from '../../kernel/actor.js';
import { bandOf, BANDS } from '../../kernel/band.js';
import { Language } from '../../kernel/language.js';
import type { Clock } from '../../kernel/ports.js';
import { CLOCK } from '../../platform/tokens.js';
import { CallsLikeText } from '../calls-like-text.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { AnswerLanguage } from '../../platform/api/input.pipe.js';
import { explainView, ExplainView } from './explain-views.js';
import { Explaining } from '../explaining.js';

const KeywordCallsView = z
  .object({
    calls: z.number().int().describe('how many calls are stored'),
    keywords: z
      .array(
        z.object({
          keyword: z.string(),
          calls: z
            .number()
            .int()
            .describe('in how many of them the matcher finds it, in the language of the call'),
        }),
      )
      .describe('each keyword of the profile once'),
  })
  .meta({ id: 'KeywordCalls' });

/** How many calls each keyword of a profile finds. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles')
export class KeywordCallsController {
  constructor(private readonly keywordCalls: KeywordCalls) {}

  @Needs('match.read', 'id')
  @Get(':id/keywords')
  @ApiOperation({ summary: 'In how many stored calls each keyword occurs' })
  @ApiOkResponse({ standardSchema: KeywordCallsView })
  show(@Gone() gone: AbortSignal, @Param('id') id: string): Promise<z.infer<typeof KeywordCallsView>> {
    return this.keywordCalls.forProfile(id, gone);
  }
}

export const LikeInput = z.strictObject({
  text: z
    .string()
    .trim()
    .min(20)
    .max(LONGEST_DESCRIPTION)
    .describe('the summary of a project, in French or English'),
});
export type LikeInput = z.infer<typeof LikeInput>;

const LikeView = z
  .object({
    language: Language.describe('the language of the text'),
    subjects: z.array(z.string()).describe('competences found in the text'),
    calls: z.array(
      z.object({
        call: CallHead.extend({ deadlines: z.array(Deadline) }),
        score: z.number().describe('0 to 100'),
        band: z.enum(BANDS),
        terms: z.array(z.string()).describe('what it has in common with the text, strongest first'),
      }),
    ),
  })
  .meta({ id: 'CallsLikeText' });

/** Finds calls for a planned project. */
@ApiTags('calls')
@ApiBearerAuth()
@Controller('v1/calls')
export class CallsLikeController {
  constructor(
    private readonly likeText: CallsLikeText,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Needs('call.read')
  @Post('like')
  @ApiOperation({ summary: 'The open and forthcoming calls that best fit a project summary' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LikeView })
  async findCallsLike(
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Body({ schema: LikeInput }) { text }: LikeInput,
  ): Promise<z.infer<typeof LikeView>> {
    const { calls, ...read } = await this.likeText.findCallsLike(text, actor, gone);
    const now = this.clock.now();
    return {
      ...read,
      calls: calls.map(({ call, match, terms }) => {
        const { title, identifier, deadlines } = call.content;
        return {
          call: { id: call.id, title, identifier, status: statusAt(call, now), deadlines },
          score: match.score,
          band: bandOf(match.score),
          terms,
        };
      }),
    };
  }
}

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
