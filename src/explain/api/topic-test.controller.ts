import { Body, Controller, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Invalid } from '../../kernel/errors.js';
import { wrong } from '../../kernel/issues.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/ports.js';
import { Language } from '../../kernel/language.js';
import { pastedTopics } from '../../spreadsheets/domain/find-call.js';
import { labelsIn } from '../../profiles/domain/names-in.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { AnswerLanguage } from '../../platform/api/input.pipe.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { CLOCK } from '../../platform/tokens.js';
import { MOST_TOPICS, TopicsInput, TopicTestView, topicTestView } from './topic-test-views.js';
import { TopicTest } from '../topic-test.js';

const LanguageQuery = z.object({
  language: Language.optional().describe('of the sentences; by default from Accept-Language'),
});

@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles')
export class TopicTestController {
  constructor(
    private readonly tests: TopicTest,
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Whether and when the institute would have been notified of these topics; if not, why, and what to change.
   * Saves nothing.
   */
  @Needs('match.read', 'id')
  @Post(':id/test')
  @ApiOperation({
    summary: 'Whether these topics were or would have been sent and, if not, what to change',
  })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: TopicTestView })
  async test(
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Param('id') id: string,
    @Body({ schema: TopicsInput }) body: TopicsInput,
    @Query({ schema: LanguageQuery }) query: z.infer<typeof LanguageQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<TopicTestView> {
    const topics = pastedTopics(body.topics);
    if (!topics.length) throw new Invalid([wrong(['topics'], 'no-topic')]);
    if (topics.length > MOST_TOPICS)
      throw new Invalid([wrong(['topics'], 'too-many-topics', { count: topics.length, most: MOST_TOPICS })]);
    const profile = await this.profiles.get(id);
    const now = this.clock.now();
    const tested = await this.tests.run({ profile: profile.content, topics, now }, actor, gone);
    const language = query.language ?? usual;
    return topicTestView(tested, {
      language,
      least: await this.tests.leastFor(profile.id, actor),
      now,
      called: labelsIn(profile.content.competences, language),
    });
  }
}
