import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Deadline } from '../../calls/domain/call-content.js';
import { statusAt, STATUSES } from '../../calls/domain/status.js';
import { LONGEST_DESCRIPTION } from '../../matching/domain/drafting/draft.js';
import type { Actor } from '../../kernel/actor.js';
import { BANDS, bandOf } from '../../kernel/band.js';
import { Language } from '../../kernel/language.js';
import type { Clock } from '../../kernel/ports.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { CLOCK } from '../../platform/tokens.js';
import { CallsLikeText } from '../calls-like-text.js';

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
        call: z.object({
          id: z.uuid(),
          title: z.string(),
          identifier: z.string().nullable(),
          status: z.enum(STATUSES),
          deadlines: z.array(Deadline),
        }),
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
