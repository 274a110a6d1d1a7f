import { CarnotError, ShapeError } from '../../src/kernel/errors.js';
import { backoffMs, isFinal } from '../../src/platform/queue/job-runner.js';

const later = (retryAfterMs?: number) =>
  new CarnotError('HttpThrottled', 'busy', 'later', retryAfterMs === undefined ? {} : { retryAfterMs });
const [LEAST, MOST] = [() => 0, () => 1];

describe('the pause before the next try', () => {
  it.each([
    // attempts made, minimum, maximum
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [5, 8_000, 16_000],
    [9, 128_000, 256_000],
    [10, 150_000, 300_000],
    [50, 150_000, 300_000],
    [5_000, 150_000, 300_000],
  ])('after %d tries is from %d to %d ms', (tries, least, most) => {
    expect([backoffMs(tries, new Error('x'), LEAST), backoffMs(tries, undefined, MOST)]).toEqual([
      least,
      most,
    ]);
  });

  it('is what the other side asked for, and up to half a second more', () => {
    expect([backoffMs(1, later(30_000), LEAST), backoffMs(6, later(30_000), MOST)]).toEqual([30_000, 30_500]);
  });

  it('is five hours at the most, whatever is asked', () => {
    expect(backoffMs(1, later(7 * 86_400_000), LEAST)).toBe(5 * 3_600_000);
  });

  it.each([0, -5_000, undefined])(
    'grows where the wish is %p: a zero would hammer, a negative one ends the job',
    (asked) => {
      expect([backoffMs(3, later(asked), LEAST), backoffMs(3, later(asked), MOST)]).toEqual([2_000, 4_000]);
    },
  );

  it('is a whole number within the bounds for real randomness', () => {
    for (let i = 0; i < 1_000; i += 1) {
      const ms = backoffMs(2, undefined);
      expect(Number.isInteger(ms) && ms >= 1_000 && ms <= 2_000).toBe(true);
    }
  });
});

describe('whether there is no further try', () => {
  it.each([
    ['an error of ours that may pass', later(), 1, 6, false],
    ['the last try of it', later(), 6, 6, true],
    ['any other error', new Error('x'), 5, 6, false],
    ['the last try of that', new Error('x'), 6, 6, true],
    ['a changed shape', new ShapeError('x'), 1, 6, true],
    ['what will never work', new CarnotError('X', 'x', 'never'), 1, 6, true],
    ['who asks for a few minutes', later(9 * 60_000), 1, 6, false],
    ['who asks to be left alone for an hour', later(3_600_000), 1, 6, true],
    ['a job without a second try', new Error('x'), 1, 1, true],
  ])('%s', (_, error, attempt, attempts, expected) =>
    expect(isFinal(error, attempt, attempts)).toBe(expected),
  );
});
