import { Global, Module } from '@nestjs/common';
import { CallContextController, CallsController } from './api/calls.controller.js';
import { CallDossier } from './api/call-dossier.js';
import { CallSearch } from './api/call-search.js';
import { ChangesController } from './api/changes.controller.js';
import { DeadlinesController } from './api/deadlines.controller.js';
import { CallEvents } from './call-events.js';
import { DeadlineCalendar } from './deadline-calendar.js';
import { BesidePages } from './pages/beside.controller.js';
import { CallPages, CallScreen } from './pages/call/call.controller.js';
import { InstituteCallContext, NetworkCallContext } from './pages/call/institute-context.js';
import { CallContext } from './pages/call/known.js';
import { CallsPages } from './pages/calls.controller.js';
import { ChangesPages } from './pages/changes.controller.js';
import { FindPages } from './pages/find/find.controller.js';
import { Finding } from './pages/find/finding.js';
import { CallNeighbours } from './store/call-neighbours.repository.js';
import { CallNoteRepository } from './store/call-note.repository.js';
import { CallRepository, ListedCalls, RecentCallRepository } from './store/call.repository.js';
import { ChangeRepository } from './store/change.repository.js';
import { DeadlineRepository } from './store/deadline.repository.js';
import { EventLog } from './store/event.repository.js';

const STORES = [
  CallNeighbours,
  CallNoteRepository,
  CallRepository,
  ChangeRepository,
  DeadlineRepository,
  EventLog,
  ListedCalls,
  RecentCallRepository,
];
const SERVICES = [
  CallContext,
  CallDossier,
  CallEvents,
  CallScreen,
  CallSearch,
  DeadlineCalendar,
  Finding,
  InstituteCallContext,
  NetworkCallContext,
];

/** Calls, their events, and the documents that prove them. */
@Global()
@Module({
  controllers: [
    CallsController,
    CallContextController,
    ChangesController,
    DeadlinesController,
    CallPages,
    BesidePages,
    CallsPages,
    ChangesPages,
    FindPages,
  ],
  providers: [...STORES, ...SERVICES],
  exports: [...STORES, ...SERVICES],
})
export class CallsModule {}
