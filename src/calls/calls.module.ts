import { Module } from '@nestjs/common';
import { CallContextController } from './api/call-context.controller.js';
import { CallDossier } from './api/call-dossier.js';
import { CallEvents } from './call-events.js';
import { CallSearch } from './api/call-search.js';
import { CallsController } from './api/calls.controller.js';
import { HarvestModule } from '../harvest/harvest.module.js';
import { ChangesController } from './api/changes.controller.js';
import { DeadlineCalendar } from './deadline-calendar.js';
import { DeadlinesController } from './api/deadlines.controller.js';
import { MatchingModule } from '../matching/matching.module.js';

/** Calls, their events, and the documents that prove them. */
@Module({
  imports: [MatchingModule, HarvestModule],
  controllers: [CallsController, CallContextController, ChangesController, DeadlinesController],
  providers: [CallDossier, CallEvents, CallSearch, DeadlineCalendar],
  exports: [CallDossier, CallEvents, CallSearch, DeadlineCalendar],
})
export class CallsModule {}
