import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/tokens.js';
import { databaseOptions } from './data-source.js';
import { AlarmOutbox } from '../../monitoring/store/alarm-outbox.repository.js';
import { AlarmRepository } from '../../monitoring/store/alarm.repository.js';
import { ApiKeyRepository } from '../../access/store/api-key.repository.js';
import { CalendarCallRepository } from '../../calendars/store/calendar-call.repository.js';
import { CalendarRepository } from '../../calendars/store/calendar.repository.js';
import { CallFitRepository } from '../../matching/store/call-fit.repository.js';
import { CallNeighbours } from '../../calls/store/call-neighbours.repository.js';
import { CallNoteRepository } from '../../calls/store/call-note.repository.js';
import { CallRepository } from '../../calls/store/call.repository.js';
import { CallRewrite } from '../../harvest/store/calls/call-rewrite.js';
import { CallStore } from '../../harvest/store/calls/call-store.js';
import { ChangeRepository } from '../../calls/store/change.repository.js';
import { ContactRepository } from '../../profiles/store/contact.repository.js';
import { DeadlineRepository } from '../../calls/store/deadline.repository.js';
import { DeliveryHealthRepository } from '../../notifications/store/delivery-health.repository.js';
import { DeliveryRepository } from '../../notifications/store/delivery.repository.js';
import { DocumentRepository } from '../../harvest/store/document.repository.js';
import { EmbeddingProgressRepository } from '../../matching/store/embedding-progress.repository.js';
import { EmbeddingRepository } from '../../matching/store/embedding.repository.js';
import { ListedCalls } from '../../calls/store/listed-calls.repository.js';
import { EventLog } from '../../calls/store/event-log.repository.js';
import { HistoryImportRepository } from '../../funded-projects/store/history-import.repository.js';
import { HistoryRepository } from '../../funded-projects/store/history.repository.js';
import { InstituteRepository } from '../../access/store/institute.repository.js';
import { InboxRepository } from '../../decisions/store/inbox.repository.js';
import { FollowRepository } from '../../notifications/store/follow.repository.js';
import { FeedRepository } from '../../spreadsheets/store/feed.repository.js';
import { LagRepository } from '../../harvest/store/lag.repository.js';
import { LearnedRepository } from '../../matching/store/learned.repository.js';
import { TransactionalMailRepository } from '../../outbox/store/transactional-mail.repository.js';
import { MatchRepository } from '../../matching/store/match.repository.js';
import { MatchWriter } from '../../matching/store/match-writer.js';
import { MessageRepository } from '../../notifications/store/message.repository.js';
import { NetworkRepository } from '../../network/store/network.repository.js';
import { NoteRepository } from '../../decisions/store/note.repository.js';
import { NotificationRepository } from '../../notifications/store/notification.repository.js';
import { BottomUpRepository } from '../../decisions/store/bottom-up.repository.js';
import { PastCallRepository } from '../../notifications/store/past-call.repository.js';
import { PairRepository } from '../../explain/store/pair.repository.js';
import { PartnerReadingRepository } from '../../harvest/store/partners/partner-reading.repository.js';
import { PartnerSearchRepository } from '../../harvest/store/partners/partner-search.repository.js';
import { PersonRepository } from '../../access/store/person.repository.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { ProfileVersionRepository } from '../../profiles/store/profile-version.repository.js';
import { CommentRepository } from '../../pipeline/store/comment.repository.js';
import { FiguresRepository } from '../../pipeline/store/figures.repository.js';
import { MilestoneRepository } from '../../pipeline/store/milestone.repository.js';
import { MilestoneTemplateRepository } from '../../pipeline/store/milestone-template.repository.js';
import { OpportunityRepository } from '../../pipeline/store/opportunity.repository.js';
import { ReminderRepository } from '../../pipeline/store/reminder.repository.js';
import { RecallSampleRepository } from '../../decisions/store/recall-sample.repository.js';
import { TakeUpRepository } from '../../pipeline/store/take-up.repository.js';
import { CockpitRepository } from '../../together/store/cockpit.repository.js';
import { PaperRepository } from '../../together/store/paper.repository.js';
import { InterestNewsRepository } from '../../together/store/interest-news.repository.js';
import { InterestRepository } from '../../together/store/interest.repository.js';
import { JointOpportunityRepository } from '../../together/store/joint-opportunity.repository.js';
import { ProposalReminderRepository } from '../../proposals/store/proposal-reminder.repository.js';
import { ProposalSettingsRepository } from '../../proposals/store/proposal-settings.repository.js';
import { ProposalRepository } from '../../proposals/store/proposal.repository.js';
import { ReaderLogRepository } from '../../matching/store/reader-log.repository.js';
import { ReadingRepository } from '../../matching/store/reading.repository.js';
import { RecentCallRepository } from '../../calls/store/recent-call.repository.js';
import { RecipientRepository } from '../../notifications/store/recipient.repository.js';
import { ResearcherRepository } from '../../proposals/store/researcher.repository.js';
import { ReviewRepository } from '../../decisions/store/review.repository.js';
import { RunRepository } from '../../harvest/store/run.repository.js';
import { SavedSearchRepository } from '../../decisions/store/saved-search.repository.js';
import { PasskeyRepository } from '../../access/store/passkey.repository.js';
import { IdentityRepository } from '../../access/store/identity.repository.js';
import { TranslationRepository } from '../../matching/store/translation.repository.js';
import { SessionRepository } from '../../access/store/session.repository.js';
import { SheetImportRepository } from '../../spreadsheets/store/sheet-import.repository.js';
import { SheetBidRepository } from '../../spreadsheets/store/sheet-bid.repository.js';
import { SheetRepository } from '../../spreadsheets/store/sheet.repository.js';
import { RowLevelSecurity } from '../../platform/database/row-level-security.js';
import { SettingRepository } from '../../platform/database/setting.repository.js';
import { SignInLinkRepository } from '../../access/store/sign-in-link.repository.js';
import { SourceListRepository } from '../../harvest/store/source-list.repository.js';
import { SourceCheckRepository } from '../../harvest/store/source-check.repository.js';
import { SourceObservation } from '../../harvest/store/source-observation.js';
import { SourcePastRepository } from '../../harvest/store/source-past.repository.js';
import { SourceRepository } from '../../harvest/store/source.repository.js';
import { DigestRepository } from '../../notifications/store/digest.repository.js';
import { PlanRepository } from '../../notifications/store/plan.repository.js';
import { RecipientFitRepository } from '../../notifications/store/recipient-fit.repository.js';
import { NotificationLog } from '../../notifications/store/notification-log.repository.js';
import { ValidatorRepository } from '../../harvest/store/validator.repository.js';
import { UnmatchedProfiles } from '../../matching/store/unmatched-profiles.repository.js';
import { MessagesOfPerson } from '../../access/store/messages-of-person.js';
import { MessagesOfLeaver } from '../../notifications/store/leaving.js';
import { MonitorStates } from '../../monitoring/store/monitor-states.js';
import { SourceKnowledge } from '../../monitoring/store/source-knowledge.js';
import { UnreadPairRepository } from '../../matching/store/unread-pair.repository.js';
import { VectorStore } from '../../matching/store/vector-store.js';
import { AuditRepository } from '../../audit/store/audit.repository.js';
import { MetricsRepository } from '../../monitoring/store/metrics.repository.js';
import { ErasureRepository } from '../../privacy/store/erasure.repository.js';
import { PersonalDataRepository } from '../../privacy/store/personal-data.repository.js';
import { RetentionRepository } from '../../privacy/store/retention.repository.js';
import { HeldSending } from '../../outbox/store/held-sending.js';
import { StoredSecrets } from './stored-secrets.js';

