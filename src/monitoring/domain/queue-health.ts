import { durationInWords } from './duration.js';

/**
 * What a queue holds. Jobs that wait for their time are `delayed` and do not wait; `failed` are those given
 * up of late.
 */
export interface QueueHealth {
  name: string;
  waiting: number;
  delayed: number;
  active: number;
  failed: number;
  /** How long the one that waits longest has waited, in milliseconds; null where none waits. */
  oldestWaitingMs: number | null;
}

export interface QueueLimits {
  /** A job that has waited for so long makes its queue late. */
  oldestWaitingMs: number;
  /** More jobs than so many make it long. */
  longest: number;
}

export type QueueState = 'ok' | 'late' | 'long';
export interface Finding<State extends string> {
  state: State;
  reason: string | null;
}

/** A queue that goes up and down around a limit would alarm each time: it is well again at half of it. */
const CALM = 2;

/**
 * How a queue does, given the state it was in before. That nothing moves is worse than that much is there,
 * and is said first.
 */
export function judgeQueue(
  health: QueueHealth,
  limits: QueueLimits,
  before: string | null,
): Finding<QueueState> {
  const { waiting, oldestWaitingMs } = health;
  const limit = (most: number, state: QueueState): number => (before === state ? most / CALM : most);
  const late = oldestWaitingMs !== null && oldestWaitingMs >= limit(limits.oldestWaitingMs, 'late');
  const long = waiting > limit(limits.longest, 'long');
  if (!late && !long) return { state: 'ok', reason: null };
  const oldest = oldestWaitingMs === null ? '' : `, the oldest for ${durationInWords(oldestWaitingMs)}`;
  const reason = `${waiting} ${waiting === 1 ? 'job waits' : 'jobs wait'}${oldest}; ${health.active} ${health.active === 1 ? 'is' : 'are'} being worked on`;
  return { state: late ? 'late' : 'long', reason };
}

/**
 * Whether anybody works: a worker says so about once a minute, though there be nothing to do. `lastSeen` is
 * null where none ever did.
 */
export function judgeWorkers(lastSeen: Date | null, now: Date, silentMs: number): Finding<'ok' | 'stopped'> {
  const silentFor = lastSeen === null ? Infinity : now.getTime() - lastSeen.getTime();
  if (silentFor < silentMs) return { state: 'ok', reason: null };
  const since =
    lastSeen === null
      ? 'no worker has ever run on this database'
      : `no worker gave a sign of life for ${durationInWords(silentFor)}`;
  return { state: 'stopped', reason: since };
}
