import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Environment } from '../platform/config/environment.js';
import { ENVIRONMENT } from '../platform/tokens.js';
import { databaseOptions } from './data-source.js';
import { AlarmOutbox } from './repositories/alarm-outbox.repository.js';
import { AlarmRepository } from './repositories/alarm.repository.js';
import { ApiKeyRepository } from './repositories/api-key.repository.js';
import { CalendarCallRepository } from './repositories/calendar-call.repository.js';
import { CalendarRepository } from './repositories/calendar.repository.js';
import { CallFitRepository } from './repositories/call-fit.repository.js';
import { CallNeighbours } from './repositories/call-neighbours.repository.js';
import { CallNoteRepository } from './repositories/call-note.repository.js';
import { CallRepository } from './repositories/call.repository.js';
import { CallRewrite } from './repositories/call-rewrite.js';
import { CallStore } from './repositories/call-store.js';
import { ChangeRepository } from './repositories/change.repository.js';
import { ContactRepository } from './repositories/contact.repository.js';
import { DeadlineRepository } from './repositories/deadline.repository.js';
import { DeliveryRepository } from './repositories/delivery.repository.js';
import { DocumentRepository } from './repositories/document.repository.js';
import { EmbeddingProgressRepository } from './repositories/embedding-progress.repository.js';
import { EmbeddingRepository } from './repositories/embedding.repository.js';
import { EventLog } from './repositories/event-log.repository.js';
import { HistoryImportRepository } from './repositories/history-import.repository.js';
import { HistoryRepository } from './repositories/history.repository.js';
import { InstituteRepository } from './repositories/institute.repository.js';
import { InboxRepository } from './repositories/inbox.repository.js';
import { FollowRepository } from './repositories/follow.repository.js';
import { FeedRepository } from './repositories/feed.repository.js';
import { LagRepository } from './repositories/lag.repository.js';
import { LearnedRepository } from './repositories/learned.repository.js';
import { LetterRepository } from './repositories/letter.repository.js';
import { MatchRepository } from './repositories/match.repository.js';
import { MessageRepository } from './repositories/message.repository.js';
import { NetworkRepository } from './repositories/network.repository.js';
import { NoteRepository } from './repositories/note.repository.js';
import { NotificationRepository } from './repositories/notification.repository.js';
import { OpenToAllRepository } from './repositories/open-to-all.repository.js';
import { PastCallRepository } from './repositories/past-call.repository.js';
import { PairRepository } from './repositories/pair.repository.js';
import { PartnerReadingRepository } from './repositories/partner-reading.repository.js';
import { PartnerSearchRepository } from './repositories/partner-search.repository.js';
import { PersonRepository } from './repositories/person.repository.js';
import { ProfileRepository } from './repositories/profile.repository.js';
import { ProfileVersionRepository } from './repositories/profile-version.repository.js';
import { ProposalRepository } from './repositories/proposal.repository.js';
import { RecentCallRepository } from './repositories/recent-call.repository.js';
import { RecipientRepository } from './repositories/recipient.repository.js';
import { ResearcherRepository } from './repositories/researcher.repository.js';
import { ReviewRepository } from './repositories/review.repository.js';
import { RunRepository } from './repositories/run.repository.js';
import { SavedSearchRepository } from './repositories/saved-search.repository.js';
import { SessionRepository } from './repositories/session.repository.js';
import { SheetImportRepository } from './repositories/sheet-import.repository.js';
import { SheetRepository } from './repositories/sheet.repository.js';
import { SettingRepository } from './repositories/setting.repository.js';
import { SignInLinkRepository } from './repositories/sign-in-link.repository.js';
import { SourceListRepository } from './repositories/source-list.repository.js';
import { SourceCheckRepository } from './repositories/source-check.repository.js';
import { SourcePastRepository } from './repositories/source-past.repository.js';
import { SourceRepository } from './repositories/source.repository.js';
import { TellingLog } from './repositories/telling-log.repository.js';
import { TellingRepository } from './repositories/telling.repository.js';
import { ValidatorRepository } from './repositories/validator.repository.js';
import { VectorStore } from './repositories/vector-store.js';
import { StoredSecrets } from './secrets/stored-secrets.js';

const REPOSITORIES = [
  AlarmOutbox, AlarmRepository, ApiKeyRepository, CallFitRepository, CallNeighbours, CallNoteRepository, CallRepository, CallRewrite, CallStore, ChangeRepository, DeadlineRepository, DeliveryRepository, DocumentRepository, EventLog, InstituteRepository, LagRepository, LearnedRepository, LetterRepository, PairRepository, PastCallRepository, MatchRepository, NotificationRepository, ProfileRepository, ProfileVersionRepository,
  PersonRepository, ProposalRepository, RecentCallRepository, RecipientRepository, ResearcherRepository, RunRepository, SessionRepository, SettingRepository, SignInLinkRepository, SourceCheckRepository, SourceListRepository, SourcePastRepository, SourceRepository, ValidatorRepository, InboxRepository, NoteRepository, OpenToAllRepository, ReviewRepository, SavedSearchRepository,
  CalendarCallRepository, CalendarRepository, FeedRepository, FollowRepository, MessageRepository, TellingLog, TellingRepository, NetworkRepository, SheetImportRepository, SheetRepository, EmbeddingProgressRepository, EmbeddingRepository, VectorStore, HistoryImportRepository, HistoryRepository,
  ContactRepository, PartnerReadingRepository, PartnerSearchRepository, StoredSecrets,
];

/** The database and the classes that speak to it. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({ inject: [ENVIRONMENT], useFactory: (env: Environment) => databaseOptions(env.DATABASE_URL!) }),
  ],
  providers: REPOSITORIES,
  exports: REPOSITORIES,
})
export class DatabaseModule {}
