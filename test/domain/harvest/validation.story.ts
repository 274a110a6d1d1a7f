import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';
import {
  quickCheckScanOf,
  isWhole,
  judge,
  judgeQuickCheck,
  scanOf,
  type ValidationRules,
  type Scan,
  type Past,
} from '../../../src/harvest/domain/scan-agreement.js';
import type { ReadDocument } from '../../../src/harvest/domain/source.js';

const call = (reference: string, change: Partial<ParsedCall> = {}): ParsedCall => ({
  dataSource: 'SEDIA',
  reference,
  language: 'en',
  title: `Call ${reference}`,
  kind: 'grant',
  identifier: 'ONE-FOR-ALL',
  callIdentifier: null,
  callTitle: null,
  programme: null,
  divisions: [],
  typesOfAction: [],
  sourceStatus: 'open',
  opensAt: null,
  deadlineModel: null,
  deadlines: [],
  budget: null,
  destination: null,
  keywords: [],
  sections: [],
  url: null,
  alsoAt: [],
  ...change,
});
const calls = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => call(String(from + i)));
const unread = (reference: string | null, why = 'type is missing') => ({ reference, why });
const page = (
  key: string,
  total: number | null,
  found: ParsedCall[],
  bad: ReadDocument['page']['unread'] = [],
  ...leftOut: string[]
): ReadDocument => ({
  key,
  page: {
    total,
    calls: found,
    unread: bad,
    links: [],
    ...(leftOut.length > 0 && { leftOut: leftOut.map((k) => ({ key: k, why: 'it is old' })) }),
  },
});
const RULES: ValidationRules = {
  maxUnreadShare: 0.02,
  maxShrink: 0.25,
  maxGrowth: 2,
  confirmAfterRuns: 4,
  confirmAfterHours: 48,
};
const FIRST: Past = { sizes: [], running: 0, refused: [], now: new Date('2026-06-01T00:00:00Z') };
const scan = (found: ParsedCall[], total: number | null = found.length, bad: Scan['unread'] = []): Scan =>
  scanOf([page('page-1.1', total, found, bad)]);

