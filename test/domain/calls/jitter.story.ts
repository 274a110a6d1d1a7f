import { settled } from '../../../src/harvest/domain/settings.js';
import { contentHash } from '../../../src/calls/domain/versions/identity.js';
import { changesBetween } from '../../../src/calls/domain/versions/diff.js';
import { aCall } from '../../support/matching/calls.js';

const due = (...ats: string[]) => aCall('1', { deadlines: ats.map((at) => ({ at, timeTold: true })) });

describe('a deadline that its source tells with other seconds', () => {
  it.each([
    ['within the minute', '2026-04-03T14:00:44.000Z', '2026-04-03T14:00:35.000Z'],
    ['across the turn of a minute', '2026-04-03T13:59:58.000Z', '2026-04-03T14:00:03.000Z'],
    ['back across it', '2026-04-03T14:00:03.000Z', '2026-04-03T13:59:58.000Z'],
    ['by just under a minute', '2026-04-03T14:00:00.000Z', '2026-04-03T14:00:59.999Z'],
  ])('%s is where it was', (_, before, now) => {
    const stored = due(before);
    expect(contentHash(settled(stored, due(now)))).toBe(contentHash(stored));
    expect(changesBetween(stored, settled(stored, due(now)))).toEqual([]);
  });

  it.each([
    ['by a minute', '2026-04-03T13:59:00.000Z', '2026-04-03T14:00:00.000Z'],
    ['by a minute and seconds', '2026-04-03T13:59:10.000Z', '2026-04-03T14:00:59.000Z'],
    ['by days', '2026-04-03T14:00:44.000Z', '2026-04-07T14:00:35.000Z'],
  ])('has moved %s', (_, before, now) => {
    const stored = due(before);
    expect(changesBetween(stored, settled(stored, due(now))).map((c) => c.kind)).toEqual(['extended']);
  });

  it('of several, one moves and another jitters: the one that moved is told', () => {
    const stored = due('2026-04-03T13:59:58.000Z', '2026-09-03T14:00:00.000Z');
    const now = settled(stored, due('2026-04-03T14:00:01.000Z', '2026-09-10T14:00:00.000Z'));
    expect(now.deadlines.map((d) => d.at)).toEqual(['2026-04-03T13:59:00.000Z', '2026-09-10T14:00:00.000Z']);
  });

  it('does not drift away: many small steps are one move in the end', () => {
    const stored = due('2026-04-03T14:00:00.000Z');
    const last = ['2026-04-03T14:00:30.000Z', '2026-04-03T14:00:59.000Z', '2026-04-03T14:01:20.000Z']
      .map((at) => settled(stored, due(at)))
      .at(-1)!;
    expect(changesBetween(stored, last).map((c) => c.kind)).toEqual(['extended']);
  });

  it('one that is added is no jitter', () => {
    const stored = due('2026-04-03T14:00:00.000Z');
    expect(
      settled(stored, due('2026-04-03T14:00:30.000Z', '2026-05-03T14:00:00.000Z')).deadlines,
    ).toHaveLength(2);
  });
});

it('an opening that moves by a minute has not moved; by an hour it has', () => {
  const opens = (opensAt: string) => aCall('1', { opensAt });
  const stored = opens('2026-04-03T13:59:58.000Z');
  expect(changesBetween(stored, settled(stored, opens('2026-04-03T14:00:02.000Z')))).toEqual([]);
  expect(
    changesBetween(stored, settled(stored, opens('2026-04-03T15:00:02.000Z'))).map((c) => c.kind),
  ).toEqual(['opening']);
});
