import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { CallsModule } from '../calls/calls.module.js';
import { FundedProjectsModule } from '../funded-projects/funded-projects.module.js';
import { HarvestModule } from '../harvest/harvest.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { NetworkModule } from '../network/network.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { ExplainModule } from '../explain/explain.module.js';
import { ProfilesModule } from '../profiles/profiles.module.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { ProposalsModule } from '../proposals/proposals.module.js';
import { DecisionsModule } from '../decisions/decisions.module.js';
import { SpreadsheetsModule } from '../spreadsheets/spreadsheets.module.js';
import { MonitoringModule } from '../monitoring/monitoring.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { PersonalDataPages } from '../privacy/pages/personal-data.controller.js';
import { PrivacyPages } from '../privacy/pages/privacy.controller.js';
import { AuditModule } from '../audit/audit.module.js';
import { AuditPages } from '../audit/pages/audit.controller.js';
import { AccountPages } from '../access/pages/account/account.controller.js';
import { AnswerPages } from '../proposals/pages/answer/answer.controller.js';
import { CallPages } from '../calls/pages/call/call.controller.js';
import { CallScreen } from '../calls/pages/call/call-screen.js';
import { CallContext } from '../calls/pages/call/known.js';
import { NetworkCallContext } from '../calls/pages/call/network-context.js';
import { InstituteCallContext } from '../calls/pages/call/institute-context.js';
import { BesidePages } from '../calls/pages/beside.controller.js';
import { SamplePages } from '../ui/samples/samples.controller.js';
import { CallsPages } from '../calls/pages/calls.controller.js';
import { ChannelsPages } from '../notifications/pages/channels/channels.controller.js';
import { ChangesPages } from '../calls/pages/changes.controller.js';
import { CalendarLists } from '../calendars/pages/calendar-lists.js';
import { CalendarPages } from '../calendars/pages/calendars.controller.js';
import { DeadlinesPages } from '../calendars/pages/deadlines.controller.js';
import { InboxPages } from '../decisions/pages/inbox.controller.js';
import { NotePages } from '../decisions/pages/notes.controller.js';
import { BottomUpPages, MovedBottomUp } from '../decisions/pages/bottom-up.controller.js';
import { SearchPages } from '../decisions/pages/searches.controller.js';
import { FindPages } from '../calls/pages/find/find.controller.js';
import { Finding } from '../calls/pages/find/finding.js';
import { DecidePages } from '../decisions/pages/decide.controller.js';
import { RecallSamplePages } from '../decisions/pages/recall-sample.controller.js';
import { VerdictPages } from '../decisions/pages/verdicts.controller.js';
import { ContactLinkPages } from '../profiles/pages/contacts/contact-link.controller.js';
import { ContactsPages } from '../profiles/pages/contacts/contacts.controller.js';
import { CoordinatorsPages } from '../access/pages/institutes/coordinators.controller.js';
import { InstitutesPages } from '../access/pages/institutes/institutes.controller.js';
import { OutboxPages } from '../notifications/pages/outbox/outbox.controller.js';
import { PeoplePages } from '../proposals/pages/people.controller.js';
import { FiguresPages } from '../pipeline/pages/figures.controller.js';
import { OpportunityPages } from '../pipeline/pages/opportunity.controller.js';
import { OpportunityScreen } from '../pipeline/pages/opportunity-screen.js';
import { CommentPages } from '../pipeline/pages/comments.controller.js';
import { TaskPages } from '../pipeline/pages/tasks.controller.js';
import { PipelinePages } from '../pipeline/pages/pipeline.controller.js';
import { TemplatePages } from '../pipeline/pages/template.controller.js';
import { BriefPages } from '../proposals/pages/brief.controller.js';
import { ProposePages } from '../proposals/pages/propose.controller.js';
import { ProposeScreen } from '../proposals/pages/propose-screen.js';
import { SeveralPages } from '../proposals/pages/several.controller.js';
import { ProfilePages } from '../profiles/pages/profile.controller.js';
import { LearnedPages } from '../matching/pages/learned.controller.js';
import { StartPages } from '../profiles/pages/start/start.controller.js';
import { TrackRecordPages } from '../funded-projects/pages/track-record.controller.js';
import { ProfileVersionPages } from '../profiles/pages/versions.controller.js';
import { ProfileYamlPages } from '../profiles/pages/yaml.controller.js';
import { FeedPages } from '../spreadsheets/pages/feed.controller.js';
import { SheetImportPages } from '../spreadsheets/pages/import.controller.js';
import { SheetExportPages } from '../spreadsheets/pages/sheet-exports.controller.js';
import { SheetsPages } from '../spreadsheets/pages/sheets.controller.js';
import { ConfirmPages } from '../access/pages/sign-in/confirm.controller.js';
import { HomePages } from '../access/pages/sign-in/home.controller.js';
import { PasskeyPages } from '../access/pages/passkeys/passkey.controller.js';
import { SignInPages } from '../access/pages/sign-in/sign-in.controller.js';
import { SignOnPages } from '../access/pages/sign-in/sign-on.controller.js';
import { SourcesPages } from '../harvest/pages/sources.controller.js';
import { TeamPages } from '../access/pages/team/team.controller.js';
import { MyPreferencesPages } from '../notifications/pages/preferences/my-preferences.controller.js';
import {
  MovedPreferencesLink,
  PreferencesLinkPages,
} from '../notifications/pages/preferences/preferences-link.controller.js';
import { PreferencesScreen } from '../notifications/pages/preferences/preferences-screen.js';
import { ReaderPages } from '../matching/pages/reader.controller.js';
import { ReadingModule } from '../matching/reading/reading.module.js';
import { CallsLikePages } from '../explain/pages/calls-like.controller.js';
import { GroupPages } from '../together/pages/groups.controller.js';
import { MatrixPages } from '../together/pages/matrix.controller.js';
import { PaperPages } from '../together/pages/papers.controller.js';
import { ParticipationPages } from '../together/pages/participation.controller.js';
import { ReadPaperPages } from '../together/pages/read-paper.controller.js';
import { InterestPages } from '../together/pages/interest.controller.js';
import { JointScreen } from '../together/pages/joint-screen.js';
import { JointPages } from '../together/pages/joint.controller.js';
import { NetworkJointPages } from '../together/pages/network-joint.controller.js';
import { TogetherModule } from '../together/together.module.js';
import { TopicTestPages } from '../explain/pages/topic-test.controller.js';
import { WhyPages } from '../explain/pages/why.controller.js';

