import {
  type ParsedPartnerPage,
  type ParsedPartnerSearch,
  type ReadPartnerPage,
} from '../../../src/harvest/domain/partner-search.js';
import { partnerDoubt, readingOf } from '../../../src/harvest/domain/partner-validation.js';

const RULES = { maxUnreadShare: 0.02 };
const search = (id: string): ParsedPartnerSearch => ({
  id,
  topics: ['T'],
  wants: 'offer',
  country: null,
  countryIso: null,
  organisationType: null,
  summary: null,
  publishedAt: null,
});
const ids = (n: number, from = 0): string[] => Array.from({ length: n }, (_, i) => `${from + i}`);
const page = (
  key: string,
  total: number | null,
  over: Partial<ParsedPartnerPage> & { ids?: string[] } = {},
): ReadPartnerPage => {
  const { ids: shown = [], ...rest } = over;
  return {
    key,
    page: {
      total,
      searches: shown.map(search),
      leftOut: [],
      unread: [],
      names: { countries: [], organisationTypes: [] },
      ...rest,
    },
  };
};

describe('a reading of partner searches', () => {
  it('is believed where all rows were seen that each part counts, left out and unreadable ones too, however often', () => {
    const done = [
      page('names', null),
      page('a: any.1 1', 5, { ids: ids(3), leftOut: ['p'], unread: [{ key: 'x', why: 'odd' }] }),
      page('a: any.1 2', 5, { ids: ids(3) }),
      page('b: any.1 1', 0),
    ];
    expect(partnerDoubt(done, 4, null, { maxUnreadShare: 0.5 })).toBeNull();
    expect(readingOf(done)).toMatchObject({
      searches: ids(3).map(search),
      unread: 1,
      unreadKeys: ['x'],
      unreadWhy: 'odd',
    });
  });

  it('is not where rows are missing in a part, though another shows as many more', () => {
    expect(
      partnerDoubt(
        [page('a: any.1 1', 4, { ids: ids(3) }), page('b: any.1 1', 1, { ids: ids(2, 9) })],
        0,
        null,
        RULES,
      ),
    ).toBe('a counts 4 partner searches and showed 3');
  });

  it('is not where too many rows could not be read', () => {
    const unread = [
      { key: 'x', why: 'no wants' },
      { key: 'y', why: 'odd' },
    ];
    expect(partnerDoubt([page('a: any.1 1', 12, { ids: ids(10), unread })], 0, null, RULES)).toBe(
      '2 of 12 partner searches could not be read, first of all: no wants',
    );
    expect(
      partnerDoubt([page('a: any.1 1', 11, { ids: ids(10), unread: unread.slice(1) })], 0, null, RULES),
    ).toBeNull();
  });

  it('that holds far fewer than are known, or none, is believed only where the one before said the same', () => {
    const none = [page('a: any.1 1', 0)];
    expect(partnerDoubt(none, 40, null, RULES)).toBe('it holds 0 partner searches where 40 were known');
    expect(partnerDoubt(none, 40, 19, RULES)).toBe('it holds 0 partner searches where 40 were known');
    expect(partnerDoubt(none, 40, 0, RULES)).toBeNull();
    expect(partnerDoubt(none, 9, null, RULES)).toBe('it holds 0 partner searches where 9 were known');
    expect(partnerDoubt(none, 9, 0, RULES)).toBeNull();
    expect(partnerDoubt([page('a: any.1 1', 1, { ids: ids(1) })], 9, null, RULES)).toBeNull();
    expect(partnerDoubt([page('a: any.1 1', 20, { ids: ids(20) })], 40, null, RULES)).toBeNull();
  });
});
