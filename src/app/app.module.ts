import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BackupsModule } from '../backups/backups.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { CallsModule } from '../calls/calls.module.js';
import { DecisionsModule } from '../decisions/decisions.module.js';
import { ExplainModule } from '../explain/explain.module.js';
import { FundedProjectsModule } from '../funded-projects/funded-projects.module.js';
import { HarvestModule } from '../harvest/harvest.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { MonitoringModule } from '../monitoring/monitoring.module.js';
import { NetworkModule } from '../network/network.module.js';
import { NewslettersModule } from '../newsletters/newsletters.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { ProfilesModule } from '../profiles/profiles.module.js';
import { ProposalsModule } from '../proposals/proposals.module.js';
import { SpreadsheetsModule } from '../spreadsheets/spreadsheets.module.js';
import { PlatformModule, type Wiring } from './platform.module.js';

/**
 * The whole application: its modules, and nothing else. The same module serves the API, a worker, or both:
 * what a process does depends on which parts it starts.
 */
@Module({})
export class AppModule {
  static async with(wiring: Wiring, http: boolean): Promise<DynamicModule> {
    // No job needs them, and their library takes 5 MB: what answers no requests does without.
    const assistants = http ? [(await import('../mcp/mcp.module.js')).McpModule] : [];
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(wiring),
        AuditModule,
        OutboxModule,
        // Before the calls: `/calls/like` would be taken for the page of a call.
        ExplainModule,
        CallsModule,
        ProfilesModule,
        AccessModule,
        FundedProjectsModule,
        MonitoringModule,
        BackupsModule,
        HarvestModule,
        MatchingModule,
        DecisionsModule,
        ProposalsModule,
        PipelineModule,
        NetworkModule,
        NotificationsModule,
        CalendarsModule,
        SpreadsheetsModule,
        NewslettersModule,
        PrivacyModule,
        ...assistants,
      ],
    };
  }
}
