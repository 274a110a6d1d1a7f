import { SteadyClock } from '../../../src/outbox/store/sending.js';

const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000];
const TRUST = 90 * SECOND;

describe('the time by which a sender is taken for dead', () => {
  /** The clock's offset at each look: after `seconds`, with the database's clock off by `off`. */
  const told = (...looks: [seconds: number, off: number][]): number[] => {
    const clock = new SteadyClock();
    return looks.map(
      ([seconds, off]) => clock.now(seconds * SECOND + off, seconds * SECOND, TRUST) - seconds * SECOND,
    );
  };

  it("is the database's, however far that is from ours, and follows it as it drifts", () => {
    expect(told([0, HOUR], [10, HOUR + 20], [20, HOUR - 30])).toEqual([HOUR, HOUR + 20, HOUR - 30]);
  });

  it('goes on as it was where that is set forward, until all that was on its way is over', () => {
    expect(told([0, 0], [10, DAY], [60, DAY], [100, DAY], [101, DAY], [102, DAY])).toEqual([
      0,
      0,
      0,
      0,
      DAY,
      DAY,
    ]);
  });

  it('forgets a leap that was none, and waits anew for the next', () => {
    expect(told([0, 0], [10, DAY], [20, 0], [90, DAY], [150, DAY], [181, DAY])).toEqual([0, 0, 0, 0, 0, DAY]);
  });

  it('is set back at once: then a sender is taken for dead too late, and never too early', () => {
    expect(told([0, DAY], [10, -HOUR], [20, -HOUR])).toEqual([DAY, -HOUR, -HOUR]);
  });
});
