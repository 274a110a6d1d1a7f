import { Module } from '@nestjs/common';
import { AccessModule } from '../features/access/access.module.js';
import { CallsModule } from '../features/calls/calls.module.js';
import { IngestModule } from '../features/ingest/ingest.module.js';
import { MatchingModule } from '../features/matching/matching.module.js';
import { NetworkModule } from '../features/network/network.module.js';
import { ProfilesModule } from '../features/profiles/profiles.module.js';
import { ProposalsModule } from '../features/proposals/proposals.module.js';
import { ReviewsModule } from '../features/reviews/reviews.module.js';
import { SheetsModule } from '../features/sheets/sheets.module.js';
import { WatchModule } from '../features/watch/watch.module.js';
import { AccountPages } from './account/account.controller.js';
import { AnswerPages } from './answer/answer.controller.js';
import { CallPages } from './call/call.controller.js';
import { CallScreen } from './call/call-screen.js';
import { KnownOfCall } from './call/known.js';
import { NetworkSide } from './call/network-side.js';
import { OwnSide } from './call/own-side.js';
import { CallsPages } from './calls/calls.controller.js';
import { ChangesPages } from './calls/changes.controller.js';
import { DeadlinesPages } from './deadlines/deadlines.controller.js';
import { InboxPages } from './inbox/inbox.controller.js';
import { NotePages } from './inbox/notes.controller.js';
import { OpenToAllPages } from './inbox/open-to-all.controller.js';
import { SearchPages } from './inbox/searches.controller.js';
import { VerdictPages } from './inbox/verdicts.controller.js';
import { CoordinatorsPages } from './network/coordinators.controller.js';
import { InstitutesPages } from './network/institutes.controller.js';
import { PeoplePages } from './people/people.controller.js';
import { ProposePages } from './people/propose.controller.js';
import { ProfilePages } from './profile/profile.controller.js';
import { LearnedPages } from './profile/learned.controller.js';
import { StartPages } from './profile/start.controller.js';
import { ProfileVersionPages } from './profile/versions.controller.js';
import { ProfileYamlPages } from './profile/yaml.controller.js';
import { FeedPages } from './sheets/feed.controller.js';
import { SheetImportPages } from './sheets/import.controller.js';
import { SheetExportPages } from './sheets/sheet-exports.controller.js';
import { SheetsPages } from './sheets/sheets.controller.js';
import { HomePages } from './sign-in/home.controller.js';
import { SignInPages } from './sign-in/sign-in.controller.js';
import { SourcesPages } from './sources/sources.controller.js';
import { TeamPages } from './team/team.controller.js';

/** The pages, over the features' services. */
@Module({ imports: [AccessModule, CallsModule, IngestModule, MatchingModule, NetworkModule, ProfilesModule, ProposalsModule, ReviewsModule, WatchModule, SheetsModule], controllers: [AccountPages, AnswerPages, CallPages, CallsPages, ChangesPages, CoordinatorsPages, DeadlinesPages, FeedPages, HomePages, InboxPages, InstitutesPages, LearnedPages, NotePages, OpenToAllPages, PeoplePages, ProfilePages, ProfileVersionPages, ProfileYamlPages, ProposePages, SearchPages, SheetExportPages, SheetImportPages, SheetsPages, SignInPages, SourcesPages, StartPages, TeamPages, VerdictPages], providers: [CallScreen, KnownOfCall, NetworkSide, OwnSide] })
export class WebModule {}
