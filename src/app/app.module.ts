import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { AccessModule } from '../access/access.module.js';
import { LeaveStage } from '../access/departure/leave.stage.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { CallsModule } from '../calls/calls.module.js';
import { EmbedStage } from '../matching/embedding/embed.stage.js';
import { EmbeddingModule } from '../matching/embedding/embedding.module.js';
import { HealthModule } from '../monitoring/health.module.js';
import { HistoryModule } from '../funded-projects/funded-projects.module.js';
import { IngestModule } from '../harvest/harvest.module.js';
import { AdvanceStage } from '../harvest/advance.stage.js';
import { CheckStage } from '../harvest/checks/check.stage.js';
import { FetchStage } from '../harvest/fetch.stage.js';
import { JudgeStage } from '../harvest/judge.stage.js';
import { ListStage } from '../harvest/lists/list.stage.js';
import { PartnersStage } from '../harvest/partners/partners.stage.js';
import { MatchStage } from '../matching/match.stage.js';
import { MatchingModule } from '../matching/matching.module.js';
import { NetworkModule } from '../network/network.module.js';
import { DeliverStage } from '../notifications/deliver.stage.js';
import { ContactsStage } from '../notifications/contacts.stage.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { PlanStage } from '../notifications/plan.stage.js';
import { TellStage } from '../notifications/tell.stage.js';
import { PostModule } from '../notifications/transactional/post.module.js';
import { PostStage } from '../notifications/transactional/post.stage.js';
import { ProposalsModule } from '../proposals/proposals.module.js';
import { ReviewsModule } from '../decisions/decisions.module.js';
import { SheetsModule } from '../spreadsheets/spreadsheets.module.js';
import { AskContactsStage } from '../profiles/contacts/ask-contacts.stage.js';
import { ProfilesModule } from '../profiles/profiles.module.js';
import { WatchModule } from '../monitoring/monitoring.module.js';
import { DatabaseModule } from './database/database.module.js';
import { WebModule } from './pages.module.js';
import type { Stage } from '../kernel/jobs.js';
import { Queues } from '../platform/queue/queues.js';
import { Workers, type QueueDriver } from '../platform/queue/workers.js';
import { Ticker } from '../platform/schedule/ticker.js';
import { ALARM_TICKER, QUEUE_DRIVER, WATCH_TICKER } from '../platform/tokens.js';
import { ProfileWarningsModule } from './profile-warnings.module.js';
import { PlatformModule, type Wiring } from './platform.module.js';

const FEATURES = [
  AccessModule, CalendarsModule, CallsModule, EmbeddingModule, HealthModule, HistoryModule, IngestModule, MatchingModule, NetworkModule, NotificationsModule, PostModule, ProfilesModule, ProposalsModule, ReviewsModule,
  SheetsModule, WatchModule,
];
const STAGES = [AdvanceStage, CheckStage, FetchStage, JudgeStage, ListStage, PartnersStage, MatchStage, EmbedStage, ContactsStage, PlanStage, TellStage, DeliverStage, AskContactsStage, LeaveStage, PostStage];

/** All of it. The same module serves the API, a worker, and both in one: what a process does is what is started of it. */
@Module({})
export class AppModule {
  static with(wiring: Wiring): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(wiring), { module: DatabaseModule, global: true }, { module: ProfileWarningsModule, global: true }, ScheduleModule.forRoot(), DiscoveryModule, ...FEATURES, WebModule],
      providers: [
        Ticker,
        ...[WATCH_TICKER, ALARM_TICKER].map((provide) => ({
          provide, inject: [SchedulerRegistry, Queues], useFactory: (registry: SchedulerRegistry, queues: Queues) => new Ticker(registry, queues),
        })),
        {
          provide: Workers,
          inject: [QUEUE_DRIVER, Queues, ...STAGES],
          useFactory: (driver: QueueDriver, queues: Queues, ...stages: Stage[]) => driver.workers(queues, stages),
        },
      ],
    };
  }
}
