import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import pTimeout from 'p-timeout';
import { lagHours } from '../harvest/domain/lag.js';
import { LagRepository } from '../harvest/store/source.repository.js';
import { DAY_MS } from '../kernel/durations.js';
import { spreadOf } from '../kernel/statistics.js';
import type { Clock } from '../kernel/ports.js';
import { MetricsRepository, type StoredFigure } from '../monitoring/store/metrics.repository.js';
import { sha256 } from '../kernel/hash.js';
import { isSecret } from '../platform/access/secret.js';
import type { Environment } from '../platform/config/environment.js';
import { Certificates, Looked, type Reading, registry } from '../platform/metrics/metrics.js';
import { Queues } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT, SOURCE_NAMES } from '../platform/tokens.js';
import { isThisMachine } from '../platform/config/this-machine.js';
import { fullDisks, noteIfFull } from '../platform/database/disk-full.js';
import { RowLevelSecurity } from '../platform/database/row-scope.js';
import { acrossInstitutes } from '../platform/database/request-context.js';

type Figure =
  | StoredFigure
  | 'carnot_up'
  | 'carnot_certificate_expiry_timestamp_seconds'
  | 'carnot_disk_full'
  | 'carnot_jobs'
  | 'carnot_database_connections'
  | 'carnot_publication_seconds';

/** What is looked up for each answer, with its labels. */
export const FIGURES: Record<Figure, { help: string; labels: readonly string[] }> = {
  carnot_up: {
    help: '1 where the database and the queue answer within five seconds, else 0. Figures that take longer are absent.',
    labels: ['part'],
  },
  carnot_disk_full: {
    help: '1 where this process found no room to write within the last minute: in the database, in DATA_DIR.',
    labels: ['disk'],
  },
  carnot_harvest_runs_last_day: {
    help: 'Harvests of the last 24 hours by their outcome.',
    labels: ['source', 'kind', 'outcome'],
  },
  carnot_source_last_success_timestamp_seconds: {
    help: 'When each source was last read well; absent before.',
    labels: ['source'],
  },
  carnot_source_state: { help: 'The state of each source, as its label.', labels: ['source', 'state'] },
  carnot_calls: { help: 'Stored calls.', labels: ['state'] },
  carnot_matches: { help: 'Stored matches, as the server estimates them where there are many.', labels: [] },
  carnot_profiles: { help: 'Institutes.', labels: [] },
  carnot_profiles_unmatched: {
    help: 'Institutes whose matches are not of the present calls and profile.',
    labels: [],
  },
  carnot_messages: { help: 'Messages by channel and state.', labels: ['channel', 'state'] },
  carnot_messages_oldest_waiting_timestamp_seconds: {
    help: 'When the oldest message that waits to leave was written; absent where none waits.',
    labels: [],
  },
  carnot_transactional_mails: { help: 'Transactional e-mails by kind and state.', labels: ['kind', 'state'] },
  carnot_messages_given_up: {
    help: 'Messages and transactional e-mails that were given up within 30 days and that nobody got later.',
    labels: ['channel'],
  },
  carnot_sending_held: { help: '1 where nothing leaves since this was restored from a backup.', labels: [] },
  carnot_backup_last_success_timestamp_seconds: {
    help: 'When the last backup was made by itself; absent where none was.',
    labels: [],
  },
  carnot_backup_expected_since_timestamp_seconds: {
    help: 'Since when backups are made by themselves; absent where none are.',
    labels: [],
  },
  carnot_backup_last_trial_timestamp_seconds: {
    help: 'When a backup was last restored as a trial.',
    labels: [],
  },
  carnot_backup_trial_failed: {
    help: '1 where the last trial failed or found an audit log that does not hold, else 0.',
    labels: [],
  },
  carnot_backup_bytes: { help: 'The size of the last backup that was made by itself.', labels: [] },
  carnot_database_bytes: { help: 'The size of the database.', labels: [] },
  carnot_jobs: { help: 'Jobs by queue and state.', labels: ['queue', 'state'] },
  carnot_database_connections: { help: 'Connections of this process to the database.', labels: ['state'] },
  carnot_certificate_expiry_timestamp_seconds: {
    help: 'When the certificate of PUBLIC_URL, of the database and of Redis expires, looked at once an hour; absent without TLS.',
    labels: ['server'],
  },
  carnot_publication_seconds: {
    help: 'From the publication of a call by its source until it was stored (known) and until the first message about it left (announced); over the last 30 days.',
    labels: ['source', 'until', 'percentile'],
  },
};
const looked = new Looked<Figure>(FIGURES);

/** More frequent scrapes get the previous result, so that they do not load the database. */
const FRESH_MS = 5_000;
const LAG_DAYS = 30;
const HOUR_SECONDS = 3_600;

/** The time limit for an answer: scrapers wait ten seconds, and get all other figures anyway. */
const PATIENCE_MS = 5_000;

