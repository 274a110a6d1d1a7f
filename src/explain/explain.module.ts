import { Global, Module } from '@nestjs/common';
import { MatchingModule } from '../matching/matching.module.js';
import { PROFILE_WARNINGS } from '../platform/tokens.js';
import { CallsNamed } from './calls-named.js';
import { ProfileDrafting } from './drafting.js';
import { Explaining } from './explaining.js';
import { FreshScore } from './fresh-score.js';
import { KeywordCalls } from './keyword-calls.js';
import { KeywordCallsController } from './api/keyword-calls.controller.js';
import { MessageForecast } from './message-forecast.js';
import { ProfilePreview } from './preview.js';
import { SaveWarnings } from './save-warnings.js';
import { SuggestionSearch } from './suggesting.js';
import { CallsLikeController } from './api/calls-like.controller.js';
import { CallsLikeText } from './calls-like-text.js';
import { ContactStandings } from './contact-standings.js';
import { TopicTest } from './topic-test.js';
import { ExplainController } from './api/explain.controller.js';
import { PreviewController } from './api/preview.controller.js';
import { TopicTestController } from './api/topic-test.controller.js';

/**
 * Tools to tune a profile: why a call was sent or not, what a change would bring, testing with topics, drafts
 * from text.
 */
// Global, because saving profiles in a lower layer injects PROFILE_WARNINGS.
@Global()
@Module({
  imports: [MatchingModule],
  controllers: [
    CallsLikeController,
    ExplainController,
    KeywordCallsController,
    PreviewController,
    TopicTestController,
  ],
  providers: [
    CallsLikeText,
    CallsNamed,
    Explaining,
    FreshScore,
    KeywordCalls,
    SuggestionSearch,
    MessageForecast,
    ProfileDrafting,
    ProfilePreview,
    SaveWarnings,
    ContactStandings,
    TopicTest,
    { provide: PROFILE_WARNINGS, useExisting: SaveWarnings },
  ],
  exports: [
    CallsLikeText,
    Explaining,
    PROFILE_WARNINGS,
    ProfileDrafting,
    ProfilePreview,
    SaveWarnings,
    TopicTest,
  ],
})
export class ExplainModule {}