const REPOSITORIES = [
  AlarmOutbox,
  AlarmRepository,
  ApiKeyRepository,
  CallFitRepository,
  CallNeighbours,
  CallNoteRepository,
  CallRepository,
  CallRewrite,
  CallStore,
  ChangeRepository,
  CommentRepository,
  DeadlineRepository,
  DeliveryHealthRepository,
  DeliveryRepository,
  DocumentRepository,
  EventLog,
  ListedCalls,
  IdentityRepository,
  InstituteRepository,
  LagRepository,
  LearnedRepository,
  TransactionalMailRepository,
  PairRepository,
  PasskeyRepository,
  PastCallRepository,
  MatchRepository,
  MatchWriter,
  NotificationRepository,
  ProfileRepository,
  ProfileVersionRepository,
  PersonRepository,
  ProposalReminderRepository,
  ProposalSettingsRepository,
  FiguresRepository,
  MilestoneRepository,
  MilestoneTemplateRepository,
  OpportunityRepository,
  ReminderRepository,
  RecallSampleRepository,
  TakeUpRepository,
  CockpitRepository,
  InterestNewsRepository,
  InterestRepository,
  JointOpportunityRepository,
  PaperRepository,
  ProposalRepository,
  RecentCallRepository,
  RecipientRepository,
  ResearcherRepository,
  RunRepository,
  SessionRepository,
  TranslationRepository,
  SettingRepository,
  SignInLinkRepository,
  SourceCheckRepository,
  SourceListRepository,
  SourceObservation,
  SourcePastRepository,
  SourceRepository,
  UnmatchedProfiles,
  ValidatorRepository,
  InboxRepository,
  NoteRepository,
  BottomUpRepository,
  ReviewRepository,
  SavedSearchRepository,
  CalendarCallRepository,
  CalendarRepository,
  FeedRepository,
  FollowRepository,
  MessageRepository,
  MonitorStates,
  DigestRepository,
  PlanRepository,
  RecipientFitRepository,
  NotificationLog,
  NetworkRepository,
  SheetImportRepository,
  SheetBidRepository,
  SheetRepository,
  EmbeddingProgressRepository,
  EmbeddingRepository,
  VectorStore,
  ReaderLogRepository,
  ReadingRepository,
  UnreadPairRepository,
  HistoryImportRepository,
  HistoryRepository,
  ContactRepository,
  PartnerReadingRepository,
  PartnerSearchRepository,
  AuditRepository,
  HeldSending,
  MetricsRepository,
  ErasureRepository,
  PersonalDataRepository,
  RetentionRepository,
  RowLevelSecurity,
  StoredSecrets,
];

/** Ports declared by one capability and implemented by another one above it. */
const PORTS = [
  { provide: MessagesOfPerson, useClass: MessagesOfLeaver },
  { provide: SourceKnowledge, useExisting: SourceRepository },
];

/** The database and its repositories. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENVIRONMENT],
      useFactory: (env: Environment) => databaseOptions(env.DATABASE_URL!),
    }),
  ],
  providers: [...REPOSITORIES, ...PORTS],
  exports: [...REPOSITORIES, ...PORTS],
})
export class DatabaseModule {}
