import { AlarmEntity } from '../../monitoring/store/alarm.entity.js';
import { ApiKeyEntity } from '../../access/store/api-key.entity.js';
import { CalendarEntity } from '../../calendars/store/calendar.entity.js';
import { CallNoteEntity } from '../../calls/store/call-note.entity.js';
import { CallVersionEntity } from '../../calls/store/call-version.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ContactChangeEntity } from '../../profiles/store/contact-change.entity.js';
import { ContactEntity } from '../../profiles/store/contact.entity.js';
import { EmbeddingProgressEntity } from '../../matching/store/embedding-progress.entity.js';
import { EmbeddingEntity } from '../../matching/store/embedding.entity.js';
import { EventEntity } from '../../calls/store/event.entity.js';
import { FeedEntity } from '../../spreadsheets/store/feed.entity.js';
import { FollowEntity } from '../../notifications/store/follow.entity.js';
import { HarvestRequestEntity } from '../../harvest/store/harvest-request.entity.js';
import { HarvestRunEntity } from '../../harvest/store/harvest-run.entity.js';
import { HistoryFileEntity } from '../../funded-projects/store/history-file.entity.js';
import { HistoryParticipantEntity } from '../../funded-projects/store/history-participant.entity.js';
import { HistoryProgressEntity } from '../../funded-projects/store/history-progress.entity.js';
import { HistoryProjectEntity } from '../../funded-projects/store/history-project.entity.js';
import { HistorySubjectEntity } from '../../funded-projects/store/history-subject.entity.js';
import { HistoryTopicEntity } from '../../funded-projects/store/history-topic.entity.js';
import { TransactionalMailEntity } from '../../outbox/store/transactional-mail.entity.js';
import { ListedTopicEntity } from '../../harvest/store/listed-topic.entity.js';
import { MatchEntity } from '../../matching/store/match.entity.js';
import { OwnMatchEntity } from '../../matching/store/own-match.entity.js';
import { CommentEntity } from '../../pipeline/store/comment.entity.js';
import { MilestoneTemplateEntity } from '../../pipeline/store/milestone-template.entity.js';
import { OpportunityEntity } from '../../pipeline/store/opportunity.entity.js';
import { OpportunityStepEntity } from '../../pipeline/store/opportunity-step.entity.js';
import { ReminderEntity } from '../../pipeline/store/reminder.entity.js';
import { NoteEntity } from '../../decisions/store/note.entity.js';
import { NotificationItemEntity } from '../../notifications/store/notification-item.entity.js';
import { NotificationEntity } from '../../notifications/store/notification.entity.js';
import { PartnerReadingEntity } from '../../harvest/store/partners/partner-reading.entity.js';
import { PartnerSearchEntity } from '../../harvest/store/partners/partner-search.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileVersionEntity } from '../../profiles/store/profile-version.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { ProposalSettingsEntity } from '../../proposals/store/proposal-settings.entity.js';
import { ProposalEntity } from '../../proposals/store/proposal.entity.js';
import { ReaderRequestEntity } from '../../matching/store/reader-request.entity.js';
import { ReaderStateEntity } from '../../matching/store/reader-state.entity.js';
import { ReadingEntity } from '../../matching/store/reading.entity.js';
import { RawDocumentEntity } from '../../harvest/store/raw-document.entity.js';
import { RecipientEntity } from '../../notifications/store/recipient.entity.js';
import { ResearcherEntity } from '../../proposals/store/researcher.entity.js';
import { ResearcherObjectionEntity } from '../../proposals/store/researcher-objection.entity.js';
import { RecallSampleEntity } from '../../decisions/store/recall-sample.entity.js';
import { ReviewEntity } from '../../decisions/store/review.entity.js';
import { SavedSearchEntity } from '../../decisions/store/saved-search.entity.js';
import { PasskeyEntity } from '../../access/store/passkey.entity.js';
import { IdentityEntity } from '../../access/store/identity.entity.js';
import { TranslationEntity } from '../../matching/store/translation.entity.js';
import { SessionEntity } from '../../access/store/session.entity.js';
import { SettingEntity } from '../../platform/database/setting.entity.js';
import { SourceRecordEntity } from '../../harvest/store/source-record.entity.js';
import { SignInLinkEntity } from '../../access/store/sign-in-link.entity.js';
import { SourceListEntity } from '../../harvest/store/source-list.entity.js';
import { SourceCheckEntity } from '../../harvest/store/source-check.entity.js';
import { SourceEntity } from '../../harvest/store/source.entity.js';
import { PreferenceDefaultsEntity } from '../../notifications/store/preference-defaults.entity.js';
import { ValidatorEntity } from '../../harvest/store/validator.entity.js';
import { AuditEntity } from '../../audit/store/audit.entity.js';
import { AuditNameEntity } from '../../audit/store/audit-name.entity.js';
import { InterestEntity } from '../../together/store/interest.entity.js';
import { JointStepEntity } from '../../together/store/joint-step.entity.js';
import { JointOpportunityEntity } from '../../together/store/joint-opportunity.entity.js';
import { PaperEntity } from '../../together/store/paper.entity.js';
import { WaitingSheetEntity } from '../../spreadsheets/store/waiting-sheet.entity.js';
import { MonitorEntity } from '../../monitoring/store/monitor.entity.js';

/** All entities. A glob would work from `dist` but not under the test runner. */
export const ENTITIES = [
  AlarmEntity,
  ApiKeyEntity,
  AuditEntity,
  AuditNameEntity,
  CalendarEntity,
  CallEntity,
  CallNoteEntity,
  CallVersionEntity,
  CommentEntity,
  EmbeddingEntity,
  EmbeddingProgressEntity,
  EventEntity,
  FeedEntity,
  FollowEntity,
  HarvestRequestEntity,
  HarvestRunEntity,
  HistoryFileEntity,
  HistoryParticipantEntity,
  HistoryProgressEntity,
  HistoryProjectEntity,
  HistorySubjectEntity,
  HistoryTopicEntity,
  InterestEntity,
  JointOpportunityEntity,
  JointStepEntity,
  TransactionalMailEntity,
  ListedTopicEntity,
  MatchEntity,
  OwnMatchEntity,
  MilestoneTemplateEntity,
  NoteEntity,
  NotificationItemEntity,
  NotificationEntity,
  OpportunityEntity,
  OpportunityStepEntity,
  PasskeyEntity,
  PersonEntity,
  ProfileEntity,
  ProfileVersionEntity,
  ProposalEntity,
  ProposalSettingsEntity,
  RawDocumentEntity,
  ReaderRequestEntity,
  ReaderStateEntity,
  ReadingEntity,
  RecipientEntity,
  ReminderEntity,
  ResearcherEntity,
  RecallSampleEntity,
  ResearcherObjectionEntity,
  ReviewEntity,
  SavedSearchEntity,
  IdentityEntity,
  SessionEntity,
  TranslationEntity,
  SettingEntity,
  SourceRecordEntity,
  SignInLinkEntity,
  SourceCheckEntity,
  SourceEntity,
  SourceListEntity,
  PreferenceDefaultsEntity,
  ValidatorEntity,
  MonitorEntity,
  ContactChangeEntity,
  ContactEntity,
  PaperEntity,
  PartnerReadingEntity,
  PartnerSearchEntity,
  WaitingSheetEntity,
];