describe('scanOf', () => {
  const seen = (scan: Scan) =>
    [[...scan.calls.values()].map((c) => c.reference), scan.parts[0]?.total ?? null, scan.unread] as const;

  it('puts pages together; a row that is there twice counts once', () => {
    const scan = scanOf([
      page('page-1.1', 3, calls(1, 2)),
      page('page-2.1', 3, calls(2, 3)),
      page('after.1', 3, calls(1, 1)),
    ]);
    expect(seen(scan)).toEqual([['1', '2', '3'], 3, []]);
  });

  it('takes the last total and sets aside the pages that told another', () => {
    const scan = scanOf([
      page('page-1.1', 2, calls(1, 2)),
      page('page-1.2', 3, calls(2, 4)),
      page('after.1', 3, []),
    ]);
    expect(seen(scan)).toEqual([['2', '3', '4'], 3, []]);
    expect(seen(scanOf([page('page-1.1', 3, calls(1, 3), [unread('9')]), page('after.1', 0, [])]))).toEqual([
      [],
      0,
      [],
    ]);
  });

  it('keeps pages that tell no total', () => {
    expect(
      seen(scanOf([page('a', null, calls(1, 1)), page('b', 2, calls(2, 2)), page('c', null, [])])),
    ).toEqual([['1', '2'], 2, []]);
    expect(seen(scanOf([page('a', null, calls(1, 1))]))).toEqual([['1'], null, []]);
    expect(seen(scanOf([]))).toEqual([[], null, []]);
  });

  it('tells languages and data sources of one reference apart', () => {
    expect(
      scanOf([page('a', 3, [call('1'), call('1', { language: 'fr' }), call('1', { dataSource: 'OTHER' })])])
        .calls.size,
    ).toBe(3);
  });

  it('notes of each call the document that shows it as it is taken', () => {
    const [one, other] = [call('2'), call('2', { title: 'Other' })];
    const { calls: found, shownBy } = scanOf([
      page('a', 3, [call('1'), one]),
      page('of another state', 2, [other]),
      page('b', 3, [other, call('3')]),
    ]);
    expect([...shownBy]).toEqual([
      ['SEDIA/1/en', 'a'],
      ['SEDIA/2/en', 'b'],
      ['SEDIA/3/en', 'b'],
    ]);
    expect(found.get('SEDIA/2/en')).toBe(other);
  });

  it('counts unread rows without a name by what is said of them', () => {
    expect(
      scanOf([page('a', 2, [], [unread(null), unread(null), unread(null, 'title is missing')])]).unread,
    ).toEqual([unread(null), unread(null, 'title is missing')]);
  });

  it('tells unread rows of one reference apart by their language, where it is told', () => {
    const scan = scanOf([
      page(
        'a',
        4,
        [call('1'), call('2')],
        [
          { ...unread('1'), language: 'fr' },
          { ...unread('2'), language: 'fr' },
          { ...unread('2'), language: 'de' },
        ],
      ),
      page('b', null, [call('2', { language: 'de' })]),
    ]);
    expect(scan.unread).toEqual([
      { ...unread('1'), language: 'fr' },
      { ...unread('2'), language: 'fr' },
    ]);
  });

  it('of a quick check takes every page, whatever total it tells', () => {
    expect(
      seen(quickCheckScanOf([page('glance-1', 100, calls(1, 3)), page('glance-2', 50, calls(4, 5))])),
    ).toEqual([['1', '2', '3', '4', '5'], null, []]);
  });

  it('counts an unread row once, and not at all where it was read elsewhere', () => {
    const scan = scanOf([
      page('a', 3, calls(1, 1), [unread('2'), unread('3')]),
      page('b', 3, [], [unread('2'), unread('1')]),
      page('c', 3, calls(3, 3)),
    ]);
    expect(seen(scan)).toEqual([['1', '3'], 3, [unread('2')]]);
  });

  it('has one part without a name where a source is not walked in parts, and none where nothing was answered', () => {
    expect(
      scanOf([page('page-1.1', 3, calls(1, 2), [unread('3')]), page('https://x.example/: 1', 3, [])]).parts,
    ).toEqual([{ name: '', total: 3, seen: 3 }]);
    expect(scanOf([]).parts).toEqual([]);
  });

  it('counts each part by itself, and takes the last total of each', () => {
    const scan = scanOf([
      page('grants: 1', 3, calls(1, 2)),
      page('cascade: 1', 2, calls(8, 9)),
      page('grants: 2', 4, calls(2, 5)),
      page('cascade: count', 2, []),
      page('grants: count', 4, []),
    ]);
    expect([...scan.calls.keys()]).toEqual(['2', '3', '4', '5', '8', '9'].map((r) => `SEDIA/${r}/en`));
    expect(scan.parts).toEqual([
      { name: 'grants', total: 4, seen: 4 },
      { name: 'cascade', total: 2, seen: 2 },
    ]);
    expect(scan.shownBy.get('SEDIA/2/en')).toBe('grants: 2');
  });

  it('counts what is left out among the rows, each once, and takes it for no call, though it has the name of one', () => {
    const scan = scanOf([
      page('a: 1', 4, calls(1, 2), [unread('3')], 'OLD/1/en'),
      page('a: 2', 4, [], [], 'OLD/1/en'),
    ]);
    expect([...scan.calls.keys()]).toEqual(['SEDIA/1/en', 'SEDIA/2/en']);
    expect(scan.leftOut).toEqual(new Map([['OLD/1/en', 'it is old']]));
    expect(scan.parts).toEqual([{ name: 'a', total: 4, seen: 4 }]);
    expect(scan.unread).toEqual([unread('3')]);
  });

  it('sets aside what is left out on a page of another state', () => {
    const scan = scanOf([page('a: 1', 5, [], [], 'OLD/7/en'), page('a: 1', 1, calls(1, 1))]);
    expect([scan.leftOut.size, scan.parts]).toEqual([0, [{ name: 'a', total: 1, seen: 1 }]]);
  });
});

