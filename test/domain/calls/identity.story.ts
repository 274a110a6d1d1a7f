import { deadlinesAgree, identityKeys, pointsTo } from '../../../src/calls/domain/versions/identity.js';
import type { CallContent, Deadline } from '../../../src/calls/domain/call-content.js';

type Overrides = Partial<Pick<CallContent, 'identifier' | 'kind' | 'title' | 'url' | 'alsoAt' | 'deadlines'>>;

const deadline = (at: string): Deadline => ({ kind: 'single', at, timeTold: true, brussels: '' });
const call = (overrides: Overrides = {}) => ({
  identifier: null,
  kind: 'grant' as const,
  title: 'Call',
  url: null,
  alsoAt: [],
  deadlines: [],
  ...overrides,
});
const keys = (overrides: Overrides) => identityKeys(call(overrides));
/** Whether two records would be recognised as the same call, deadlines aside. */
const meet = (a: Overrides, b: Overrides): boolean => keys(a).some((k) => keys(b).includes(k));

describe('a call is known again by its topic identifier', () => {
  it('in whatever letters', () => {
    expect(keys({ identifier: 'HORIZON-CL5-2026-D3-01' })).toEqual(['identifier horizon-cl5-2026-d3-01']);
    expect(meet({ identifier: 'HORIZON-CL5-2026-D3-01' }, { identifier: 'horizon-cl5-2026-d3-01' })).toBe(
      true,
    );
    expect(meet({ identifier: 'HORIZON-CL5-2026-D3-01' }, { identifier: 'HORIZON-CL5-2026-D3-02' })).toBe(
      false,
    );
  });

  it('but not a cascade call, which bears its parent’s', () => {
    expect(keys({ kind: 'cascade', identifier: 'HORIZON-CL5-2026-D3-01' })).toEqual([]);
    expect(
      meet(
        { kind: 'cascade', identifier: 'HORIZON-CL5-2026-D3-01' },
        { identifier: 'HORIZON-CL5-2026-D3-01' },
      ),
    ).toBe(false);
  });

  it('and by nothing where it has none', () => expect(keys({})).toEqual([]));
});

describe('a call is known again by the address of its page', () => {
  const PAGE = 'https://www.example.org/calls/water-2026';

  it.each([
    'https://www.example.org/calls/water-2026',
    'http://example.org/calls/water-2026',
    'https://example.org/calls/water-2026/',
    'https://WWW.Example.ORG/Calls/Water-2026',
    'https://example.org/calls/water-2026?utm_source=mail',
    'https://example.org/calls/water-2026?lang=en&programmePeriod=2021-2027',
    'https://example.org/calls/water-2026#apply',
  ])('also where it is written as %s', (url) => {
    expect(meet({ url: PAGE }, { url })).toBe(true);
    expect(meet({ url: PAGE }, { alsoAt: ['https://elsewhere.example/x', url] })).toBe(true);
  });

  it.each([
    ['https://example.org/calls/water-2027', PAGE],
    ['https://example.com/calls/water-2026', PAGE],
    ['https://example.org/calls', PAGE],
    // Only the query distinguishes the calls.
    ['https://example.org/call.php?id=12', 'https://example.org/call.php?id=13'],
    ['https://example.org/call.php', 'https://example.org/call.php?id=13'],
    ['https://example.org/portal/#/call/12', 'https://example.org/portal/#/call/13'],
  ])('but %s is not %s', (a, b) => expect(meet({ url: a }, { url: b })).toBe(false));

  it('with the same query in another order, without what counts visitors', () => {
    expect(
      meet(
        { url: 'https://example.org/call.php?id=12&year=2026' },
        { url: 'https://example.org/call.php?utm_medium=x&year=2026&id=12' },
      ),
    ).toBe(true);
  });

  it('without what TYPO3 adds to the address of a page, with and without which one is cited', () => {
    const page = 'https://anr.fr/fr/detail/call/plateforme-inventee/';
    const cited = `${page}?tx_anrprojects_request%5Baction%5D=show&cHash=8f1d2c`;
    expect(meet({ url: page }, { alsoAt: [cited] })).toBe(true);
    const other = 'https://anr.fr/fr/detail/?tx_anrprojects_request[uid]=12&cHash=8f1d2c';
    expect(meet({ url: other }, { url: other.replace('12', '13') })).toBe(false);
  });

  it.each([
    'https://example.org',
    'https://example.org/',
    'https://www.example.org/#top',
    'https://example.org/?utm_source=mail',
  ])('but not by a front page: %s', (url) => {
    expect(keys({ url, alsoAt: [url] })).toEqual([]);
  });
});

