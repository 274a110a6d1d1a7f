import { Logger } from '@nestjs/common';
import { CarnotError, Postponed } from '../../kernel/errors.js';
import { JOBS, type JobName, type Processor } from '../../kernel/jobs.js';
import { acrossInstitutes, inContext } from '../database/request-context.js';
import { jobSeconds } from '../metrics/metrics.js';
import { traced } from '../telemetry/traces.js';
import type { Queues } from './queues.js';
import { isFinal } from './retry-policy.js';

/** One attempt at a job. */
export interface Attempt {
  name: string;
  data: unknown;
  /** The number of the attempt, starting at 1. */
  attempt: number;
  attempts: number;
}

/** The outcome of an attempt: the job waits its turn without having failed, is retried, or has ended. */
export type Outcome =
  | { is: 'done' }
  | { is: 'postponed'; waitMs: number }
  | { is: 'again'; error: Error }
  | { is: 'failed'; error: Error };

/** Returns a job as named in the log. */
const jobOf = ({ name, data }: Attempt): string =>
  [name, ...Object.values((data ?? {}) as Record<string, unknown>).map(String)].join('/').slice(0, 200);

/** Runs the stages, and decides what an error's class calls for. */
export class ProcessorRunner {
  private readonly log = new Logger('Workers');
  private readonly stages: Map<string, Processor>;

  /** Throws if a job has no stage, or two. */
  constructor(
    private readonly queues: Queues,
    stages: Processor[],
  ) {
    this.stages = new Map(stages.map((s) => [s.job, s]));
    const names = Object.keys(JOBS) as JobName[];
    const missing = names.filter((n) => !this.stages.has(n));
    if (missing.length || this.stages.size !== stages.length || stages.length !== names.length) {
      throw new Error(
        `every job needs exactly one stage; without one: ${missing.join(', ') || 'none'}, stages: ${stages.map((s) => s.job).join(', ')}`,
      );
    }
  }

  async run(tried: Attempt): Promise<Outcome> {
    const [end, work] = [jobSeconds.startTimer(), { job: jobOf(tried) }];
    const about = { 'messaging.destination.name': tried.name, 'carnot.job': work.job };
    const outcome = await inContext({ kind: 'system', via: `job/${tried.name}`, work }, () =>
      traced({ name: `process ${tried.name}`, kind: 'CONSUMER', attributes: about }, () =>
        acrossInstitutes('a job works for everybody', () => this.attempt(tried)),
      ),
    );
    end({ job: tried.name, outcome: outcome.is });
    return outcome;
  }

  private async attempt({ name, data, attempt, attempts }: Attempt): Promise<Outcome> {
    const stage = this.stages.get(name);
    if (!stage) return { is: 'failed', error: new Error(`no stage for ${name}`) };
    const parsed = JOBS[stage.job].data.safeParse(data);
    if (!parsed.success)
      return { is: 'failed', error: new Error(`${name}: its data are not in the known form`) };
    try {
      const next = await stage.run(parsed.data);
      await this.queues.add(next);
      return { is: 'done' };
    } catch (error) {
      if (error instanceof Postponed) return { is: 'postponed', waitMs: error.waitMs };
      return this.failed(
        stage,
        parsed.data as never,
        error as Error,
        isFinal(error as Error, attempt, attempts),
      );
    }
  }

  private async failed(stage: Processor, data: never, error: Error, final: boolean): Promise<Outcome> {
    const what = `${stage.job}: ${error.message}`;
    if (!final) {
      this.log.warn(`${what} (will be retried)`);
      return { is: 'again', error };
    }
    // Only our own errors say all there is to know; for others a developer needs the stack.
    this.log.error(what, error instanceof CarnotError ? undefined : error.stack);
    try {
      await this.queues.add((await stage.giveUp?.(data, error)) ?? []);
    } catch (wrong) {
      // Giving up is retried with the job, as long as attempts are left.
      return { is: 'again', error: wrong as Error };
    }
    return { is: 'failed', error };
  }
}
