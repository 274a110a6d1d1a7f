import { Logger } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { z } from 'zod';
import type { QueueHealth } from '../../kernel/ports.js';
import { ALL_ROWS, type RowScope, rowsOfInstitute } from '../database/request-context.js';

/**
 * The queues, and how many of its jobs a worker runs at the same time. A job that is slow or may hang stands
 * in another queue than those that must not wait for it.
 */
export const QUEUES = {
  harvest: { concurrency: 2 },
  match: { concurrency: 1 },
  // For work that is not urgent.
  embed: { concurrency: 1 },
  // A language model answers in seconds; many servers allow no more at once.
  read: { concurrency: 4 },
  notify: { concurrency: 2 },
  // Each channel has its own, such as `deliver-email`: one that hangs does not block the others. Deliveries
  // mostly wait for the other side.
  deliver: { concurrency: 4, each: 'channel' },
  mail: { concurrency: 2 },
} as const;

export type QueueKind = keyof typeof QUEUES;

const partOf = (queue: string, part: string): string => `${queue}-${part}`;

/** Returns the names of all queues for the given channels. */
export const queueNames = (channels: readonly string[]): string[] =>
  Object.entries(QUEUES).flatMap(([name, queue]) =>
    'each' in queue ? channels.map((channel) => partOf(name, channel)) : [name],
  );

/** Returns the kind of a queue: `deliver` for `deliver-email`. */
export const kindOfQueue = (queue: string): QueueKind => queue.split('-')[0] as QueueKind;

/** Whose rows a job sees; `why`, if of all. */
export interface JobRows<D> {
  forJob(data: D): RowScope;
  readonly why?: string;
}

/** A job that works for one institute sees its rows alone. */
export const ofItsInstitute: JobRows<{ profileId: string }> = {
  forJob: ({ profileId }) => rowsOfInstitute(profileId),
};

/**
 * A job that works for several institutes sees the rows of all. Each reason is listed in .github/SECURITY.md,
 * and a test compares the two.
 */
export const ofAllInstitutes = (why: string): JobRows<object> => ({ forJob: () => ALL_ROWS, why });

/** What a job is called, where it waits and what it is given; whoever queues it imports this. */
export interface JobDefinition<D extends object = object> {
  readonly name: string;
  readonly queue: QueueKind;
  /** Only ids: the database holds the state, the queue only makes things fast. */
  readonly data: z.ZodType<D>;
  readonly rows: JobRows<NoInfer<D>>;
  /** Which of its kind of queue, where each channel has its own. */
  part?(data: D): string;
}

export type JobData<J extends JobDefinition> = z.infer<J['data']>;

const defined = new Map<string, JobDefinition>();

/** Defines a job; a program in which it can be queued starts only if one class runs it. */
export function defineJob<D extends object>(definition: JobDefinition<D>): JobDefinition<D> {
  if (defined.has(definition.name)) throw new Error(`there are two jobs called ${definition.name}`);
  defined.set(definition.name, definition);
  return definition;
}

export interface NextJob {
  name: string;
  queue: string;
  data: Record<string, string>;
  /** Nobody waits for it: it is done after all others of its queue. */
  last?: boolean;
}

export function job<D extends object>(definition: JobDefinition<D>, data: D): NextJob {
  const { name, queue } = definition;
  const part = definition.part?.(data);
  return {
    name,
    queue: part === undefined ? queue : partOf(queue, part),
    data: data as Record<string, string>,
  };
}

/**
 * What a job does. `run` loads by id, calls the domain, saves, and returns the next jobs; it is idempotent.
 * `giveUp` is called once when there are no more retries; the jobs it returns come next. `due` finds the work
 * in the database, whatever became of its job: anything slow is left to `run`.
 */
export interface Job<J extends JobDefinition> {
  run(data: JobData<J>): Promise<NextJob[]>;
  giveUp?(data: JobData<J>, error: Error): Promise<NextJob[] | void>;
  due?(): Promise<NextJob[]>;
}

/** Marks the class that runs a job. Its module provides it; nothing else lists it. */
export const Runs = DiscoveryService.createDecorator<JobDefinition>();

/** A job's definition, and the object that runs it. */
export interface RunnableJob {
  definition: JobDefinition;
  runs: Job<JobDefinition>;
}

/** Returns the jobs by their names; throws unless each definition has exactly one class that runs it. */
export function jobsByName(
  found: readonly RunnableJob[],
  definitions: Iterable<JobDefinition> = defined.values(),
): Map<string, RunnableJob> {
  const all = [...definitions];
  const wrong = all
    .map((definition) => [definition.name, found.filter((f) => f.definition === definition).length] as const)
    .filter(([, count]) => count !== 1)
    .map(([name, count]) => (count ? `${name} has ${count}` : `${name} has none`));
  const unknown = found.filter((f) => !all.includes(f.definition)).map((f) => f.definition.name);
  if (wrong.length || unknown.length)
    throw new Error(
      `Every job needs exactly one class that runs it, listed in the providers of its module. ${[
        ...wrong,
        ...unknown.map((name) => `${name} is not defined`),
      ].join('; ')}`,
    );
  return new Map(found.map((f) => [f.definition.name, f]));
}

/** How often a job is attempted that fails for a reason that may pass, including the first time. */
export const ATTEMPTS = 6;

/** The number of jobs in each state of a queue. */
export interface QueueCounts {
  waiting: number;
  delayed: number;
  active: number;
  failed: number;
}

/** Returns what identifies an unfinished job: its name and its data. No colon: BullMQ splits keys at them. */
export const jobKey = ({ name, data }: NextJob): string =>
  [name, ...Object.values(data)].join('_').replaceAll(':', '.');

/** The producer's side of the queues, on any store. */
export abstract class Queues {
  private readonly log = new Logger('Queues');
  readonly names: readonly string[];

  /** `channels`: the ids of all channels, each of which has its own queue. */
  constructor(channels: readonly string[]) {
    this.names = queueNames(channels);
  }

  /**
   * Adds jobs. One that is already waiting is not added again; one that is running is run once more
   * afterwards, since it may have started before the latest change. With a delay (milliseconds), jobs added
   * in quick succession run once.
   */
  abstract add(jobs: NextJob[], delay?: number): Promise<void>;

  /** Returns the counts of each queue, by its name. */
  abstract counts(): Promise<Record<string, QueueCounts>>;

  /**
   * Returns what each queue holds, and how long its oldest job has waited. Throws if the queue's store does
   * not answer in time.
   */
  abstract health(): Promise<QueueHealth[]>;

  /** Deletes every job, including those of dead workers; for a process that knows it is the only one. */
  abstract clear(): Promise<void>;

  /** Resolves once jobs can be added; throws if the queue's store does not answer in time. */
  abstract ready(): Promise<void>;

  abstract close(): Promise<void>;

  /**
   * Adds jobs while someone waits for a response. A queue that does not answer is no failure: the next tick
   * finds them due.
   */
  async hurry(jobs: NextJob[], delay = 0): Promise<void> {
    await this.add(jobs, delay).catch((error: Error) =>
      this.log.warn(`left for the next check because the queue does not respond: ${error.message}`),
    );
  }
}