describe('judge', () => {
  const verdict = (
    a: Scan,
    b: Scan,
    expectsAtLeast = 5,
    maxUnreadShare = 0.02,
    past = FIRST,
    coverage: 'full' | 'window' = 'full',
  ) => {
    const validation = judge(a, b, { expectsAtLeast, coverage }, { ...RULES, maxUnreadShare }, past);
    return validation.accepted ? validation.calls.map((c) => c.reference) : validation.why;
  };
  const ten = calls(1, 10);

  it('believes two whole scans that agree, in whatever order', () => {
    expect(verdict(scan(ten), scan([...ten].reverse()))).toEqual(ten.map((c) => c.reference));
    expect(verdict(scan(ten, null), scan(ten, null))).toHaveLength(10);
    expect(verdict(scan(ten), scan(ten), 10)).toHaveLength(10);
  });

  it.each<[string, Scan, Scan, string]>([
    [
      'the first is not whole',
      scan(ten, 11),
      scan(ten),
      'scan 1 found 10 of the 11 calls that the source says it holds',
    ],
    [
      'the second is not whole',
      scan(ten),
      scan(ten, 12),
      'scan 2 found 10 of the 12 calls that the source says it holds',
    ],
    [
      'one holds more than it says',
      scan(ten, 9),
      scan(ten, 9),
      'scan 1 found 10 of the 9 calls that the source says it holds',
    ],
    [
      'they hold others',
      scan(calls(1, 10)),
      scan(calls(3, 12)),
      'two scans disagree: 2 calls only in the first, 2 only in the second',
    ],
    [
      'the second holds more',
      scan(ten, null),
      scan(calls(1, 11), null),
      'two scans disagree: 0 calls only in the first, 1 only in the second',
    ],
    [
      'they hold other words',
      scan(ten),
      scan([...calls(1, 9), call('10', { title: 'Other' })]),
      'two scans disagree on what 1 calls say',
    ],
    ['both are empty', scan([]), scan([]), 'only 0 calls, and this source is known to hold at least 5'],
    [
      'both were never answered',
      scanOf([]),
      scanOf([]),
      'only 0 calls, and this source is known to hold at least 5',
    ],
    [
      'there are fewer than are known',
      scan(calls(1, 4)),
      scan(calls(1, 4)),
      'only 4 calls, and this source is known to hold at least 5',
    ],
    [
      'both hold the same half',
      scan(calls(1, 4), 8),
      scan(calls(1, 4), 8),
      'scan 1 found 4 of the 8 calls that the source says it holds',
    ],
  ])('does not believe where %s', (_, first, second, why) => expect(verdict(first, second)).toBe(why));

  it.each([1, 2] as const)(
    'does not believe where a part is not whole in scan %d, though as many rows are there in all, and names it',
    (number) => {
      const whole = scanOf([page('grants: 1', 8, calls(1, 8)), page('cascade: 1', 2, calls(9, 10))]);
      const lacking = scanOf([
        page('grants: 1', 7, calls(1, 7)),
        page('cascade: 1', 3, calls(8, 10).slice(1)),
        page('other: 1', null, calls(8, 8)),
      ]);
      expect(verdict(whole, whole)).toHaveLength(10);
      const scans = [lacking, whole] as const;
      expect(verdict(scans[number - 1]!, scans[2 - number]!)).toBe(
        `scan ${number} found 2 of the 3 cascade that the source says it holds`,
      );
    },
  );

  it('does not count what is left out as calls of the source', () => {
    const old = Array.from({ length: 6 }, (_, i) => `OLD/${i}/en`);
    const some = scanOf([page('page-1.1', 10, calls(1, 4), [], ...old)]);
    expect(verdict(some, some)).toBe('only 4 calls, and this source is known to hold at least 5');
    expect(verdict(some, some, 4)).toEqual(['1', '2', '3', '4']);
    // Nor in its size, however much their number varies from day to day.
    expect(verdict(some, some, 4, 0.02, { ...FIRST, sizes: [4, 4, 4], running: 4 })).toHaveLength(4);
    // Records that come and go do not count as a disagreement between scans.
    expect(verdict(some, scan(calls(1, 4)), 4)).toHaveLength(4);
  });

  it('bears a few rows that nobody can read, and no more', () => {
    const with98 = scan(calls(1, 98), 100, [unread('99'), unread('100')]);
    expect(verdict(with98, with98)).toHaveLength(98);
    const with97 = scan(calls(1, 97), 100, [unread('98'), unread('99'), unread('100')]);
    expect(verdict(with97, with97)).toBe('3 of 100 rows could not be read, first of all: type is missing');
    expect(verdict(with98, with98, 5, 0)).toMatch(/^2 of 100 rows/);
  });

  it.each([
    [2, 1, true],
    [1, 1, false],
    [7, 1, true],
    [7, 2, false],
  ])('in a small source of %d calls and %d that cannot be read: believed %p', (good, bad, expected) => {
    const some = scan(
      calls(1, good),
      null,
      ['a', 'b'].slice(0, bad).map((r) => unread(r)),
    );
    expect(Array.isArray(verdict(some, some, 1))).toBe(expected);
  });

  it('does not count pages that are gone as rows of another form, unless most of them are', () => {
    const gone = (n: number) =>
      Array.from({ length: n }, (_, i) => ({ reference: null, why: `/calls/${i} is gone`, gone: true }));
    const some = scan(calls(1, 6), null, gone(6));
    expect(verdict(some, some)).toHaveLength(6);
    const most = scan(calls(1, 6), null, gone(7));
    expect(verdict(most, most)).toBe('7 of 13 pages are gone, first of all: /calls/0 is gone');
    // Nor do they count towards its size.
    expect(
      verdict(scan(calls(1, 14), null, gone(6)), scan(calls(1, 14), null, gone(6)), 5, 0.02, {
        ...FIRST,
        sizes: [30],
        running: 30,
      }),
    ).toMatch(/^it holds 14 calls/);
  });

  it('is not turned by what stands beside the lists and could not be had, but is not whole without it', () => {
    const wanting = Array.from({ length: 20 }, (_, i) => ({
      reference: null,
      why: `/control/${i} could not be had`,
      aside: true,
    }));
    const some = scan(calls(1, 6), null, wanting);
    expect(verdict(some, some)).toHaveLength(6);
    expect(verdict(scan(calls(1, 6), 6, wanting), scan(calls(1, 6)))).toHaveLength(6);
    expect(isWhole({ coverage: 'full' }, some)).toBe(false);
    expect(
      isWhole({ coverage: 'full' }, scan(calls(1, 6), null, [unread('7'), { ...unread('8'), gone: true }])),
    ).toBe(true);
    expect(isWhole({ coverage: 'window' }, scan(calls(1, 6)))).toBe(false);
  });

  it('says of a run how large it is only where that is why', () => {
    const size = (a: Scan, b: Scan, sizes: number[]) => {
      const validation = judge(a, b, { expectsAtLeast: 5, coverage: 'full' }, RULES, {
        ...FIRST,
        sizes,
        running: 30,
      });
      return validation.accepted ? 'accepted' : validation.size;
    };
    expect(size(scan(ten), scan(ten), [30])).toBe(10);
    expect(size(scan(ten), scan(calls(1, 9)), [30])).toBeNull();
    expect(size(scan(calls(1, 4)), scan(calls(1, 4)), [30])).toBeNull();
    expect(
      size(
        scan(
          ten,
          15,
          ['a', 'b', 'c', 'd', 'e'].map((r) => unread(r)),
        ),
        scan(
          ten,
          15,
          ['a', 'b', 'c', 'd', 'e'].map((r) => unread(r)),
        ),
        [15],
      ),
    ).toBeNull();
  });

  it('does not count unread rows among those that a source is known to hold', () => {
    const bad = scan(calls(1, 4), 6, [unread('5'), unread('6')]);
    expect(verdict(bad, bad, 5, 1)).toMatch(/^only 4 calls/);
  });

  it('does not believe where a row is read in one scan only', () => {
    expect(verdict(scan(ten), scan(calls(1, 9), 10, [unread('10')]))).toBe(
      'two scans disagree: 1 calls only in the first, 0 only in the second',
    );
  });

  it('does not believe a size that its own recent runs make unlikely, however well the scans agree', () => {
    const past = { ...FIRST, sizes: [20, 20, 20], running: 20 };
    expect(verdict(scan(ten), scan(ten), 5, 0.02, past)).toBe(
      'it holds 10 calls where its last good runs held about 20, and 20 of those are still before their deadline',
    );
    expect(verdict(scan(calls(1, 41)), scan(calls(1, 41)), 5, 0.02, past)).toBe(
      'it holds 41 calls where its last good runs held about 20',
    );
    expect(verdict(scan(calls(1, 15)), scan(calls(1, 15)), 5, 0.02, past)).toHaveLength(15);
    // The size of a window is unknown.
    expect(verdict(scan(ten), scan(ten), 5, 0.02, past, 'window')).toHaveLength(10);
  });

  it('counts unread rows where it judges the size: they are there', () => {
    const some = scan(
      calls(1, 14),
      20,
      [...'abcdef'].map((r) => unread(r)),
    );
    expect(verdict(some, some, 5, 1, { ...FIRST, sizes: [20], running: 20 })).toHaveLength(14);
  });
});

