import pTimeout from 'p-timeout';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CallFinder } from '../matching/call-finder.js';
import { Corpus } from '../matching/corpus.js';
import { ProfileSeed } from '../profiles/profile-seed.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { giveMemoryBack } from '../platform/memory.js';
import { update } from './update-database.js';
import { OperatorLogger } from '../platform/logging/logger.js';
import { Queues } from '../platform/queue/job.js';
import { Jobs, Workers } from '../platform/queue/job-runner.js';
import { Monitors, Ticker } from '../platform/schedule/ticker.js';
import { configureApi } from './api.js';
import { AppModule } from './app.module.js';
import type { Wiring } from './platform.module.js';

/**
 * Time that running jobs get to finish when the process is told to stop; everything must be over within ten
 * seconds.
 */
const GRACE_MS = 4_000;
/** Time that monitoring gets to finish its round. */
const PATIENCE_MS = 2_000;

/** Of the time between two ticks: whoever had the last turn may come a little early to the next. */
const TURN_SHARE = 0.9;

/** Builds a process's application on a migrated database; it is not yet listening or working. */
export async function build(wiring: Wiring, http: boolean): Promise<INestApplicationContext> {
  const logger = new OperatorLogger(wiring.env.LOG_LEVEL, wiring.env.LOG_FORMAT);
  // Nest does so too, but only after the migrations, which may have something to say.
  Logger.overrideLogger(logger);
  await update(wiring.env.DATABASE_URL!, wiring.env, wiring.version);
  const options = { logger, abortOnError: false, bufferLogs: false };
  const module = await AppModule.with(wiring, http);
  if (!http) return NestFactory.createApplicationContext(module, options);
  // Without the first option, a client in the middle of a request would block the stop.
  const app = await NestFactory.create(module, { forceCloseConnections: true, ...options });
  configureApi(app, wiring.version);
  return app.init();
}

/** Seeds the profiles and sets up the queues: the first process does it, and repeating it is harmless. */
export async function prepare(app: INestApplicationContext, wiring: Wiring): Promise<void> {
  await acrossInstitutes('the profiles of config/ are read in', () =>
    app.get(ProfileSeed).apply(wiring.institutes),
  );
  await app.get(Queues).ready();
}

/** Starts running jobs, checking for due work, and monitoring. */
export async function work(app: INestApplicationContext, wiring: Wiring): Promise<void> {
  await app.get(Workers).start();
  startMonitoring(app, wiring);
  const { tickSeconds } = wiring.settings.harvest;
  // One process of each version looks for all: a newer version may know of work that the others do not.
  const turn = () => app.get(SettingRepository).takeTurn(`tick ${wiring.version}`, tickSeconds * TURN_SHARE);
  app.get(Ticker).start(app.get(Jobs).due(), tickSeconds, { turn });
}

/**
 * Starts indexing the stored calls in the background, so that the first search or profile preview need not
 * wait for it.
 */
export function warm(app: INestApplicationContext): void {
  app.get(CallFinder).prepare();
}

/**
 * Reads the stored calls into a worker's memory, then gives the system back what starting has left unused.
 */
export async function warmWorker(app: INestApplicationContext): Promise<void> {
  await app.get(Corpus).refresh();
  giveMemoryBack();
}

/** Starts monitoring all that has to work. */
export function startMonitoring(app: INestApplicationContext, { works, settings }: Wiring): void {
  app.get(Monitors).start({ works, everySeconds: settings.monitoring.everySeconds });
}

/** Shuts the process down: no new work starts, running work finishes, then connections close. */
export async function end(app: INestApplicationContext): Promise<void> {
  // A mail server may be slow; an alarm that was being sent is sent by another process.
  const stopping = pTimeout(app.get(Monitors).stop(), { milliseconds: PATIENCE_MS, message: false });
  await app.get(Ticker).stop();
  await app.get(Workers).close(GRACE_MS);
  await stopping;
  await app.close();
}
