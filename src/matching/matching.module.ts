import { Global, Module } from '@nestjs/common';
import { MatchesController } from './api/matches.controller.js';
import { ReaderViews } from './api/reader-views.js';
import { ReaderController } from './api/reader.controller.js';
import { AnalysedCalls } from './analysed-calls.js';
import { CallFinder } from './call-finder.js';
import { ClaimedProjects, Corpus, ExternalVectors } from './corpus.js';
import { EmbedJob, Unread } from './embedding/embed.job.js';
import { LearnedVerdicts } from './learned.js';
import { MatchOfCall } from './match-of-call.js';
import { MatchJob } from './match.job.js';
import { MatchNewJob } from './match-new.job.js';
import { LearnedPages } from './pages/learned.controller.js';
import { ReaderPages } from './pages/reader.controller.js';
import { ProfileMatching } from './profile-matching.js';
import { Ranking } from './ranking.js';
import { ReadJob } from './reading/read.job.js';
import { ReaderServer } from './reading/reader-server.js';
import { ReaderBudget, WaitingQuestions } from './reading/reader-budget.js';
import { Readings } from './readings.js';
import { AnalysedCallRepository } from './store/analysed-call.repository.js';
import { CallFitRepository, MatchRepository } from './store/match.repository.js';
import {
  EmbeddingProgressRepository,
  EmbeddingRepository,
  VectorStore,
} from './store/embedding.repository.js';
import { LearnedRepository } from './store/learned.repository.js';
import { MatchWriter, UnmatchedProfiles } from './store/match-writer.js';
import { ReaderAgreementRepository, ReaderServerRepository } from './store/reader-server.repository.js';
import { ReaderLogRepository } from './store/reader-log.repository.js';
import { ReadingRepository } from './store/reading.repository.js';
import { TranslationRepository } from './store/translation.repository.js';
import { UnreadPairRepository, UnwrittenSummaryRepository } from './store/unread-pair.repository.js';
import { Translations } from './translations.js';

const STORES = [
  AnalysedCallRepository,
  CallFitRepository,
  EmbeddingProgressRepository,
  EmbeddingRepository,
  LearnedRepository,
  MatchRepository,
  MatchWriter,
  ReaderAgreementRepository,
  ReaderLogRepository,
  ReaderServerRepository,
  ReadingRepository,
  TranslationRepository,
  UnmatchedProfiles,
  UnreadPairRepository,
  UnwrittenSummaryRepository,
  VectorStore,
];
const SERVICES = [
  AnalysedCalls,
  CallFinder,
  ClaimedProjects,
  Corpus,
  ExternalVectors,
  LearnedVerdicts,
  MatchOfCall,
  ProfileMatching,
  Ranking,
  ReaderBudget,
  ReaderServer,
  ReaderViews,
  Readings,
  Translations,
  Unread,
  WaitingQuestions,
];
const JOBS = [MatchJob, MatchNewJob, EmbedJob, ReadJob];

/** How well calls fit profiles, and why. */
@Global()
@Module({
  controllers: [MatchesController, ReaderController, LearnedPages, ReaderPages],
  providers: [...STORES, ...SERVICES, ...JOBS],
  exports: [...STORES, ...SERVICES],
})
export class MatchingModule {}
