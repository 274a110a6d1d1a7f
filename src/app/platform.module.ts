import pTimeout from 'p-timeout';
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import {
  APP_FILTER,
  APP_GUARD,
  APP_INTERCEPTOR,
  APP_PIPE,
  DiscoveryModule,
  DiscoveryService,
  MetadataScanner,
} from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { MatchingModel } from '../matching/domain/scoring/matcher.js';
import type { Channel } from '../notifications/domain/delivery/channel.js';
import { Traces } from '../platform/telemetry/trace-collector.js';
import type { Clock } from '../kernel/ports.js';
import { SOURCES, trustedOrigins, type Source } from '../harvest/source-registry.js';
import { CHANNELS } from '../notifications/channel-registry.js';
import { TRIAL_RESTORE, type TrialRestore } from '../backups/backups.js';
import { RateLimit } from '../platform/access/rate-limit.js';
import { allRoutes, RuleGuard } from '../platform/access/rule.js';
import { HeavyAnswers, HeavyAnswersInterceptor } from '../platform/api/limits.js';
import { InputPipe } from '../platform/api/input.pipe.js';
import type { Environment } from '../platform/config/environment.js';
import type { InstituteFile } from '../profiles/domain/profile.js';
import type { Settings } from '../platform/config/settings.js';
import { SystemClock } from '../platform/clock.js';
import { DatabasePulse } from '../platform/database/database-pulse.js';
import { embedderOf } from '../platform/embedding/embedder-of.js';
import { Gate } from '../platform/http/gate.js';
import { HostRateLimit, type RequestLimiter } from '../platform/http/host-rate-limit.js';
import { PRODUCT_TOKEN } from '../platform/http/robots.js';
import { IdentityProviders } from '../platform/sign-on/identity-providers.js';
import { heartbeatOf } from '../platform/http/heartbeat-address.js';
import { Certificates, tlsServers } from '../platform/metrics/metrics.js';
import { mailerOf } from '../platform/mail/mailer-of.js';
import { LanguageModel } from '../platform/reader/language-model.js';
import { bullmqDriver } from '../platform/queue/bullmq/bullmq-driver.js';
import { JobRunner, Jobs, type QueueDriver, Workers } from '../platform/queue/job-runner.js';
import { Queues } from '../platform/queue/job.js';
import { Monitors, Ticker } from '../platform/schedule/ticker.js';
import { RowLevelSecurity } from '../platform/database/row-scope.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { AnswerInterceptor } from '../ui/answer.js';
import { databaseOptions } from './database/data-source.js';
import { tryRestore } from './database/restore.js';
import { NewerVersionMonitor } from './database/newer-version-monitor.js';
import { ProblemFilter } from './problem-filter.js';
import { sendUnavailable } from './unavailable.js';
import { SecretBox, secretBoxOf } from '../platform/secrets/secret-box.js';
import {
  APP_VERSION,
  MAILER,
  CHANNEL_NAMES,
  CLOCK,
  DELIVERY_FETCHER,
  EMBEDDER,
  ENVIRONMENT,
  FETCHER,
  HEARTBEAT,
  MATCHING_MODEL,
  QUEUE_DRIVER,
  SETTINGS,
  SOURCE_NAMES,
} from '../platform/tokens.js';

/** What a process is started with, read and validated before anything else is built. */
export interface Wiring {
  env: Environment & { warnings: string[] };
  settings: Settings;
  institutes: InstituteFile[];
  model: MatchingModel;
  sources: Source[];
  channels: Channel[];
  version: string;
  /** Whether this process runs jobs; an API process only adds them. */
  works: boolean;
  /** Replaces the machine's clock in tests. */
  clock?: Clock;
  /** Replaces BullMQ in tests, which run jobs themselves. */
  queue?: QueueDriver;
  /** Replaces the limiter that all processes share in the database. */
  rateLimit?: RequestLimiter;
}

