import { Module } from '@nestjs/common';
import { CallContextController } from './api/call-context.controller.js';
import { CallDossier } from './call-dossier.js';
import { CallEvents } from './call-events.js';
import { CallSearch } from './call-search.js';
import { CallsController } from './api/calls.controller.js';
import { ChangesController } from './api/changes.controller.js';
import { DeadlineCalendar } from './deadline-calendar.js';
import { DeadlinesController } from './api/deadlines.controller.js';
import { DocumentsController } from './api/documents.controller.js';
import { PartnerSearchesController } from './api/partner-searches.controller.js';
import { PartnerSearchesOfCalls } from './partner-searches.js';

/** Calls, what happened to them, and the documents that show it. */
@Module({
  controllers: [
    CallsController,
    CallContextController,
    ChangesController,
    DeadlinesController,
    DocumentsController,
    PartnerSearchesController,
  ],
  providers: [CallDossier, CallEvents, CallSearch, DeadlineCalendar, PartnerSearchesOfCalls],
  exports: [CallDossier, CallEvents, CallSearch, DeadlineCalendar, PartnerSearchesOfCalls],
})
export class CallsModule {}
