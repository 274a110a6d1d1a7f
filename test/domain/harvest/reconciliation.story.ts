import type { ListedTopic } from '../../../src/harvest/domain/list.js';
import {
  reconcile,
  sameDays,
  type KnownList,
  type Listed,
  type Shown,
} from '../../../src/harvest/domain/list-against-search.js';

const NOW = new Date('2026-06-10T12:00:00Z');
const day = (n: number): Date => new Date(`2026-05-${String(n).padStart(2, '0')}T06:00:00Z`);
const AHEAD = '2026-09-15T00:00:00.000Z';
const PASSED = '2026-06-01T00:00:00.000Z';

const listed = (reference: string, told: Partial<ListedTopic> = {}, when: Partial<Listed> = {}): Listed => ({
  topic: {
    reference,
    number: '1',
    identifier: 'X-1',
    title: 'X',
    status: 'open',
    publishedAt: null,
    opensAt: null,
    deadlines: [AHEAD],
    notes: [],
    ...told,
  },
  firstListedAt: day(3),
  changedAt: day(3),
  droppedAt: null,
  ...when,
});
// 17:00 in Brussels, as per the rule.
const shown = (reference: string, told: Partial<Shown> = {}): Shown => ({
  reference,
  status: 'open',
  deadlines: ['2026-09-15T15:00:00.000Z'],
  firstSeenAt: day(1),
  changedAt: day(1),
  missingSince: null,
  isOver: false,
  ...told,
});
const on = (list: Listed[], pages: Shown[], known: Partial<KnownList> = {}) =>
  reconcile(list, pages, { readAt: day(2), unread: [], ...known }, NOW);
const what = (...given: Parameters<typeof on>) => on(...given).map((i) => `${i.reference} ${i.what}`);

describe('a list and the pages of its source', () => {
  it('agree where both show a topic with the same status and days', () =>
    expect(on([listed('a')], [shown('a')])).toEqual([]));

  it('do not where one lacks it: since it was listed, or went missing, was seen, or dropped', () => {
    expect(on([listed('a')], [])).toEqual([
      {
        reference: 'a',
        what: 'only-in-list',
        search: null,
        list: { status: 'open', deadlines: [AHEAD] },
        since: day(3),
      },
    ]);
    expect(on([listed('a')], [shown('a', { missingSince: day(9) })])).toMatchObject([
      { what: 'only-in-list', search: null, since: day(9) },
    ]);
    expect(on([], [shown('a')])).toEqual([
      {
        reference: 'a',
        what: 'only-in-search',
        search: { status: 'open', deadlines: ['2026-09-15T15:00:00.000Z'] },
        list: null,
        since: day(2),
      },
    ]);
    expect(on([], [shown('a', { firstSeenAt: day(8) })])).toMatchObject([{ since: day(8) }]);
    expect(on([listed('a', {}, { droppedAt: day(7) })], [shown('a')])).toMatchObject([
      { what: 'only-in-search', list: null, since: day(7) },
    ]);
  });

  it('say nothing of what neither shows', () =>
    expect(
      on(
        [listed('a', {}, { droppedAt: day(7) })],
        [shown('a', { missingSince: day(8) }), shown('b', { missingSince: day(8) })],
      ),
    ).toEqual([]));

  it('do not agree on deadlines or status, since the later of the two said so', () => {
    const items = on(
      [
        listed(
          'a',
          { status: 'forthcoming', deadlines: ['2026-10-15T00:00:00.000Z'] },
          { changedAt: day(5) },
        ),
      ],
      [shown('a', { changedAt: day(6) })],
    );
    expect(items.map((i) => [i.what, i.since])).toEqual([
      ['deadline', day(6)],
      ['status', day(6)],
    ]);
    expect(items[0]).toMatchObject({
      search: { deadlines: ['2026-09-15T15:00:00.000Z'] },
      list: { deadlines: ['2026-10-15T00:00:00.000Z'] },
    });
  });

  it('say nothing of what is over on either side, though it stands there still', () => {
    expect(on([listed('a', { deadlines: [PASSED] })], [])).toEqual([]);
    expect(on([], [shown('a', { isOver: true })])).toEqual([]);
    expect(
      on(
        [listed('a', { deadlines: [PASSED], status: 'forthcoming' })],
        [shown('a', { isOver: true, deadlines: ['2026-06-02T15:00:00.000Z'] })],
      ),
    ).toEqual([]);
    expect(on([listed('a', { deadlines: [] })], [shown('a', { isOver: true })])).toEqual([]);
    expect(
      on([listed('a', { deadlines: [PASSED] })], [shown('a', { isOver: true, missingSince: day(9) })]),
    ).toEqual([]);
  });

  it('do not agree where a topic is over on one side alone: an extension is told so', () => {
    expect(what([listed('a')], [shown('a', { isOver: true, deadlines: [PASSED] })])).toEqual(['a deadline']);
    expect(what([listed('a', { deadlines: [PASSED] })], [shown('a')])).toEqual(['a deadline']);
  });

  it('say nothing of a topic that the pages call closed and the list does not show', () =>
    expect(on([], [shown('a', { status: 'closed' })])).toEqual([]));

  it('say nothing of an item of the list that could not be read', () => {
    expect(on([], [shown('a')], { unread: ['a'] })).toEqual([]);
    expect(
      on([listed('a', { deadlines: ['2026-10-15T00:00:00.000Z'] })], [shown('a')], { unread: ['a'] }),
    ).toEqual([]);
  });

  it('are told the newest first, then by reference', () => {
    expect(
      what(
        [listed('b'), listed('a'), listed('c', {}, { firstListedAt: day(20) })],
        [shown('d', { firstSeenAt: day(4) })],
      ),
    ).toEqual(['c only-in-list', 'd only-in-search', 'a only-in-list', 'b only-in-list']);
  });
});

describe('the days of deadlines', () => {
  it.each([
    ['a day and 17:00 of it', '2026-09-15T00:00:00.000Z', '2026-09-15T15:00:00.000Z', true],
    [
      'midnight in Brussels and 17:00 of the day that begins',
      '2026-09-14T22:00:00.000Z',
      '2026-09-15T15:00:00.000Z',
      true,
    ],
    [
      'midnight in Brussels and 17:00 of the day before',
      '2026-09-14T22:00:00.000Z',
      '2026-09-14T15:00:00.000Z',
      false,
    ],
    ['midnight in Brussels in winter', '2026-12-14T23:00:00.000Z', '2026-12-15T16:00:00.000Z', true],
    ['a day and its last minute in UTC', '2026-09-15T00:00:00.000Z', '2026-09-15T23:59:00.000Z', true],
    ['two days that follow one another', '2026-09-15T00:00:00.000Z', '2026-09-16T15:00:00.000Z', false],
  ])('%s', (_what, a, b, same) => expect([sameDays([a], [b]), sameDays([b], [a])]).toEqual([same, same]));

  it('are the same in another order, and not where one more is told', () => {
    expect(sameDays(['2027-01-15T00:00:00.000Z', AHEAD], [AHEAD, '2027-01-15T16:00:00.000Z'])).toBe(true);
    expect(sameDays([AHEAD], [AHEAD, '2027-01-15T16:00:00.000Z'])).toBe(false);
    expect(sameDays([], [])).toBe(true);
  });
});