/** What each request passes on its way to a controller, and what an error becomes. */
const OF_REQUESTS: Provider[] = [
  { provide: APP_GUARD, useClass: RuleGuard },
  // Before the interceptor of the audit log: whoever is refused for now has exported nothing.
  { provide: APP_INTERCEPTOR, useClass: HeavyAnswersInterceptor },
  { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
  { provide: APP_PIPE, useClass: InputPipe },
  {
    provide: APP_FILTER,
    inject: [DatabasePulse, DiscoveryService, MetadataScanner],
    useFactory: (database: DatabasePulse, discovery: DiscoveryService, scanner: MetadataScanner) =>
      new ProblemFilter(
        (...failed) => void sendUnavailable(database, ...failed),
        () => allRoutes(discovery, scanner),
      ),
  },
];

/** What runs jobs and looks for what is due. */
const OF_WORK: Provider[] = [
  Jobs,
  JobRunner,
  {
    provide: Workers,
    inject: [QUEUE_DRIVER, Queues, JobRunner],
    useFactory: (driver: QueueDriver, queues: Queues, runner: JobRunner) => driver.workers(queues, runner),
  },
  Ticker,
  Monitors,
  NewerVersionMonitor,
  RowLevelSecurity,
  SettingRepository,
];

/** A connection whose other end is gone does not close by itself. */
const CLOSE_MS = 2_000;

const MEGABYTE = 1_000_000;

/** The user agent, size limit and proxy for every host. */
const limits = ({ env, settings, version }: Wiring) => ({
  userAgent: `${PRODUCT_TOKEN}/${version} (+${settings.http.contact ?? env.PUBLIC_URL})`,
  maxBytes: settings.http.maxMegabytes * MEGABYTE,
  proxy: env.HTTPS_PROXY ? { url: env.HTTPS_PROXY, except: env.NO_PROXY ?? [] } : undefined,
});

/** Returns the gate to the sources, which delays requests according to `rateLimit`. */
export const sourceGate = (wiring: Wiring, clock: Clock, rateLimit: RequestLimiter): Gate =>
  new Gate(
    {
      ...limits(wiring),
      trustedOrigins: trustedOrigins(wiring.sources),
      timeoutMs: wiring.settings.http.timeoutSeconds * 1_000,
      maxRedirects: wiring.settings.http.maxRedirects,
      robots: wiring.settings.http.robots,
      requestsPerMinute: wiring.settings.http.requestsPerMinute,
    },
    { now: () => clock.now().getTime(), ...(wiring.settings.http.rateLimit && { rateLimit }) },
  );

const DELIVERY_MS = 10_000;

/**
 * The gate to webhook addresses given by people: their hosts want the messages, so there is no robots.txt
 * check, and only Retry-After limits the rate.
 */
const deliveryGate = (wiring: Wiring): Gate =>
  new Gate({
    ...limits(wiring),
    trustedOrigins: wiring.env.WEBHOOK_TRUSTED_ORIGINS ?? [],
    onlyStatus: true,
    timeoutMs: DELIVERY_MS,
    maxRedirects: 0,
    robots: false,
    requestsPerMinute: 1,
  });

interface Closable {
  close(): Promise<unknown>;
}
/** Waits for connections to close, but not for ever, and whether or not one of them fails to. */
const closed = (connections: readonly Closable[]): Promise<unknown> =>
  pTimeout(Promise.allSettled(connections.map((one) => one.close())), {
    milliseconds: CLOSE_MS,
    message: false,
  });

/** Access to the outside: configuration, clock, gate, mail, database, queue. */
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  private readonly connections: Closable[];

  constructor(
    queues: Queues,
    rateLimit: HostRateLimit,
    @Inject(FETCHER) sources: Closable,
    @Inject(DELIVERY_FETCHER) delivery: Closable,
    @Inject(HEARTBEAT) heartbeat: Closable | null,
    @Inject(EMBEDDER) embedder: Closable | null,
    reader: LanguageModel,
    private readonly traces: Traces,
  ) {
    this.connections = [queues, rateLimit, sources, delivery, heartbeat, embedder, reader].filter(
      (one) => one !== null,
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await closed(this.connections);
    await closed([this.traces]);
  }

  static with(wiring: Wiring): DynamicModule {
    const { env, settings, sources } = wiring;
    const channels = wiring.channels.map((c) => c.id);
    const providers: Provider[] = [
      { provide: ENVIRONMENT, useValue: env },
      { provide: SETTINGS, useValue: settings },
      { provide: APP_VERSION, useValue: wiring.version },
      { provide: TRIAL_RESTORE, useValue: tryRestore satisfies TrialRestore },
      { provide: MATCHING_MODEL, useValue: wiring.model },
      { provide: SOURCES, useValue: sources },
      { provide: CHANNELS, useValue: wiring.channels },
      {
        provide: SOURCE_NAMES,
        useValue: new Map(
          sources.map(({ id, name, frenchName }) => [id, { en: name, fr: frenchName ?? name }]),
        ),
      },
      { provide: CHANNEL_NAMES, useValue: new Map(wiring.channels.map((c) => [c.id, c.name])) },
      { provide: CLOCK, useFactory: () => wiring.clock ?? new SystemClock(env.CLOCK) },
      {
        provide: FETCHER,
        inject: [CLOCK, HostRateLimit],
        useFactory: (clock: Clock, rateLimit: HostRateLimit) =>
          sourceGate(wiring, clock, wiring.rateLimit ?? rateLimit),
      },
      { provide: DELIVERY_FETCHER, useFactory: () => deliveryGate(wiring) },
      { provide: MAILER, inject: [CLOCK], useFactory: (clock: Clock) => mailerOf(env, clock) },
      { provide: EMBEDDER, useFactory: () => embedderOf(env, limits(wiring)) },
      { provide: LanguageModel, useFactory: () => new LanguageModel(env, limits(wiring)) },
      { provide: HEARTBEAT, useFactory: () => heartbeatOf(env, limits(wiring)) },
      { provide: Certificates, useFactory: () => new Certificates(tlsServers(env)) },
      { provide: Traces, useFactory: () => Traces.start(env, wiring.version, limits(wiring)) },
      { provide: SecretBox, useFactory: () => secretBoxOf(env) },
      {
        provide: IdentityProviders,
        useFactory: () =>
          new IdentityProviders(
            settings.signOn,
            env.SIGN_ON_SECRETS ?? new Map(),
            env.PUBLIC_URL,
            limits(wiring),
          ),
      },
      HeavyAnswers,
      RateLimit,
      { provide: DatabasePulse, useFactory: () => new DatabasePulse(env.DATABASE_URL!) },
      { provide: QUEUE_DRIVER, useFactory: () => wiring.queue ?? bullmqDriver(env, channels, wiring.works) },
      { provide: Queues, inject: [QUEUE_DRIVER], useFactory: (driver: QueueDriver) => driver.queues() },
      { provide: HostRateLimit, useFactory: () => new HostRateLimit(env.DATABASE_URL!) },
      ...OF_WORK,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [
        DiscoveryModule,
        ScheduleModule.forRoot(),
        TypeOrmModule.forRootAsync({ useFactory: () => databaseOptions(env.DATABASE_URL!) }),
      ],
      providers: [...providers, ...OF_REQUESTS],
      exports: [...providers, DiscoveryModule],
    };
  }
}
