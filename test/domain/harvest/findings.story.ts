import type { CallContent } from '../../../src/calls/domain/call-content.js';
import {
  findings,
  type Grace,
  type KnownSourceRecord,
  type Listed,
  type SeenCall,
} from '../../../src/harvest/domain/findings.js';

const NOW = new Date('2026-06-10T12:00:00Z');
const GRACE: Grace = { goneAfterRuns: 5, goneAfterHours: 48, closingHours: 48 };
const hours = (n: number, from = NOW) => new Date(from.getTime() + n * 3_600_000);

const known = (key: string, told: Partial<KnownSourceRecord> = {}): KnownSourceRecord => ({
  key: `SEDIA/${key}/en`,
  evidence: 'harvest',
  callId: key,
  contentHash: 'h',
  missedRuns: 0,
  missingSince: null,
  goneAt: null,
  ended: false,
  lastDeadlineAt: hours(1_000),
  sourceStatus: 'open',
  ...told,
});
/** A record missing from `missedRuns` good runs, the first of them `hoursAgo` hours ago. */
const missed = (key: string, missedRuns: number, hoursAgo: number, told: Partial<KnownSourceRecord> = {}) =>
  known(key, { missedRuns, missingSince: hours(-hoursAgo), ...told });
const seen = (key: string, hash = 'h'): SeenCall => ({
  key: `SEDIA/${key}/en`,
  content: {} as CallContent,
  hash,
  documentHash: 'd',
});

function find(
  before: KnownSourceRecord[],
  now: SeenCall[],
  { whole = true, unread = [] as string[], grace = GRACE, listed = undefined as Listed | undefined } = {},
) {
  const found = findings(
    before,
    now,
    { whole, unread, now: NOW, ...(listed && { listed: () => listed }) },
    grace,
  );
  const pair = ({ known: k }: { known: KnownSourceRecord }) => k.callId;
  return {
    fresh: found.fresh.map((s) => s.key),
    changed: found.changed.map(pair),
    back: found.back.map(pair),
    missing: found.missing.map((k) => k.callId),
    gone: found.gone.map((g) => [g.known.callId, g.as]),
  };
}
const NOTHING = { fresh: [], changed: [], back: [], missing: [], gone: [] };
const end = (told: Partial<KnownSourceRecord>, grace = GRACE) =>
  find([missed('a', 4, 48, told)], [], { grace }).gone[0]?.[1];

describe('a run against what is known', () => {
  it('finds nothing where all is as it was', () =>
    expect(find([known('a'), known('b')], [seen('b'), seen('a')])).toEqual(NOTHING));

  it('finds what is new, what changed and what is missing', () => {
    expect(find([known('a'), known('b'), known('c')], [seen('a'), seen('b', 'other'), seen('d')])).toEqual({
      ...NOTHING,
      fresh: ['SEDIA/d/en'],
      changed: ['b'],
      missing: ['c'],
    });
  });

  it('finds a call that was taken for gone to be back, changed or not', () => {
    const gone = { goneAt: hours(-100), missedRuns: 5, missingSince: hours(-200) };
    expect(find([known('a', gone), known('b', gone)], [seen('a'), seen('b', 'other')])).toEqual({
      ...NOTHING,
      back: ['a', 'b'],
    });
  });

  it('does not find a call twice to be gone', () => {
    expect(find([known('a', { goneAt: hours(-1), missedRuns: 5, missingSince: hours(-60) })], [])).toEqual(
      NOTHING,
    );
  });

  it('finds one that was missing and is there again to be nothing new', () =>
    expect(find([missed('a', 4, 100)], [seen('a')])).toEqual(NOTHING));
});

