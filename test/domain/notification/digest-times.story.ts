import {
  type DigestTimes,
  lastSlot,
  nextSlot,
} from '../../../src/notifications/domain/preferences/preferences.js';

const monday: DigestTimes = { frequency: 'weekly', weekday: 'monday', at: '07:00' };
const daily = (at: string): DigestTimes => ({ frequency: 'daily', weekday: 'monday', at });
const slot = (now: string, times: DigestTimes) => lastSlot(new Date(now), times).toISOString();

describe('weekly', () => {
  it.each([
    // 1 June 2026 is a Monday.
    ['on the minute', '2026-06-01T05:00:00Z', '2026-06-01T05:00:00.000Z'],
    ['a moment before it', '2026-06-01T04:59:59.999Z', '2026-05-25T05:00:00.000Z'],
    ['later that day', '2026-06-01T20:00:00Z', '2026-06-01T05:00:00.000Z'],
    ['on the Sunday after', '2026-06-07T21:59:59Z', '2026-06-01T05:00:00.000Z'],
    [
      'on a Monday in Brussels that is still Sunday in UTC',
      '2026-06-07T22:30:00Z',
      '2026-06-01T05:00:00.000Z',
    ],
    [
      'at 07:00 of winter time, over the change in autumn',
      '2026-10-26T06:00:00Z',
      '2026-10-26T06:00:00.000Z',
    ],
    ['before that, back in summer time', '2026-10-26T05:30:00Z', '2026-10-19T05:00:00.000Z'],
    [
      'at 07:00 of summer time, over the change in spring',
      '2026-03-30T05:00:00Z',
      '2026-03-30T05:00:00.000Z',
    ],
    ['before that, back in winter time', '2026-03-30T04:59:00Z', '2026-03-23T06:00:00.000Z'],
  ])('%s', (_, now, expected) => expect(slot(now, monday)).toBe(expected));

  it.each([
    ['monday', '2026-06-01'],
    ['tuesday', '2026-06-02'],
    ['wednesday', '2026-05-27'],
    ['thursday', '2026-05-28'],
    ['friday', '2026-05-29'],
    ['saturday', '2026-05-30'],
    ['sunday', '2026-05-31'],
  ] as const)('the last %s', (weekday, date) => {
    expect(slot('2026-06-02T12:00:00Z', { ...monday, weekday })).toBe(`${date}T05:00:00.000Z`);
  });
});

describe('daily', () => {
  it.each([
    ['today', '2026-06-02T12:00:00Z', '07:00', '2026-06-02T05:00:00.000Z'],
    ['yesterday, before the time', '2026-06-02T04:00:00Z', '07:00', '2026-06-01T05:00:00.000Z'],
    ['yesterday evening', '2026-06-02T12:00:00Z', '23:30', '2026-06-01T21:30:00.000Z'],
    ['yesterday, over the change in spring', '2026-03-29T04:00:00Z', '07:00', '2026-03-28T06:00:00.000Z'],
    ['yesterday, over the change in autumn', '2026-10-25T05:30:00Z', '07:00', '2026-10-24T05:00:00.000Z'],
    // 02:30 does not exist on 29 March: it becomes one hour later, on that day only.
    ['a time that does not exist', '2026-03-29T12:00:00Z', '02:30', '2026-03-29T01:30:00.000Z'],
    ['the day before it', '2026-03-29T00:59:00Z', '02:30', '2026-03-28T01:30:00.000Z'],
    ['the day after it', '2026-03-30T00:30:00Z', '02:30', '2026-03-30T00:30:00.000Z'],
    // 02:30 occurs twice on 25 October: the first counts for the whole day.
    ['a time that is there twice, at the first', '2026-10-25T00:30:00Z', '02:30', '2026-10-25T00:30:00.000Z'],
    ['between the two', '2026-10-25T01:10:00Z', '02:30', '2026-10-25T00:30:00.000Z'],
    ['at the second', '2026-10-25T01:30:00Z', '02:30', '2026-10-25T00:30:00.000Z'],
    ['in the evening', '2026-10-25T20:00:00Z', '02:30', '2026-10-25T00:30:00.000Z'],
  ])('%s', (_, now, at, expected) => expect(slot(now, daily(at))).toBe(expected));

  it('gives one date a day over a whole year, none twice, none in the future', () => {
    // From 00:00 on 2 January 2026 to 21:00 on 1 January 2027, Brussels time, with or without the digest due
    // on 1 January 2026.
    for (const [at, days] of [
      ['00:00', 365],
      ['02:30', 366],
      ['07:00', 366],
      ['23:59', 365],
    ] as const) {
      const slots = new Set<number>();
      for (let now = Date.UTC(2026, 0, 1, 23); now < Date.UTC(2027, 0, 1, 23); now += 7 * 3_600_000) {
        const last = lastSlot(new Date(now), daily(at)).getTime();
        expect(last <= now && now - last <= 25 * 3_600_000).toBe(true);
        slots.add(last);
      }
      expect([at, slots.size]).toEqual([at, days]);
    }
  });
});

describe('the next', () => {
  it.each([
    ['late on the day of 25 hours', '2026-10-24T21:59:00Z', daily('23:59'), '2026-10-25T22:59:00.000Z'],
    ['late on the day of 23 hours', '2026-03-28T22:59:00Z', daily('23:59'), '2026-03-29T21:59:00.000Z'],
    ['from that day on', '2026-10-25T22:30:00Z', daily('23:59'), '2026-10-25T22:59:00.000Z'],
    [
      'late on a Sunday of 25 hours',
      '2026-10-18T21:59:00Z',
      { ...daily('23:59'), frequency: 'weekly', weekday: 'sunday' } as const,
      '2026-10-25T22:59:00.000Z',
    ],
  ])('%s', (_, after, times, expected) =>
    expect(nextSlot(new Date(after), times).toISOString()).toBe(expected),
  );
});
