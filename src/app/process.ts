import pTimeout from 'p-timeout';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CallFinder } from '../matching/call-finder.js';
import { DeliveryMonitor } from '../notifications/delivery-monitor.js';
import { ProfileSeed } from '../profiles/profile-seed.js';
import { AlarmDelivery } from '../monitoring/alarm-delivery.js';
import { DatabaseMonitor } from '../monitoring/database-monitor.js';
import { DiskMonitor } from '../monitoring/disk-monitor.js';
import { Heartbeat } from '../monitoring/heartbeat.js';
import { QueueMonitor } from '../monitoring/queue-monitor.js';
import { SourceMonitor } from '../harvest/source-monitor.js';
import { WorkerPulse } from '../monitoring/worker-pulse.js';
import { WorkerMonitor } from '../monitoring/worker-monitor.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { knownMigrations, migrate } from './database/data-source.js';
import { NewerVersion } from '../platform/database/old-code.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import type { ExternalEmbedder } from '../platform/embedding/external-embedder.js';
import { Gate } from '../platform/http/gate.js';
import type { HeartbeatAddress } from '../platform/http/heartbeat-address.js';
import { HostRateLimit } from '../platform/http/host-rate-limit.js';
import { OperatorLogger } from '../platform/logging/logger.js';
import { Queues } from '../platform/queue/queues.js';
import type { ChatReader } from '../platform/reader/chat-reader.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Workers } from '../platform/queue/workers.js';
import { Traces } from '../platform/telemetry/trace-collector.js';
import { Ticker, type DueCheck } from '../platform/schedule/ticker.js';
import {
  ALARM_TICKER,
  DELIVERY_FETCHER,
  EMBEDDER,
  FETCHER,
  HEARTBEAT,
  HEARTBEAT_TICKER,
  READER,
  MONITORING_TICKER,
} from '../platform/tokens.js';
import { configureApi } from './api.js';
import { AppModule } from './app.module.js';
import type { Wiring } from './platform.module.js';

/**
 * Time that running jobs get to finish when the process is told to stop; everything must be over within ten
 * seconds.
 */
const GRACE_MS = 4_000;
/** How often the database and the disks are checked, waiting alarms looked for, and the heartbeat's turn. */
const ALARM_SECONDS = 10;
/** A connection whose other end is gone does not close by itself. */
const CLOSE_MS = 2_000;

/** Builds a process's application on a migrated database; it is not yet listening or working. */
export async function build(wiring: Wiring, http: boolean): Promise<INestApplicationContext> {
  const logger = new OperatorLogger(wiring.env.LOG_LEVEL, wiring.env.LOG_FORMAT);
  // Nest does so too, but only after the migrations, which may have something to say.
  Logger.overrideLogger(logger);
  await migrate(wiring.env.DATABASE_URL!);
  const options = { logger, abortOnError: false, bufferLogs: false };
  const module = AppModule.with(wiring);
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
  app.get(Ticker).start(app.get(Jobs).due(), wiring.settings.harvest.tickSeconds);
}

/**
 * Starts indexing the stored calls in the background, so that the first search or profile preview need not
 * wait for it.
 */
export function warm(app: INestApplicationContext): void {
  app.get(CallFinder).prepare();
}

/** Shuts this process down cleanly with a failing exit status. */
function stopFor(why: Error): void {
  new Logger('Version').error(why.message);
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
}

/**
 * Starts monitoring all that has to work. Every process does, including the API: only another process
 * can notice that no worker runs. A working process also sends its sign of life.
 */
export function startMonitoring(app: INestApplicationContext, { works, settings }: Wiring): void {
  const checks = [SourceMonitor, QueueMonitor, WorkerMonitor, DeliveryMonitor].map((check) =>
    app.get<DueCheck>(check),
  );
  app
    .get<Ticker>(MONITORING_TICKER)
    .start(
      works ? [app.get(WorkerPulse), ...checks] : checks,
      settings.monitoring.everySeconds,
      'what is watched',
    );
  app.get<Ticker>(ALARM_TICKER).start(
    // Before the alarms, which a slow mail server may delay.
    [
      app.get(DatabaseMonitor),
      new NewerVersion(app.get(SettingRepository), knownMigrations(), stopFor),
      app.get(DiskMonitor),
      app.get(AlarmDelivery),
    ],
    Math.min(settings.monitoring.everySeconds, ALARM_SECONDS),
    'alarms to send',
  );
  app.get<Ticker>(HEARTBEAT_TICKER).start([app.get(Heartbeat)], ALARM_SECONDS, 'the heartbeat');
}

const atMost = (ms: number, work: Promise<unknown>): Promise<unknown> =>
  pTimeout(work, { milliseconds: ms, message: false });

/** Shuts the process down: no new work starts, running work finishes, then connections close. */
export async function end(app: INestApplicationContext): Promise<void> {
  // A mail server may be slow; an alarm that was being sent is sent by another process.
  const stopping = atMost(
    CLOSE_MS,
    Promise.all(
      [MONITORING_TICKER, ALARM_TICKER, HEARTBEAT_TICKER].map((ticker) => app.get<Ticker>(ticker).stop()),
    ),
  );
  await app.get(Ticker).stop();
  await app.get(Workers).close(GRACE_MS);
  await stopping;
  await app.close();
  await atMost(
    CLOSE_MS,
    Promise.allSettled([
      app.get(Queues).close(),
      app.get(HostRateLimit).close(),
      app.get<Gate>(FETCHER).close(),
      app.get<Gate>(DELIVERY_FETCHER).close(),
      app.get<HeartbeatAddress | null>(HEARTBEAT)?.close(),
      app.get<ExternalEmbedder | null>(EMBEDDER)?.close(),
      app.get<ChatReader | null>(READER)?.close(),
    ]),
  );
  await atMost(CLOSE_MS, app.get(Traces).close());
}

/** Runs `stop` once on SIGTERM or SIGINT and exits; a second signal, or ten seconds, exits at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const handle = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), 9_500).unref();
    stop().then(
      () => process.exit(),
      (error: Error) => {
        new Logger('Stop').error(error.message);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}
