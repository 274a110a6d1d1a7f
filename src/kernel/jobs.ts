import { z } from 'zod';

/**
 * The jobs that stages hand to each other. A job carries only ids: the database holds the state, the queue
 * only makes things fast.
 */
export const JOBS = {
  advance: { queue: 'harvest', data: z.strictObject({ runId: z.uuid() }) },
  fetch: { queue: 'harvest', data: z.strictObject({ requestId: z.uuid() }) },
  judge: { queue: 'harvest', data: z.strictObject({ runId: z.uuid() }) },
  list: { queue: 'harvest', data: z.strictObject({ sourceId: z.string() }) },
  check: { queue: 'harvest', data: z.strictObject({ sourceId: z.string() }) },
  partners: { queue: 'harvest', data: z.strictObject({ sourceId: z.string() }) },
  match: { queue: 'match', data: z.strictObject({ profileId: z.string() }) },
  embed: { queue: 'embed', data: z.strictObject({}) },
  // In the queue for work that is not urgent.
  sample: { queue: 'embed', data: z.strictObject({ profileId: z.string() }) },
  'delete-expired': { queue: 'embed', data: z.strictObject({}) },
  read: { queue: 'read', data: z.strictObject({ callId: z.uuid() }) },
  'take-up': { queue: 'notify', data: z.strictObject({ profileId: z.string() }) },
  contacts: { queue: 'notify', data: z.strictObject({ profileId: z.string() }) },
  plan: { queue: 'notify', data: z.strictObject({ recipientId: z.uuid() }) },
  notify: { queue: 'notify', data: z.strictObject({ recipientId: z.uuid() }) },
  // Each channel has its own queue, such as `deliver-email`: one that hangs does not block the others.
  deliver: {
    queue: 'deliver',
    each: 'channel',
    data: z.strictObject({ channel: z.string(), notificationId: z.uuid() }),
  },
  'ask-contacts': { queue: 'mail', data: z.strictObject({ profileId: z.string() }) },
  leave: { queue: 'mail', data: z.strictObject({ personId: z.uuid() }) },
  remind: { queue: 'mail', data: z.strictObject({ personId: z.uuid() }) },
  'tell-interest': { queue: 'mail', data: z.strictObject({ personId: z.uuid() }) },
  'remind-researcher': { queue: 'mail', data: z.strictObject({ proposalId: z.uuid() }) },
  mail: { queue: 'mail', data: z.strictObject({ mailId: z.uuid() }) },
} as const;

export type JobName = keyof typeof JOBS;
export type JobData<N extends JobName> = z.infer<(typeof JOBS)[N]['data']>;
export type QueueKind = (typeof JOBS)[JobName]['queue'];
export type NextJob = { [N in JobName]: { name: N; data: JobData<N> } }[JobName];

const partOf = (queue: string, part: string): string => `${queue}-${part}`;

/** Returns the names of all queues for the given channels. */
export function queueNames(channels: readonly string[]): string[] {
  return [
    ...new Set(
      Object.values(JOBS).flatMap((j) =>
        'each' in j ? channels.map((channel) => partOf(j.queue, channel)) : [j.queue],
      ),
    ),
  ];
}

/** Returns the queue that a job waits in. */
export function queueOf({ name, data }: NextJob): string {
  const { queue } = JOBS[name];
  return name === 'deliver' ? partOf(queue, data.channel) : queue;
}

/** Returns the kind of a queue: `deliver` for `deliver-email`. */
export const kindOfQueue = (queue: string): QueueKind => queue.split('-')[0] as QueueKind;

/** Builds a job to be added. */
export const job = <N extends JobName>(name: N, data: JobData<N>): NextJob => ({ name, data }) as NextJob;

/**
 * One step of the work. `run` loads by id, calls the domain, saves, and returns the next jobs; it is
 * idempotent. `giveUp` is called once when there are no more retries; the jobs it returns come next.
 */
export interface Processor<N extends JobName = JobName> {
  readonly job: N;
  run(data: JobData<N>): Promise<NextJob[]>;
  giveUp?(data: JobData<N>, error: Error): Promise<NextJob[] | void>;
}
