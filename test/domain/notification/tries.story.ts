import { whyNotWanted } from '../../../src/notifications/deliver.job.js';
import { MAIL_WAITS, SENDING_MS, STALE_MS, waitAfter, WEB_WAITS } from '../../../src/outbox/domain/tries.js';

const HOUR = 3_600_000;

describe('the waits between tries', () => {
  it.each([
    ['mail', MAIL_WAITS, 40],
    ['the web', WEB_WAITS, 10],
  ])('of %s grow, go on for about three days, and end', (_what, waits, tries) => {
    const all = Array.from({ length: tries }, (_, i) => waitAfter(i + 1, waits, 0.5));
    expect(all.pop()).toBeNull();
    expect(all).toEqual([...all].sort((a, b) => a! - b!));
    const hours = all.reduce<number>((sum, ms) => sum + ms!, 0) / HOUR;
    expect(hours).toBeGreaterThan(60);
    expect(hours).toBeLessThan(84);
  });

  it('are scattered by a fifth to either side', () => {
    expect([0, 0.5, 1].map((random) => waitAfter(2, WEB_WAITS, random))).toEqual([240_000, 300_000, 360_000]);
  });

  it('are as long as the other side asks for, but for no longer than five hours, and no shorter than ours', () => {
    expect(waitAfter(1, WEB_WAITS, 0.5, HOUR)).toBe(HOUR);
    expect(waitAfter(1, WEB_WAITS, 0.5, 1_000 * HOUR)).toBe(5 * HOUR);
    expect(waitAfter(9, WEB_WAITS, 0.5, 1)).toBe(24 * HOUR);
    expect(waitAfter(10, WEB_WAITS, 0.5, HOUR)).toBeNull();
  });

  it('leave a sending time to end before it is taken for dead', () =>
    expect(SENDING_MS).toBeLessThan(STALE_MS));
});

describe('a message that waits', () => {
  const now = new Date('2026-11-25T06:00:00Z');
  const reader = { stoppedAt: null, pausedUntil: null, follows: true };

  it('is sent to who still wants it, and to who has paused and is back', () => {
    expect(whyNotWanted(reader, now)).toBeNull();
    expect(whyNotWanted({ ...reader, pausedUntil: now }, now)).toBeNull();
  });

  it.each([
    [null, 'not there'],
    [{ ...reader, stoppedAt: now }, 'stopped'],
    [{ ...reader, follows: false }, 'follows nothing'],
    [{ ...reader, pausedUntil: new Date('2026-11-26T06:00:00Z') }, 'has paused'],
  ])('is not sent to %j', (who, why) => expect(whyNotWanted(who, now)).toContain(why));
});
