import { z } from 'zod';

/** What one stage hands to the next. A job carries ids and nothing else: the database remembers, the queue only hurries. */
export const JOBS = {
  advance: { queue: 'harvest', data: z.strictObject({ runId: z.uuid() }) },
  fetch: { queue: 'harvest', data: z.strictObject({ requestId: z.uuid() }) },
  judge: { queue: 'harvest', data: z.strictObject({ runId: z.uuid() }) },
  match: { queue: 'match', data: z.strictObject({ profileId: z.string() }) },
  embed: { queue: 'embed', data: z.strictObject({}) },
  contacts: { queue: 'tell', data: z.strictObject({ profileId: z.string() }) },
  plan: { queue: 'tell', data: z.strictObject({ recipientId: z.uuid() }) },
  tell: { queue: 'tell', data: z.strictObject({ recipientId: z.uuid() }) },
  deliver: { queue: 'tell', data: z.strictObject({ notificationId: z.uuid(), channel: z.string() }) },
  post: { queue: 'tell', data: z.strictObject({ letterId: z.uuid() }) },
} as const;

export type JobName = keyof typeof JOBS;
export type JobData<N extends JobName> = z.infer<(typeof JOBS)[N]['data']>;
export type QueueName = (typeof JOBS)[JobName]['queue'];
export type NextJob = { [N in JobName]: { name: N; data: JobData<N> } }[JobName];

export const QUEUES = [...new Set(Object.values(JOBS).map((j) => j.queue))] as QueueName[];

/** A job to be added. */
export const job = <N extends JobName>(name: N, data: JobData<N>): NextJob => ({ name, data }) as NextJob;

/**
 * One step of the work. `run` loads by id, calls the domain, saves, and returns the jobs that follow; done twice it does
 * no harm. `giveUp` is called once when no further try will be made.
 */
export interface Stage<N extends JobName = JobName> {
  readonly job: N;
  run(data: JobData<N>): Promise<NextJob[]>;
  giveUp?(data: JobData<N>, error: Error): Promise<void>;
}
