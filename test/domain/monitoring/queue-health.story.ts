import { judgeQueue, judgeWorkers } from '../../../src/monitoring/domain/queue-health.js';
import { type QueueHealth } from '../../../src/kernel/ports.js';
import { durationInWords } from '../../../src/monitoring/domain/alarm-words.js';

const MINUTE = 60_000;
const LIMITS = { oldestWaitingMs: 15 * MINUTE, longest: 1_000 };
const queue = (over: Partial<QueueHealth> = {}): QueueHealth => ({
  name: 'match',
  waiting: 0,
  delayed: 0,
  active: 0,
  failed: 0,
  oldestWaitingMs: null,
  ...over,
});
const state = (over: Partial<QueueHealth>, before: string | null = 'ok') =>
  judgeQueue(queue(over), LIMITS, before).state;

describe('a queue', () => {
  it('is well while nothing waits for long, however much waits for its time or has failed', () => {
    expect(judgeQueue(queue({ delayed: 5_000, failed: 1_000 }), LIMITS, null)).toEqual({
      state: 'ok',
      reason: null,
      lastedMs: 0,
    });
    expect(state({ waiting: 1_000, oldestWaitingMs: 15 * MINUTE - 1 })).toBe('ok');
  });

  it('is late from the moment on at which one job has waited for so long, and says how many wait', () => {
    expect(judgeQueue(queue({ waiting: 3, active: 1, oldestWaitingMs: 15 * MINUTE }), LIMITS, 'ok')).toEqual({
      state: 'late',
      reason: '3 jobs wait, the oldest for 15 minutes; 1 is being worked on',
      lastedMs: 15 * MINUTE,
    });
    expect(judgeQueue(queue({ waiting: 1, oldestWaitingMs: 22 * 1_440 * MINUTE }), LIMITS, 'ok').reason).toBe(
      '1 job waits, the oldest for 22 days; 0 are being worked on',
    );
  });

  it('is long with more jobs than so many; late says more than long', () => {
    expect(state({ waiting: 1_001, oldestWaitingMs: MINUTE })).toBe('long');
    expect(state({ waiting: 1_001, oldestWaitingMs: 60 * MINUTE })).toBe('late');
  });

  it('is well again only at half of what made it late or long, so that it does not go up and down', () => {
    expect(state({ waiting: 1, oldestWaitingMs: 14 * MINUTE }, 'late')).toBe('late');
    expect(state({ waiting: 1, oldestWaitingMs: 7 * MINUTE }, 'late')).toBe('ok');
    expect(state({ waiting: 900, oldestWaitingMs: 14 * MINUTE }, 'long')).toBe('long');
    expect(state({ waiting: 500, oldestWaitingMs: 14 * MINUTE }, 'long')).toBe('ok');
    expect(state({ waiting: 900, oldestWaitingMs: 14 * MINUTE }, 'late')).toBe('late');
  });
});

describe('the workers', () => {
  const now = new Date('2026-06-01T12:00:00Z');
  const before = (minutes: number) => new Date(now.getTime() - minutes * MINUTE);

  it('are well while one gave a sign of life, be its clock a little ahead', () => {
    for (const minutes of [-1, 0, 14.9])
      expect(judgeWorkers(before(minutes), now, 15 * MINUTE)).toEqual({
        state: 'ok',
        reason: null,
        lastedMs: 0,
      });
  });

  it('are stopped where none did for so long, or ever', () => {
    expect(judgeWorkers(before(15), now, 15 * MINUTE)).toEqual({
      state: 'stopped',
      reason: 'no worker gave a sign of life for 15 minutes',
      lastedMs: 15 * MINUTE,
    });
    expect(judgeWorkers(null, now, 15 * MINUTE)).toEqual({
      state: 'stopped',
      reason: 'no worker has ever run on this database',
      lastedMs: 0,
    });
  });
});

it.each([
  [0, 'less than a minute'],
  [59_999, 'less than a minute'],
  [MINUTE, '1 minute'],
  [60 * MINUTE, '1 hour'],
  [192 * MINUTE, '3 hours 12 minutes'],
  [1_440 * MINUTE + 59 * MINUTE, '1 day'],
  [53 * 60 * MINUTE, '2 days 5 hours'],
  [-5, 'less than a minute'],
])('%d ms are %s', (ms, words) => expect(durationInWords(ms)).toBe(words));
