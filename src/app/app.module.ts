import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { RetentionProcessor } from '../privacy/retention.processor.js';
import { AuditModule } from '../audit/audit.module.js';
import { AccessModule } from '../access/access.module.js';
import { LeaveProcessor } from '../access/departure/leave.processor.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { CallsModule } from '../calls/calls.module.js';
import { EmbedProcessor } from '../matching/embedding/embed.processor.js';
import { EmbeddingModule } from '../matching/embedding/embedding.module.js';
import { HealthModule } from '../monitoring/health.module.js';
import { FundedProjectsModule } from '../funded-projects/funded-projects.module.js';
import { HarvestModule } from '../harvest/harvest.module.js';
import { AdvanceProcessor } from '../harvest/advance.processor.js';
import { CheckProcessor } from '../harvest/checks/check.processor.js';
import { FetchProcessor } from '../harvest/fetch.processor.js';
import { JudgeProcessor } from '../harvest/judge.processor.js';
import { ListProcessor } from '../harvest/lists/list.processor.js';
import { PartnersProcessor } from '../harvest/partners/partners.processor.js';
import { MatchProcessor } from '../matching/match.processor.js';
import { ReadProcessor } from '../matching/reading/read.processor.js';
import { ReadingModule } from '../matching/reading/reading.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { NetworkModule } from '../network/network.module.js';
import { DeliverProcessor } from '../notifications/deliver.processor.js';
import { ContactsProcessor } from '../notifications/contacts.processor.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { PlanProcessor } from '../notifications/plan.processor.js';
import { NotifyProcessor } from '../notifications/notify.processor.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { TransactionalMailProcessor } from '../outbox/transactional-mail.processor.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { RemindProcessor } from '../pipeline/remind.processor.js';
import { RemindResearcherProcessor } from '../proposals/remind-researcher.processor.js';
import { SampleProcessor } from '../decisions/sample.processor.js';
import { TakeUpProcessor } from '../pipeline/take-up.processor.js';
import { ProposalsModule } from '../proposals/proposals.module.js';
import { DecisionsModule } from '../decisions/decisions.module.js';
import { SpreadsheetsModule } from '../spreadsheets/spreadsheets.module.js';
import { AskContactsProcessor } from '../access/contact/ask-contacts.processor.js';
import { TogetherModule } from '../together/together.module.js';
import { TellInterestProcessor } from '../together/tell-interest.processor.js';
import { ExplainModule } from '../explain/explain.module.js';
import { ProfilesModule } from '../profiles/profiles.module.js';
import { MonitoringModule } from '../monitoring/monitoring.module.js';
import { DatabaseModule } from './database/database.module.js';
import { PagesModule } from './pages.module.js';
import type { Processor } from '../kernel/jobs.js';
import { Queues } from '../platform/queue/queues.js';
import { Workers, type QueueDriver } from '../platform/queue/workers.js';
import { Ticker } from '../platform/schedule/ticker.js';
import { ALARM_TICKER, HEARTBEAT_TICKER, QUEUE_DRIVER, MONITORING_TICKER } from '../platform/tokens.js';
import { PlatformModule, type Wiring } from './platform.module.js';

const FEATURES = [
  AuditModule,
  AccessModule,
  CalendarsModule,
  CallsModule,
  EmbeddingModule,
  HealthModule,
  FundedProjectsModule,
  HarvestModule,
  MatchingModule,
  NetworkModule,
  NotificationsModule,
  OutboxModule,
  ProfilesModule,
  PipelineModule,
  TogetherModule,
  ProposalsModule,
  DecisionsModule,
  ReadingModule,
  SpreadsheetsModule,
  MonitoringModule,
  ExplainModule,
  PrivacyModule,
];
const STAGES = [
  AdvanceProcessor,
  CheckProcessor,
  FetchProcessor,
  JudgeProcessor,
  ListProcessor,
  PartnersProcessor,
  MatchProcessor,
  EmbedProcessor,
  ReadProcessor,
  SampleProcessor,
  TakeUpProcessor,
  RemindProcessor,
  TellInterestProcessor,
  RemindResearcherProcessor,
  ContactsProcessor,
  PlanProcessor,
  NotifyProcessor,
  DeliverProcessor,
  AskContactsProcessor,
  LeaveProcessor,
  RetentionProcessor,
  TransactionalMailProcessor,
];

/**
 * The whole application. The same module serves the API, a worker, or both: what a process does depends on
 * which parts it starts.
 */
@Module({})
export class AppModule {
  static with(wiring: Wiring): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(wiring),
        // An alarm's mails are written in the same transaction.
        { module: DatabaseModule, global: true, imports: [MonitoringModule] },
        ScheduleModule.forRoot(),
        DiscoveryModule,
        ...FEATURES,
        PagesModule,
      ],
      providers: [
        Ticker,
        ...[MONITORING_TICKER, ALARM_TICKER, HEARTBEAT_TICKER].map((provide) => ({
          provide,
          inject: [SchedulerRegistry, Queues],
          useFactory: (registry: SchedulerRegistry, queues: Queues) => new Ticker(registry, queues),
        })),
        {
          provide: Workers,
          inject: [QUEUE_DRIVER, Queues, ...STAGES],
          useFactory: (driver: QueueDriver, queues: Queues, ...stages: Processor[]) =>
            driver.workers(queues, stages),
        },
      ],
    };
  }
}