/** Returns null if it fails or does not answer in time. */
const ifAnswered = <T>(answer: Promise<T>): Promise<T | null> =>
  pTimeout(answer, { milliseconds: PATIENCE_MS }).catch((error: unknown) => {
    noteIfFull('database', error);
    return null;
  });

/** Node writes IPv4 addresses like this when it listens on both families. */
const isLoopback = (address = ''): boolean => isThisMachine(address.replace(/^::ffff:/, ''));

/** With METRICS_TOKEN, only its holders; else only programs on this machine, not through a proxy. */
export function mayReadMetrics({ headers, socket }: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) return isSecret(headers.authorization ?? '', sha256(`Bearer ${token}`));
  return isLoopback(socket.remoteAddress) && !headers['x-forwarded-for'] && !headers.forwarded;
}

type Stored = Partial<Record<Figure, Reading[]>>;

const byState = (label: string, counts: object, more: Record<string, string> = {}): Reading[] =>
  Object.entries(counts).map(([state, value]) => ({
    labels: { ...more, [label]: state },
    value: Number(value),
  }));

/** What a process reports about itself, and whether it can reach database and queue. */
abstract class Report {
  private found: { at: number; text: Promise<string> } | null = null;

  constructor(protected readonly app: INestApplicationContext) {}

  async text(): Promise<string> {
    const now = performance.now();
    if (!this.found || now - this.found.at > FRESH_MS) this.found = { at: now, text: this.look() };
    const { text } = this.found;
    // Failed and incomplete reports are not cached.
    text.catch(() => (this.found = null));
    return `${await text}${await registry.metrics()}`;
  }

  /** Returns figures from the database; null if they fail or take too long. */
  protected abstract stored(): Promise<Stored | null>;
  /** Returns figures about the queues. */
  protected abstract jobs(counts: Record<string, object>): Stored;

  private async look(): Promise<string> {
    const [answer, found, jobs] = await Promise.all([
      ifAnswered(this.app.get(RowLevelSecurity).holds()),
      this.stored(),
      ifAnswered(this.app.get(Queues).counts()),
    ]);
    if (answer === null || found === null || jobs === null) this.found = null;
    return looked.text({
      ...found,
      carnot_up: byState('part', { database: answer !== null, queue: jobs !== null }),
      carnot_disk_full: (['database', 'data'] as const).map((disk) => ({
        labels: { disk },
        value: Number(fullDisks().includes(disk)),
      })),
      carnot_certificate_expiry_timestamp_seconds: this.app.get(Certificates).readings(),
      carnot_database_connections: byState('state', this.app.get(MetricsRepository).pool()),
      ...(jobs && this.jobs(jobs)),
    });
  }
}

/** What one process reports for all of them, in addition to its own figures. */
class ApiReport extends Report {
  /** What outlasts one answer serves the next: another beside it would make both slower. */
  private figures: Promise<Stored> | null = null;

  protected stored(): Promise<Stored | null> {
    this.figures ??= acrossInstitutes('the metrics count what is stored of all', async () => ({
      ...(await this.app.get(MetricsRepository).figures()),
      carnot_publication_seconds: await this.published(),
    })).finally(() => {
      this.figures = null;
    });
    return ifAnswered(this.figures);
  }

  protected jobs(counts: Record<string, object>): Stored {
    return {
      carnot_jobs: Object.entries(counts).flatMap(([queue, states]) => byState('state', states, { queue })),
    };
  }

  private async published(): Promise<Reading[]> {
    const since = new Date(this.app.get<Clock>(CLOCK).now().getTime() - LAG_DAYS * DAY_MS);
    const readings: Reading[] = [];
    for (const source of this.app.get<ReadonlyMap<string, string>>(SOURCE_NAMES).keys()) {
      const all = await this.app.get(LagRepository).published(source, since);
      for (const until of ['known', 'announced'] as const) {
        const { median, p90 } = spreadOf(
          all.flatMap((p) => (p[until] ? [lagHours(p.published, p[until])] : [])),
        );
        for (const [percentile, hours] of [
          ['50', median],
          ['90', p90],
        ] as const)
          if (hours !== null)
            readings.push({ labels: { source, until, percentile }, value: hours * HOUR_SECONDS });
      }
    }
    return readings;
  }
}

/** A worker reports only about itself: if each counted stored rows too, sums would be too high. */
export class WorkerReport extends Report {
  protected stored(): Promise<Stored | null> {
    return Promise.resolve({});
  }

  protected jobs(): Stored {
    return {};
  }
}

/** Serves `GET /metrics`, before authentication, because Prometheus has no account. */
export function metricsMiddleware(app: INestApplicationContext) {
  const report = new ApiReport(app);
  const { METRICS_TOKEN: token } = app.get<Environment>(ENVIRONMENT);
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.path !== '/metrics' || request.method !== 'GET' || !mayReadMetrics(request, token))
      return next();
    report.text().then((text) => response.type(registry.contentType).send(text), next);
  };
}
