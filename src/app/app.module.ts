import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { AccessModule } from '../features/access/access.module.js';
import { LeaveStage } from '../features/access/departure/leave.stage.js';
import { CalendarsModule } from '../features/calendars/calendars.module.js';
import { CallsModule } from '../features/calls/calls.module.js';
import { EmbedStage } from '../features/embedding/embed.stage.js';
import { EmbeddingModule } from '../features/embedding/embedding.module.js';
import { HealthModule } from '../features/health/health.module.js';
import { HistoryModule } from '../features/history/history.module.js';
import { IngestModule } from '../features/ingest/ingest.module.js';
import { AdvanceStage } from '../features/ingest/advance.stage.js';
import { CheckStage } from '../features/ingest/check.stage.js';
import { FetchStage } from '../features/ingest/fetch.stage.js';
import { JudgeStage } from '../features/ingest/judge.stage.js';
import { ListStage } from '../features/ingest/list.stage.js';
import { PartnersStage } from '../features/ingest/partners/partners.stage.js';
import { MatchStage } from '../features/matching/match.stage.js';
import { MatchingModule } from '../features/matching/matching.module.js';
import { NetworkModule } from '../features/network/network.module.js';
import { DeliverStage } from '../features/notifications/deliver.stage.js';
import { ContactsStage } from '../features/notifications/contacts.stage.js';
import { NotificationsModule } from '../features/notifications/notifications.module.js';
import { PlanStage } from '../features/notifications/plan.stage.js';
import { TellStage } from '../features/notifications/tell.stage.js';
import { PostModule } from '../features/post/post.module.js';
import { PostStage } from '../features/post/post.stage.js';
import { ProposalsModule } from '../features/proposals/proposals.module.js';
import { ReviewsModule } from '../features/reviews/reviews.module.js';
import { SheetsModule } from '../features/sheets/sheets.module.js';
import { AskContactsStage } from '../features/profiles/ask-contacts.stage.js';
import { ProfilesModule } from '../features/profiles/profiles.module.js';
import { WatchModule } from '../features/watch/watch.module.js';
import { DatabaseModule } from '../persistence/database.module.js';
import { WebModule } from '../web/web.module.js';
import type { Stage } from '../domain/jobs.js';
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
