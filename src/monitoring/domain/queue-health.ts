import { QueueHealth } from '../../kernel/ports.js';
import { durationInWords } from './alarm-words.js';

export interface QueueLimits {
  /** A job that has waited this long makes its queue late. */
  oldestWaitingMs: number;
  /** More jobs than this make it long. */
  longest: number;
}

export type QueueState = 'ok' | 'late' | 'long';
export interface Finding<State extends string> {
  state: State;
  reason: string | null;
  /** How long the trouble has lasted already, in milliseconds: it is noticed late. Zero without trouble. */
  lastedMs: number;
}

/** Hysteresis: a queue recovers at half its limit, so that hovering around the limit raises no alarms. */
const CALM = 2;

/**
 * Returns a queue's state, given the previous one. Jobs that do not move are worse than many jobs, and are
 * reported first.
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
  if (!late && !long) return { state: 'ok', reason: null, lastedMs: 0 };
  const oldest = oldestWaitingMs === null ? '' : `, the oldest for ${durationInWords(oldestWaitingMs)}`;
  const reason = `${waiting} ${waiting === 1 ? 'job waits' : 'jobs wait'}${oldest}; ${health.active} ${health.active === 1 ? 'is' : 'are'} being worked on`;
  return late ? { state: 'late', reason, lastedMs: oldestWaitingMs } : { state: 'long', reason, lastedMs: 0 };
}

/**
 * Whether any worker runs: workers report about once a minute, even without work. `lastSeen` is null if none
 * ever did.
 */
export function judgeWorkers(lastSeen: Date | null, now: Date, silentMs: number): Finding<'ok' | 'stopped'> {
  const silentFor = lastSeen === null ? Infinity : now.getTime() - lastSeen.getTime();
  if (silentFor < silentMs) return { state: 'ok', reason: null, lastedMs: 0 };
  const since =
    lastSeen === null
      ? 'no worker has ever run on this database'
      : `no worker gave a sign of life for ${durationInWords(silentFor)}`;
  return { state: 'stopped', reason: since, lastedMs: lastSeen === null ? 0 : silentFor };
}
