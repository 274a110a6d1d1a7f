import {
  isOver,
  listDoubt,
  type ListedTopic,
  type ListPast,
  type ParsedList,
} from '../../../src/harvest/domain/list.js';

const RULES = { expectsAtLeast: 30, maxUnreadShare: 0.02 };
const reference = (n: number): string => `${n}TOPICSen`;
const topic = (n: number): ListedTopic => ({
  reference: reference(n),
  number: String(n),
  identifier: `X-${n}`,
  title: `Topic ${n}`,
  status: 'open',
  publishedAt: null,
  opensAt: null,
  deadlines: [],
  notes: [],
});
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const list = (living: number[], unread: ParsedList['unread'] = []): ParsedList => ({
  items: 1_000,
  topics: 900,
  living: living.map(topic),
  unread,
});
const known = (n: number): string[] => upTo(n).map(reference);
const doubt = (read: ParsedList, past: Partial<ListPast> = {}) =>
  listDoubt(read, { shown: null, before: null, ...past }, RULES);

describe('a list of a source', () => {
  it('is believed where nothing is known and it is as long as its source is', () => {
    expect(doubt(list(upTo(30)))).toBeNull();
    expect(doubt(list(upTo(29)))).toBe('it shows only 29 topics that are forthcoming or open');
  });

  it.each(['shown', 'before'] as const)('has to hold four fifths of what is known by `%s`', (by) => {
    expect(doubt(list(upTo(80)), { [by]: known(100) })).toBeNull();
    expect(doubt(list(upTo(79)), { [by]: known(100) })).toMatch(
      /^it lacks 21 of the 100 topics that the (source's pages show|list before it showed)$/,
    );
  });

  it('is held against the pages, where they were read lately, and not against the list before it', () => {
    expect(doubt(list(upTo(100)), { shown: known(100), before: known(500) })).toBeNull();
    expect(doubt(list(upTo(50)), { shown: known(100), before: known(50) })).toContain('pages');
  });

  it('may be longer than anything that was known', () =>
    expect(doubt(list(upTo(300)), { shown: known(100) })).toBeNull());

  it('may not be short because little was known: an empty one is not believed of a handful of topics', () => {
    expect(doubt(list([]), { shown: known(19) })).toBe('it shows only 0 topics that are forthcoming or open');
    expect(doubt(list(upTo(40)), { shown: known(19) })).toBeNull();
    expect(doubt(list([]), { shown: [] })).not.toBeNull();
  });

  it('does not lack an item that could not be read', () => {
    const read = upTo(79);
    expect(doubt(list(read, [{ reference: reference(99), why: 'x' }]), { shown: known(100) })).toBeNull();
    expect(doubt(list(read, [{ reference: null, why: 'x' }]), { shown: known(100) })).toContain('lacks 21');
  });

  it('is not believed where too much of it cannot be read, one thing always aside', () => {
    const unread = (n: number) =>
      upTo(n).map((i) => ({ reference: reference(500 + i), why: `status is ${i}` }));
    expect(doubt(list(upTo(40), unread(1)))).toBeNull();
    expect(doubt(list(upTo(40), unread(2)))).toBe(
      '2 of its items could not be read, first of all: status is 0',
    );
    expect(doubt(list(upTo(100), unread(2)))).toBeNull();
    expect(doubt(list(upTo(100), unread(3)))).not.toBeNull();
  });
});

describe('a topic of a list', () => {
  const over = (now: string, ...deadlines: string[]) => isOver({ deadlines }, new Date(now));

  it('is over when the day of its last deadline has passed in Brussels', () => {
    expect(over('2026-09-15T21:59:59Z', '2026-09-15T00:00:00.000Z')).toBe(false);
    expect(over('2026-09-15T22:00:00Z', '2026-09-15T00:00:00.000Z')).toBe(true);
  });

  it('is not over while one of its deadlines is to come, in whatever order they stand', () => {
    expect(over('2026-09-20T00:00:00Z', '2026-10-01T00:00:00.000Z', '2026-09-15T00:00:00.000Z')).toBe(false);
    expect(over('2026-10-03T00:00:00Z', '2026-10-01T00:00:00.000Z', '2026-09-15T00:00:00.000Z')).toBe(true);
  });

  it('without deadlines is not over', () => expect(over('2026-09-20T00:00:00Z')).toBe(false));
});
