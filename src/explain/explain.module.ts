import { Global, Module } from '@nestjs/common';
import { CallsLikeController, ExplainController, KeywordCallsController } from './api/explain.controller.js';
import { PreviewController } from './api/preview.controller.js';
import { TopicTestController } from './api/topic-test.controller.js';
import { CallsLikeText } from './calls-like-text.js';
import { CallsNamed, TopicTest } from './topic-test.js';
import { ContactStandings } from './contact-standings.js';
import { ProfileDrafting } from './drafting.js';
import { Explaining } from './explaining.js';
import { FreshScore } from './fresh-score.js';
import { KeywordCalls } from './keyword-calls.js';
import { MessageForecast } from './message-forecast.js';
import { OwnSuggestions } from './own-suggestions.js';
import { CallsLikePages } from './pages/calls-like.controller.js';
import { OwnSuggestionsPages } from './pages/own-suggestions.controller.js';
import { TopicTestPages } from './pages/topic-test.controller.js';
import { WhyPages } from './pages/why.controller.js';
import { ProfilePreview } from './preview.js';
import { SaveWarnings } from './save-warnings.js';
import { OwnSuggestionsRepository } from './store/own-suggestions.repository.js';
import { PairRepository } from './store/pair.repository.js';
import { SuggestJob } from './suggest.job.js';
import { SuggestionSearch } from './suggesting.js';
import { PROFILE_WARNINGS } from '../platform/tokens.js';

const STORES = [OwnSuggestionsRepository, PairRepository];
const SERVICES = [
  CallsLikeText,
  CallsNamed,
  ContactStandings,
  Explaining,
  FreshScore,
  KeywordCalls,
  MessageForecast,
  OwnSuggestions,
  ProfileDrafting,
  ProfilePreview,
  SaveWarnings,
  SuggestionSearch,
  TopicTest,
];

/**
 * Tools to tune a profile: why a call was sent or not, what a change would bring, testing with topics, drafts
 * from text.
 */
@Global()
@Module({
  controllers: [
    CallsLikeController,
    ExplainController,
    KeywordCallsController,
    PreviewController,
    TopicTestController,
    CallsLikePages,
    OwnSuggestionsPages,
    TopicTestPages,
    WhyPages,
  ],
  providers: [...STORES, ...SERVICES, SuggestJob, { provide: PROFILE_WARNINGS, useExisting: SaveWarnings }],
  exports: [...STORES, ...SERVICES, PROFILE_WARNINGS],
})
export class ExplainModule {}
