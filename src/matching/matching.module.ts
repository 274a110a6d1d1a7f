import { Module } from '@nestjs/common';
import { CallFinder } from './call-finder.js';
import { ClaimedProjects } from './claimed-projects.js';
import { Corpus } from './corpus.js';
import { ExternalVectors } from './external-vectors.js';
import { LearnedController } from './api/learned.controller.js';
import { LearnedVerdicts } from './learned.js';
import { MatchDue } from './match-due.js';
import { MatchOfCall } from './match-of-call.js';
import { MatchProcessor } from './match.processor.js';
import { MatchesController } from './api/matches.controller.js';
import { Ranking } from './ranking.js';
import { Readings } from './readings.js';

/** How well calls fit profiles, and why. */
@Module({
  controllers: [LearnedController, MatchesController],
  providers: [
    CallFinder,
    ClaimedProjects,
    Corpus,
    ExternalVectors,
    LearnedVerdicts,
    MatchDue,
    MatchOfCall,
    MatchProcessor,
    Ranking,
    Readings,
  ],
  exports: [
    CallFinder,
    ClaimedProjects,
    Corpus,
    ExternalVectors,
    LearnedVerdicts,
    MatchDue,
    MatchOfCall,
    MatchProcessor,
    Ranking,
    Readings,
  ],
})
export class MatchingModule {}
