import { Module } from '@nestjs/common';
import { ExternalVectors } from './external-vectors.js';
import { CallsNamed } from './calls-named.js';
import { ClaimedProjects } from './claimed-projects.js';
import { Corpus } from './corpus.js';
import { ProfileDrafting } from './drafting.js';
import { ExplainController } from './api/explain.controller.js';
import { Explaining } from './explaining.js';
import { FreshScore } from './fresh-score.js';
import { LearnedController } from './api/learned.controller.js';
import { LearnedVerdicts } from './learned.js';
import { MatchDue } from './match-due.js';
import { MatchOfCall } from './match-of-call.js';
import { MatchProcessor } from './match.processor.js';
import { MatchesController } from './api/matches.controller.js';
import { Mending } from './suggesting.js';
import { MessageForecast } from './message-forecast.js';
import { PreviewController } from './api/preview.controller.js';
import { ProfilePreview } from './preview.js';
import { Ranking } from './ranking.js';
import { Readings } from './readings.js';
import { SaveWarnings } from './save-warnings.js';
import { Telling } from './telling.js';
import { TopicTestController } from './api/topic-test.controller.js';
import { TopicTest } from './topic-test.js';

/** Matches between calls and profiles, why there are and why there are none. */
@Module({
  controllers: [
    ExplainController,
    LearnedController,
    MatchesController,
    PreviewController,
    TopicTestController,
  ],
  providers: [
    ExternalVectors,
    CallsNamed,
    ClaimedProjects,
    Corpus,
    Explaining,
    FreshScore,
    LearnedVerdicts,
    MatchDue,
    MatchOfCall,
    MatchProcessor,
    Mending,
    MessageForecast,
    ProfileDrafting,
    ProfilePreview,
    Ranking,
    Readings,
    SaveWarnings,
    Telling,
    TopicTest,
  ],
  exports: [
    Explaining,
    LearnedVerdicts,
    MatchDue,
    MatchOfCall,
    MatchProcessor,
    ProfileDrafting,
    ProfilePreview,
    SaveWarnings,
    TopicTest,
  ],
})
export class MatchingModule {}
