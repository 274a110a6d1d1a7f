import { DiscoveryService } from '@nestjs/core';
import type { z } from 'zod';
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