/** The pages, on top of the features' services. */
@Module({
  imports: [
    AuditModule,
    PrivacyModule,
    AccessModule,
    CalendarsModule,
    CallsModule,
    FundedProjectsModule,
    HarvestModule,
    MatchingModule,
    NetworkModule,
    NotificationsModule,
    PipelineModule,
    ProfilesModule,
    ProposalsModule,
    DecisionsModule,
    ReadingModule,
    MonitoringModule,
    SpreadsheetsModule,
    TogetherModule,
    ExplainModule,
  ],
  controllers: [
    AuditPages,
    PersonalDataPages,
    PrivacyPages,
    AccountPages,
    AnswerPages,
    CalendarPages,
    // Before the page of a call, which would match its path.
    CallsLikePages,
    CallPages,
    BesidePages,
    CallsPages,
    SamplePages,
    ChangesPages,
    ChannelsPages,
    ConfirmPages,
    // Before the sign-in links, which would match its path.
    PasskeyPages,
    ContactLinkPages,
    ContactsPages,
    CoordinatorsPages,
    DeadlinesPages,
    FeedPages,
    FindPages,
    HomePages,
    InboxPages,
    InstitutesPages,
    InterestPages,
    JointPages,
    NetworkJointPages,
    GroupPages,
    MatrixPages,
    PaperPages,
    ParticipationPages,
    ReadPaperPages,
    LearnedPages,
    MyPreferencesPages,
    NotePages,
    BottomUpPages,
    BriefPages,
    MovedBottomUp,
    OutboxPages,
    FiguresPages,
    OpportunityPages,
    CommentPages,
    TaskPages,
    PeoplePages,
    PipelinePages,
    TemplatePages,
    ProfilePages,
    ProfileVersionPages,
    ProfileYamlPages,
    ProposePages,
    SeveralPages,
    ReaderPages,
    SearchPages,
    SheetExportPages,
    SheetImportPages,
    SheetsPages,
    SignInPages,
    SignOnPages,
    SourcesPages,
    StartPages,
    TeamPages,
    PreferencesLinkPages,
    MovedPreferencesLink,
    TopicTestPages,
    TrackRecordPages,
    DecidePages,
    RecallSamplePages,
    VerdictPages,
    WhyPages,
  ],
  providers: [
    CalendarLists,
    CallScreen,
    Finding,
    JointScreen,
    CallContext,
    NetworkCallContext,
    InstituteCallContext,
    OpportunityScreen,
    PreferencesScreen,
    ProposeScreen,
  ],
})
export class PagesModule {}
