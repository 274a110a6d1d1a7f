import fc from 'fast-check';
import { toEnd } from '../../../src/kernel/time-slices.js';
import { forecast } from '../../../src/notifications/domain/preferences/forecast.js';
import type { Place } from '../../../src/notifications/domain/schedule/next-message.js';
import type { Preferences } from '../../../src/notifications/domain/preferences/preferences.js';
import { PREFERENCES } from '../../support/notifications/preferences.js';

const WISHES: Preferences = { ...PREFERENCES, dailyLimit: 2, deadlineDays: [30, 7] };
const at = (text: string) => new Date(text);
interface Happened {
  at: Date;
  place: Place;
  callId: null;
}

describe('the forecast', () => {
  const from = at('2026-05-04T00:00:00Z');
  const to = at('2026-06-01T00:00:00Z');
  const happens = (day: number, place: Happened['place'] = 'digest', hour = 10): Happened => ({
    at: new Date(Date.UTC(2026, 4, day, hour)),
    place,
    callId: null,
  });
  /** Counts messages when everything waiting is announced, `room` items at a time. */
  const counted = (all: Happened[], preferences: Partial<Preferences> = {}, room = 1_000) => {
    const course = {
      moments: [...new Set(all.map((h) => h.at.getTime()))].sort((a, b) => a - b).map((ms) => new Date(ms)),
      advance: (when: Date) => all.filter((h) => h.at.getTime() === when.getTime()),
      send: (_: 'digest' | 'urgent', waiting: Happened[]) => ({
        announced: waiting.length > 0,
        left: waiting.slice(room),
      }),
    };
    const sent = toEnd(forecast(course, { ...WISHES, ...preferences }, from, to));
    return {
      urgent: sent.filter((s) => s.kind === 'urgent').length,
      digests: sent.filter((s) => s.kind === 'digest').length,
    };
  };

  it('counts a digest for each date with something new, whatever comes between', () => {
    expect(counted([happens(5), happens(6), happens(7), happens(20)])).toEqual({ urgent: 0, digests: 2 });
    expect(counted([])).toEqual({ urgent: 0, digests: 0 });
  });

  it('counts what cannot wait apart, what one harvest finds as one', () => {
    expect(counted([happens(5, 'now'), happens(5, 'now'), happens(6, 'now', 18)])).toEqual({
      urgent: 2,
      digests: 0,
    });
  });

  it('puts what is above the ceiling into the digest', () => {
    const burst = [8, 9, 10, 11, 12].map((hour) => happens(5, 'now', hour));
    expect(counted(burst)).toEqual({ urgent: 2, digests: 1 });
  });

  it('tells in the next digest what the last one had no room for', () => {
    expect(counted([happens(5), happens(5), happens(5)], {}, 1)).toEqual({ urgent: 0, digests: 3 });
  });

  it('of whatever happens there are never more messages than the ceiling and the dates allow', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            day: fc.integer({ min: 4, max: 30 }),
            hour: fc.integer({ min: 0, max: 23 }),
            urgent: fc.boolean(),
          }),
          { maxLength: 60 },
        ),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('daily', 'weekly'),
        (all, dailyLimit, frequency) => {
          const { urgent, digests } = counted(
            all.map((h) => happens(h.day, h.urgent ? 'now' : 'digest', h.hour)),
            { dailyLimit, frequency },
          );
          const days = new Set(all.map((h) => h.day)).size;
          // A day in UTC overlaps two days in Brussels.
          expect(urgent).toBeLessThanOrEqual(dailyLimit * days * 2);
          expect(digests).toBeLessThanOrEqual(frequency === 'daily' ? 28 : 4);
          expect(urgent + digests).toBeLessThanOrEqual(all.length);
        },
      ),
    );
  });
});