describe('judgeGlance', () => {
  const targets = ['1', '2', '3'].map((reference) => ({
    reference,
    url: null,
    kind: 'grant' as const,
    identifier: 'ONE-FOR-ALL',
    callIdentifier: null,
  }));
  const verdict = (a: Scan, b: Scan) => {
    const validation = judgeQuickCheck(a, b, targets);
    return validation.accepted ? validation.calls.map((c) => c.reference) : validation.why;
  };

  it('believes two looks that agree; that one of the calls is absent says nothing', () => {
    expect(verdict(scan(calls(1, 3)), scan(calls(1, 3)))).toEqual(['1', '2', '3']);
    expect(verdict(scan(calls(1, 2)), scan(calls(1, 2)))).toEqual(['1', '2']);
    expect(verdict(scan([]), scan([]))).toEqual([]);
    expect(
      verdict(
        scan(calls(1, 1), 3, [unread('2'), unread('3')]),
        scan(calls(1, 1), 3, [unread('2'), unread('3')]),
      ),
    ).toEqual(['1']);
  });

  it.each<[string, Scan, Scan, string]>([
    [
      'one shows less',
      scan(calls(1, 3)),
      scan(calls(1, 2)),
      'two scans disagree: 1 calls only in the first, 0 only in the second',
    ],
    [
      'they hold other words',
      scan([call('1')]),
      scan([call('1', { title: 'Other' })]),
      'two scans disagree on what 1 calls say',
    ],
  ])('does not believe where %s', (_, first, second, why) => expect(verdict(first, second)).toBe(why));

  it('takes only the calls that were asked for: others bear the same identifier', () => {
    expect(verdict(scan(calls(1, 9)), scan(calls(1, 9)))).toEqual(['1', '2', '3']);
    expect(verdict(scan(calls(4, 9)), scan(calls(4, 9)))).toEqual([]);
  });
});
