import { AlarmEntity } from './entities/alarm.entity.js';
import { ApiKeyEntity } from './entities/api-key.entity.js';
import { CalendarEntity } from './entities/calendar.entity.js';
import { CallNoteEntity } from './entities/call-note.entity.js';
import { CallVersionEntity } from './entities/call-version.entity.js';
import { CallEntity } from './entities/call.entity.js';
import { ContactChangeEntity } from './entities/contact-change.entity.js';
import { ContactEntity } from './entities/contact.entity.js';
import { EmbeddingProgressEntity } from './entities/embedding-progress.entity.js';
import { EmbeddingEntity } from './entities/embedding.entity.js';
import { EventEntity } from './entities/event.entity.js';
import { FeedEntity } from './entities/feed.entity.js';
import { FollowEntity } from './entities/follow.entity.js';
import { HarvestRequestEntity } from './entities/harvest-request.entity.js';
import { HarvestRunEntity } from './entities/harvest-run.entity.js';
import { HistoryFileEntity } from './entities/history-file.entity.js';
import { HistoryParticipantEntity } from './entities/history-participant.entity.js';
import { HistoryProgressEntity } from './entities/history-progress.entity.js';
import { HistoryProjectEntity } from './entities/history-project.entity.js';
import { HistorySubjectEntity } from './entities/history-subject.entity.js';
import { HistoryTopicEntity } from './entities/history-topic.entity.js';
import { LetterEntity } from './entities/letter.entity.js';
import { ListedTopicEntity } from './entities/listed-topic.entity.js';
import { MatchEntity } from './entities/match.entity.js';
import { NoteEntity } from './entities/note.entity.js';
import { NoticeEntity } from './entities/notice.entity.js';
import { NotificationEntity } from './entities/notification.entity.js';
import { PartnerReadingEntity } from './entities/partner-reading.entity.js';
import { PartnerSearchEntity } from './entities/partner-search.entity.js';
import { PersonEntity } from './entities/person.entity.js';
import { ProfileVersionEntity } from './entities/profile-version.entity.js';
import { ProfileEntity } from './entities/profile.entity.js';
import { ProposalEntity } from './entities/proposal.entity.js';
import { RawDocumentEntity } from './entities/raw-document.entity.js';
import { RecipientEntity } from './entities/recipient.entity.js';
import { ResearcherEntity } from './entities/researcher.entity.js';
import { ReviewEntity } from './entities/review.entity.js';
import { SavedSearchEntity } from './entities/saved-search.entity.js';
import { SessionEntity } from './entities/session.entity.js';
import { SettingEntity } from './entities/setting.entity.js';
import { SightingEntity } from './entities/sighting.entity.js';
import { SignInLinkEntity } from './entities/sign-in-link.entity.js';
import { SourceListEntity } from './entities/source-list.entity.js';
import { SourceCheckEntity } from './entities/source-check.entity.js';
import { SourceEntity } from './entities/source.entity.js';
import { TellingDefaultsEntity } from './entities/telling-defaults.entity.js';
import { ValidatorEntity } from './entities/validator.entity.js';
import { WatchEntity } from './entities/watch.entity.js';

/** Every table of ours. A glob would work from `dist` but not under the test runner. */
export const ENTITIES = [
  AlarmEntity, ApiKeyEntity, CalendarEntity, CallEntity, CallNoteEntity, CallVersionEntity, EmbeddingEntity, EmbeddingProgressEntity, EventEntity, FeedEntity, FollowEntity, HarvestRequestEntity, HarvestRunEntity, HistoryFileEntity,
  HistoryParticipantEntity, HistoryProgressEntity, HistoryProjectEntity, HistorySubjectEntity, HistoryTopicEntity, LetterEntity, ListedTopicEntity, MatchEntity, NoteEntity, NoticeEntity,
  NotificationEntity, PersonEntity, ProfileEntity, ProfileVersionEntity, ProposalEntity, RawDocumentEntity, RecipientEntity, ResearcherEntity,
  ReviewEntity, SavedSearchEntity, SessionEntity, SettingEntity, SightingEntity, SignInLinkEntity, SourceCheckEntity, SourceEntity, SourceListEntity, TellingDefaultsEntity, ValidatorEntity,
  WatchEntity, ContactChangeEntity, ContactEntity, PartnerReadingEntity, PartnerSearchEntity,
];
