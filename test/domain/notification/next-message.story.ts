import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  nextDigestAt,
  nextMessage,
  slotToGoOnFrom,
  sentAtOnce,
  type Standing,
} from '../../../src/notifications/domain/schedule/next-message.js';
import type { Preferences } from '../../../src/notifications/domain/preferences/preferences.js';
import { PREFERENCES } from '../../support/notifications/preferences.js';

const WISHES: Preferences = { ...PREFERENCES, dailyLimit: 2, deadlineDays: [30, 7] };
const standing = (over: Partial<Standing> = {}): Standing => ({
  waiting: [],
  lastDigestDueAt: new Date('2026-05-18T05:00:00Z'),
  pausedUntil: null,
  written: [],
  ...over,
});
const at = (text: string) => new Date(text);
const now = (s: Standing, when: string, preferences: Partial<Preferences> = {}) =>
  nextMessage(s, { ...WISHES, ...preferences }, at(when));

describe('what is to be done', () => {
  it('nothing where nothing waits that cannot, and the date has not come', () => {
    expect(now(standing({ waiting: [{ place: 'digest' }] }), '2026-05-20T10:00:00Z')).toBeNull();
  });

  it('what cannot wait is told at once, until the ceiling of the day', () => {
    const urgent = { waiting: [{ place: 'now' as const }] };
    expect(now(standing(urgent), '2026-05-20T10:00:00Z')).toEqual({ kind: 'urgent' });
    const two = [at('2026-05-20T05:00:00Z'), at('2026-05-20T06:00:00Z')];
    expect(now(standing({ ...urgent, written: two }), '2026-05-20T10:00:00Z')).toEqual({ kind: 'hold' });
    // The next day begins at midnight in the reader's time zone: 22:00 UTC.
    expect(now(standing({ ...urgent, written: two }), '2026-05-20T21:59:00Z')).toEqual({ kind: 'hold' });
    expect(now(standing({ ...urgent, written: two }), '2026-05-20T22:01:00Z')).toEqual({ kind: 'urgent' });
  });

  it('the digest comes when its date has come, before what is urgent, and once', () => {
    const urgent = { waiting: [{ place: 'now' as const }] };
    expect(now(standing(urgent), '2026-05-25T05:00:00Z')).toEqual({
      kind: 'digest',
      slot: at('2026-05-25T05:00:00Z'),
    });
    expect(now(standing({ lastDigestDueAt: at('2026-05-25T05:00:00Z') }), '2026-05-25T05:00:01Z')).toBeNull();
  });

  it('the digest comes again after one that was written while the clock was a year ahead', () => {
    const ahead = { lastDigestDueAt: at('2027-05-24T05:00:00Z') };
    const slot = at('2026-05-18T05:00:00Z');
    expect(now(standing(ahead), '2026-05-20T10:00:00Z')).toEqual({ kind: 'digest', slot });
    expect(now(standing({ lastDigestDueAt: slot }), '2026-05-20T10:00:00Z')).toBeNull();
    // Two machines never agree to the second.
    expect(now(standing({ lastDigestDueAt: at('2026-05-25T05:00:00Z') }), '2026-05-25T04:59:30Z')).toBeNull();
  });

  it('in a pause nothing, and after it the digest that was put off', () => {
    const paused = standing({ waiting: [{ place: 'now' }], pausedUntil: at('2026-05-28T22:00:00Z') });
    expect(now(paused, '2026-05-27T05:00:00Z')).toBeNull();
    expect(now(paused, '2026-05-28T22:00:00Z')).toEqual({ kind: 'digest', slot: at('2026-05-25T05:00:00Z') });
    expect(nextDigestAt(at('2026-05-28T22:00:00Z'), WISHES, at('2026-05-20T05:00:00Z'))).toEqual(
      at('2026-06-01T05:00:00Z'),
    );
  });

  it.each([
    [
      'spring',
      '2026-03-27T12:00:00Z',
      ['2026-03-28T06:00:00.000Z', '2026-03-29T05:00:00.000Z', '2026-03-30T05:00:00.000Z'],
    ],
    [
      'autumn',
      '2026-10-23T12:00:00Z',
      ['2026-10-24T05:00:00.000Z', '2026-10-25T06:00:00.000Z', '2026-10-26T06:00:00.000Z'],
    ],
  ])(
    'over the change of clocks in %s a daily digest leaves at 07:00 there, each day once',
    (_, from, slots) => {
      const s = standing({ lastDigestDueAt: at(from) });
      const left: string[] = [];
      for (let minute = at(from).getTime(); left.length < 3; minute += 60_000) {
        const next = nextMessage(s, { ...WISHES, frequency: 'daily' }, new Date(minute));
        if (next?.kind !== 'digest') continue;
        s.lastDigestDueAt = next.slot;
        left.push(new Date(minute).toISOString());
        expect(DateTime.fromMillis(minute, { zone: 'Europe/Brussels' }).toFormat('HH:mm')).toBe('07:00');
      }
      expect(left).toEqual(slots);
    },
  );
});

describe('whoever chooses other dates or a pause', () => {
  const moment = fc.date({
    min: at('2026-01-01T00:00:00Z'),
    max: at('2027-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  const preferences = fc.record({
    frequency: fc.constantFrom('weekly' as const, 'daily' as const, 'at-once' as const),
    weekday: fc.constantFrom('monday' as const, 'sunday' as const),
    at: fc.constantFrom('00:00', '07:00', '23:59'),
  });

  it('is sent the next digest at the date that they are told, and none before', () => {
    fc.assert(
      fc.property(
        moment,
        fc.option(fc.integer({ min: 1, max: 40 * 86_400 })),
        preferences,
        (when, seconds, chosen) => {
          const all = { ...WISHES, ...chosen };
          const pausedUntil = seconds === null ? null : new Date(when.getTime() + seconds * 1_000);
          const next = nextDigestAt(pausedUntil, all, when);
          const stands = standing({ lastDigestDueAt: slotToGoOnFrom(pausedUntil, all, when), pausedUntil });
          expect(nextMessage(stands, all, new Date(next.getTime() - 1))).toBeNull();
          expect(nextMessage(stands, all, next)).toEqual({ kind: 'digest', slot: next });
        },
      ),
    );
  });
});

describe('a message at once', () => {
  it('tells also what waits of the same calls, and leaves the rest to the digest', () => {
    const waits = (place: 'now' | 'digest', callId: string | null, key: string) => ({ place, callId, key });
    const all = [
      waits('digest', 'a', 'budget'),
      waits('now', 'a', 'forward'),
      waits('digest', 'b', 'title'),
      waits('digest', null, 'answer'),
    ];
    expect(sentAtOnce(all).map((w) => w.key)).toEqual(['budget', 'forward']);
    expect(sentAtOnce([waits('now', null, 'answer'), ...all.slice(2)]).map((w) => w.key)).toEqual(['answer']);
  });
});