describe('a call that is missing', () => {
  it.each([
    [0, 0],
    [1, 12],
    [3, 100],
    [3, 10_000],
  ])('after %i runs and %i hours is not gone yet: too few runs', (runs, h) => {
    expect(find([missed('a', runs, h)], [])).toEqual({ ...NOTHING, missing: ['a'] });
  });

  it.each([
    [4, 47.9],
    [40, 12],
  ])('after %i runs and %i hours is not gone yet: too few hours', (runs, h) => {
    expect(find([missed('a', runs, h)], [])).toEqual({ ...NOTHING, missing: ['a'] });
  });

  it('is gone in the fifth run that misses it, 48 hours after the first', () => {
    expect(find([missed('a', 4, 48)], [])).toEqual({ ...NOTHING, gone: [['a', 'withdrawn']] });
  });

  it('is missing and not gone in the very run that misses it first, however little patience is asked', () => {
    expect(
      find([known('a')], [], { grace: { goneAfterRuns: 1, goneAfterHours: 0, closingHours: 48 } }),
    ).toEqual({ ...NOTHING, missing: ['a'] });
  });

  it('is no finding of a run that does not list all there is', () => {
    const before = [known('a'), missed('b', 40, 1_000), known('c'), known('d', { goneAt: hours(-1) })];
    expect(find(before, [seen('c', 'other'), seen('d')], { whole: false })).toEqual({
      ...NOTHING,
      changed: ['c'],
      back: ['d'],
    });
    expect(find(before, [], { whole: false })).toEqual(NOTHING);
  });

  it('is there where its row is, though it could not be read', () => {
    expect(find([missed('a', 4, 48), missed('b', 4, 48), known('c')], [], { unread: ['a', 'c'] })).toEqual({
      ...NOTHING,
      gone: [['b', 'withdrawn']],
    });
    // A key contained in another key is not a match.
    expect(find([known('10a')], [], { unread: ['a', '10', '0a'] }).missing).toEqual(['10a']);
  });
});

describe('a run beside the source’s own list', () => {
  const long = missed('a', 40, 1_000);
  const ofList = known('b', { evidence: 'list' });

  it('takes nothing for gone that the list shows as living, however long it is missing', () => {
    expect(find([long], [], { listed: 'living' })).toEqual({ ...NOTHING, missing: ['a'] });
    expect(find([long], [], { listed: 'not-living' })).toEqual({ ...NOTHING, gone: [['a', 'withdrawn']] });
  });

  it('goes by itself where the list is not known', () => {
    expect(find([long], [], { listed: 'unknown' })).toEqual({ ...NOTHING, gone: [['a', 'withdrawn']] });
  });

  it('does not miss what only the list has shown, for as long as that shows it or cannot be had', () => {
    for (const listed of ['living', 'unknown'] as const)
      expect(find([ofList], [], { listed })).toEqual(NOTHING);
    expect(find([ofList], [], { listed: 'not-living' })).toEqual({ ...NOTHING, missing: ['b'] });
  });

  it('takes what only the list has shown for gone once neither shows it any more', () => {
    expect(find([missed('b', 4, 48, { evidence: 'list' })], [], { listed: 'not-living' }).gone).toEqual([
      ['b', 'withdrawn'],
    ]);
  });
});

describe('the end of a call', () => {
  const since = hours(-48);

  it.each<[string, Date | null, 'closed' | 'withdrawn']>([
    ['closed where it was dropped at its deadline', since, 'closed'],
    ['closed where it was dropped long after its deadline', hours(-2_000), 'closed'],
    ['closed where it was dropped up to two days before', hours(48, since), 'closed'],
    ['withdrawn where it was dropped earlier', hours(48.1, since), 'withdrawn'],
    [
      'withdrawn where its deadline has passed only now, after it was missing for long',
      hours(72, since),
      'withdrawn',
    ],
    ['withdrawn where it has no deadline', null, 'withdrawn'],
  ])('is %s', (_, lastDeadlineAt, expected) => expect(end({ lastDeadlineAt })).toBe(expected));

  it('goes by the day on which it was dropped, not by the one on which it is taken for gone', () => {
    expect(find([missed('a', 400, 10_000, { lastDeadlineAt: hours(-100) })], []).gone).toEqual([
      ['a', 'withdrawn'],
    ]);
  });

  it('is no news where its source had said before that it is closed', () => {
    for (const lastDeadlineAt of [null, hours(-2_000), hours(2_000)])
      expect(end({ lastDeadlineAt, sourceStatus: 'closed' })).toBeNull();
  });

  it('of one that was never open is told like that of any other', () =>
    expect(end({ sourceStatus: 'forthcoming' })).toBe('withdrawn'));

  it('goes by the rule', () => {
    const told = { lastDeadlineAt: hours(100, since) };
    expect(end(told)).toBe('withdrawn');
    expect(end(told, { ...GRACE, closingHours: 100 })).toBe('closed');
  });
});