describe('a call is known again by its title and the day of its last deadline', () => {
  const title = 'Joint transnational call on clean water';
  const deadlines = [deadline('2026-03-03T16:00:00.000Z'), deadline('2026-09-15T15:00:00.000Z')];

  it('whatever marks and letters it is written with', () => {
    expect(keys({ title, deadlines })).toEqual(['title joint transnational call on clean water 2026-09-15']);
    expect(
      meet(
        { title, deadlines },
        {
          title: 'JOINT Transnational Call: “on clean  water”',
          deadlines: [deadline('2026-09-15T08:00:00.000Z')],
        },
      ),
    ).toBe(true);
  });

  it('on the day as it is in Brussels', () => {
    expect(
      meet(
        { title, deadlines: [deadline('2026-09-14T22:30:00.000Z')] },
        { title, deadlines: [deadline('2026-09-15T21:30:00.000Z')] },
      ),
    ).toBe(true);
    expect(
      meet(
        { title, deadlines: [deadline('2026-09-14T21:30:00.000Z')] },
        { title, deadlines: [deadline('2026-09-14T22:30:00.000Z')] },
      ),
    ).toBe(false);
  });

  it('not by its title alone: the next year’s call bears the same', () => {
    expect(keys({ title })).toEqual([]);
    expect(meet({ title, deadlines }, { title, deadlines: [deadline('2027-09-15T15:00:00.000Z')] })).toBe(
      false,
    );
  });

  it('not where the title is one that many calls bear', () => {
    expect(keys({ title: 'Open call 2026', deadlines })).toEqual([]);
    expect(keys({ title: 'Open water call 2026', deadlines })).toHaveLength(1);
    for (const many of [
      'Appel à projets 2027',
      "Appel à manifestation d'intérêt – 2026",
      'Appel à projets de recherche',
      'Call for proposals 2026',
      'Open call for expressions of interest',
    ])
      expect(keys({ title: many, deadlines })).toEqual([]);
    expect(keys({ title: 'Appel à projets Hydrogène', deadlines })).toHaveLength(1);
  });

  it('but another number or letter in it is another call', () => {
    expect(meet({ title: `${title} 2`, deadlines }, { title: `${title} 3`, deadlines })).toBe(false);
    expect(
      meet(
        { title: 'Appel à projets été propre', deadlines },
        { title: 'Appel à projets ete propre', deadlines },
      ),
    ).toBe(false);
  });
});

describe('the deadlines of two records', () => {
  const agree = (a: string[], b: string[]) =>
    deadlinesAgree({ deadlines: a.map(deadline) }, { deadlines: b.map(deadline) });
  const [SPRING, AUTUMN] = ['2026-03-03T16:00:00.000Z', '2026-09-15T15:00:00.000Z'] as const;

  it.each<[string, string[], string[], boolean]>([
    ['agree where they are on one day, whatever the hour', [AUTUMN], ['2026-09-15T10:00:00.000Z'], true],
    ['agree where they share one of several', [SPRING, AUTUMN], [AUTUMN], true],
    ['agree where one tells none', [], [AUTUMN], true],
    ['agree where none tells any', [], [], true],
    ['do not agree on different days', [SPRING], [AUTUMN], false],
    ['do not agree a day apart', [AUTUMN], ['2026-09-16T15:00:00.000Z'], false],
  ])('%s', (_, a, b, expected) => {
    expect(agree(a, b)).toBe(expected);
    expect(agree(b, a)).toBe(expected);
  });
});

describe('a source that sends its readers to the page of another', () => {
  it.each([
    [['https://publisher.example/call-7'], 'http://www.publisher.example/call-7/', true],
    [
      ['https://elsewhere.example/x', 'https://publisher.example/call-7?lang=fr'],
      'https://publisher.example/call-7',
      true,
    ],
    [['https://publisher.example/call-8'], 'https://publisher.example/call-7', false],
    [['https://publisher.example/'], 'https://publisher.example/', false],
    [['https://publisher.example/call-7'], null, false],
    [[], 'https://publisher.example/call-7', false],
  ])('%j points to %s: %s', (alsoAt, url, expected) => expect(pointsTo({ alsoAt }, { url })).toBe(expected));
});
