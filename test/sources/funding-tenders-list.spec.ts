import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CarnotError, ShapeError } from '../../src/kernel/errors.js';
import { ParsedList } from '../../src/harvest/domain/list.js';
import { source } from '../../src/harvest/sources/funding-tenders/funding-tenders.source.js';
import { portalDay } from '../../src/harvest/sources/_kit/portal/row.js';

/** A list in the format of the portal's own list; every topic in it is invented. */
const whole = readFileSync(join(__dirname, 'portal-list.json'));
type Item = Record<string, unknown>;
const items = (JSON.parse(whole.toString()) as { fundingData: { GrantTenderObj: Item[] } }).fundingData
  .GrantTenderObj;
const [open, tender, forthcoming, closed] = items as [Item, Item, Item, Item];

async function* cut(bytes: Buffer, every: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += every) yield bytes.subarray(at, at + every);
}
const parse = (text: string | Buffer, every = 65_536): Promise<ParsedList> =>
  source.list!.parse(cut(Buffer.from(text), every));
const listed = (...some: unknown[]): string => JSON.stringify({ fundingData: { GrantTenderObj: some } });
const numbered = (item: Item, n: number): Item[] =>
  Array.from({ length: n }, (_, i) => ({ ...item, ccm2Id: 92_000_000 + i }));
/** Parses a list with one changed item next to a valid one. */
const changed = (change: object, item = open): Promise<ParsedList> =>
  parse(listed({ ...forthcoming }, { ...item, ...change }));

async function thrownBy(work: Promise<unknown>): Promise<CarnotError> {
  const error: unknown = await work.then(
    () => new Error('nothing was thrown'),
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(CarnotError);
  return error as CarnotError;
}

const EXPECTED: ParsedList = {
  items: 5,
  topics: 4,
  living: [
    {
      reference: '91000001TOPICSen',
      number: '91000001',
      identifier: 'HORIZON-INVENT-2026-01-01',
      title: 'Membranes for hydrogen “from sea water” – été',
      status: 'open',
      publishedAt: '2025-12-15T00:00:00.000Z',
      opensAt: '2026-01-15T00:00:00.000Z',
      deadlines: ['2026-09-15T00:00:00.000Z'],
      notes: [
        {
          identifier: 'HORIZON-INVENT-2026-01-01',
          day: '2026-07-01',
          text: 'The deadline of this topic has been extended to 15 September 2026, 17:00 (Brussels time).\nSee <Annex B> & the questions.',
        },
        {
          identifier: 'HORIZON-INVENT-2026-01-01',
          day: '2026-01-16',
          text: 'The submission session is now available.',
        },
      ],
    },
    {
      reference: '91000002TOPICSen',
      number: '91000002',
      identifier: 'HORIZON-INVENT-2026-01-02-two-stage',
      title: 'Two stages',
      status: 'forthcoming',
      publishedAt: null,
      opensAt: '2026-11-05T00:00:00.000Z',
      deadlines: ['2027-01-15T00:00:00.000Z', '2027-07-17T00:00:00.000Z'],
      notes: [],
    },
    {
      reference: '91000004TOPICSen',
      number: '91000004',
      identifier: 'X-INVENT-2026-4',
      title: 'Hardly anything told',
      status: 'forthcoming',
      publishedAt: null,
      opensAt: null,
      deadlines: [],
      notes: [],
    },
  ],
  unread: [],
};

describe('the list', () => {
  it.each([1, 2, 3, 5, 7, 64, 1_000, 1_000_000])(
    'is read as it comes, cut at every %d bytes',
    async (every) => {
      const list = await parse(whole, every);
      expect(list).toEqual(EXPECTED);
      expect(ParsedList.parse(list)).toEqual(list);
    },
  );

  it('may come printed without blanks, behind a byte order mark, and with chunks that hold nothing', async () => {
    async function* odd() {
      yield Buffer.alloc(0);
      for await (const chunk of cut(Buffer.from(`\ufeff${listed(...items)}\n\n`), 500))
        yield* [chunk, Buffer.alloc(0)];
    }
    expect(await source.list!.parse(odd())).toEqual(EXPECTED);
  });

  it.each([
    [1_765_756_800_000, '2025-12-15T00:00:00.000Z'],
    [undefined, null],
    [null, null],
    [0, null],
    ['soon', null],
  ])('takes the publication %p for %p, and the topic with it', async (told, publishedAt) => {
    expect((await parse(listed({ ...open, publicationDateLong: told }))).living).toMatchObject([
      { number: '91000001', publishedAt },
    ]);
  });

  it('keeps of what is closed, and of what is no topic, nothing but the count', async () => {
    const list = await parse(
      listed(
        open,
        ...numbered({ ...closed, ccm2Id: null, title: null, deadlineDatesLong: 'x' }, 40),
        ...Array<Item>(7).fill({ type: 0 }),
      ),
    );
    expect(list).toEqual({ items: 48, topics: 41, living: [EXPECTED.living[0]], unread: [] });
  });

  it('lets others have their turn, however large a chunk is', async () => {
    const bytes = Buffer.from(listed(open, ...numbered({ ...closed, callTitle: 'x'.repeat(10_000) }, 2_000)));
    let turns = 0;
    const tick = (): void => {
      turns += 1;
      again = setImmediate(tick);
    };
    let again = setImmediate(tick);
    await parse(bytes, bytes.length);
    clearImmediate(again);
    // 20 MB in chunks of 64 kB: one event loop turn each.
    expect(turns).toBeGreaterThan(bytes.length / 65_536);
  });
});

describe('a document that is no list', () => {
  it('cut off anywhere is to be asked again', async () => {
    const text = whole.toString().trim();
    for (let part = 0; part < 80; part += 1) {
      const error = await thrownBy(parse(text.slice(0, Math.floor((text.length * part) / 80)), 100));
      expect([part, error.kind, error.retryPolicy]).toEqual([part, 'Truncated', 'later']);
    }
  });

  it.each([
    ['words', 'Service unavailable'],
    ['a list with something behind it', `${listed(open)}, and more`],
    ['what is no JSON within', '{"fundingData":{"GrantTenderObj":[}'],
  ])('is not whole either: %s', async (_, text) => {
    expect((await thrownBy(parse(text))).kind).toBe('Truncated');
  });

  it.each([
    '<!doctype html><title>One moment</title>',
    ' \r\n\t<html></html>',
    '\ufeff\n<?xml version="1.0"?>',
  ])('a page for a browser, %j, is a challenge', async (text) => {
    for (const every of [1, 1_000])
      expect(await thrownBy(parse(text, every))).toMatchObject({ kind: 'Challenge', retryPolicy: 'later' });
  });

  it.each([
    ['nothing', '{}'],
    ['a list at the top', JSON.stringify(items)],
    ['another name', JSON.stringify({ fundingData: { Topics: items } })],
    ['an object for the list', JSON.stringify({ fundingData: { GrantTenderObj: { ...items } } })],
    ['a list of none', listed()],
    ['tenders alone', listed(tender, tender)],
  ])('in another shape asks for a person: %s', async (_, text) => {
    const error = await thrownBy(parse(text));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.message).toMatch(/changed shape: (there is no list|none of 2 items is a topic)/);
  });

  it('breaks off with the error that the bytes break off with', async () => {
    const reset = new CarnotError('ConnectionReset', 'cut', 'later');
    async function* broken() {
      yield whole.subarray(0, 700);
      throw reset;
    }
    await expect(source.list!.parse(broken())).rejects.toBe(reset);
  });

  it('is not read on behind where it is seen to be none', async () => {
    let [asked, closedAt] = [0, 0];
    async function* pages() {
      try {
        for (; asked < 1_000; asked += 1) yield Buffer.from('<p>');
      } finally {
        closedAt = asked;
      }
    }
    await thrownBy(source.list!.parse(pages()));
    expect(closedAt).toBe(0);
  });
});

describe('an item in another form', () => {
  it.each<[what: string, change: object, why: RegExp]>([
    ['no number', { ccm2Id: null }, /^ccm2Id: /],
    ['a number that is none', { ccm2Id: 'topic' }, /^ccm2Id: /],
    ['no identifier', { identifier: undefined }, /^identifier: /],
    ['a blank title', { title: ' \u200b ' }, /^title: /],
    ['a status of its own', { status: { abbreviation: 'Suspended' } }, /^status is "Suspended"/],
    [
      'a status called after what all objects have',
      { status: { abbreviation: 'constructor' } },
      /^status is "constructor"/,
    ],
    ['no status', { status: null }, /^status: /],
    ['no type', { type: undefined }, /^type: /],
    ['a type in words', { type: 'grant' }, /^type: /],
    ['seconds for a deadline', { deadlineDatesLong: [1_789_430_400] }, /^deadlineDatesLong.0: /],
    ['a deadline in words', { deadlineDatesLong: ['soon'] }, /^deadlineDatesLong.0: /],
    ['an opening that is no instant', { plannedOpeningDateLong: 1.5e20 }, /^plannedOpeningDateLong: /],
    ['notes that are no list', { latestInfos: 'none' }, /^latestInfos: /],
  ])('is told and does not end the list: %s', async (_, change, why) => {
    const list = await changed(change);
    expect(list.living.map((t) => t.identifier)).toEqual([forthcoming['identifier']]);
    expect(list.unread).toEqual([
      { reference: 'ccm2Id' in change ? null : '91000001TOPICSen', why: expect.stringMatching(why) },
    ]);
  });

  it.each([null, 7, 'topic', [[]]])('is told though it is no object at all: %j', async (item) => {
    const list = await parse(listed(open, item));
    expect(list).toMatchObject({
      items: 2,
      topics: 1,
      living: [{ number: '91000001' }],
      unread: [{ reference: null }],
    });
  });

  it('takes a number that is written as text', async () => {
    expect((await changed({ ccm2Id: '91000009' })).living[1]).toMatchObject({
      reference: '91000009TOPICSen',
      number: '91000009',
    });
  });

  it('is told where a number stands in the list twice', async () => {
    const list = await parse(listed(open, { ...open, title: 'Another' }));
    expect([list.living.map((t) => t.title), list.unread]).toEqual([
      [EXPECTED.living[0]!.title],
      [{ reference: '91000001TOPICSen', why: 'its number stands in the list once more' }],
    ]);
  });

  it.each<[what: string, odd: object, good: number, few: number]>([
    ['what lives', { deadlineDatesLong: 'soon' }, 100, 5],
    ['what lives, in a word that is not known', { status: { abbreviation: 'OPENED' } }, 100, 5],
    ['notes', { latestInfos: [{ content: 'x', approvalDate: 'soon' }] }, 95, 5],
    ['what does not say what it is', { status: undefined }, 600, 6],
  ])('is an accident now and then, and another shape where it is more: %s', async (_, odd, good, few) => {
    const with_ = (n: number): string =>
      listed(
        ...numbered(forthcoming, good),
        ...numbered({ ...open, ...odd }, n).map((item, i) => ({ ...item, ccm2Id: 93_000_000 + i })),
      );
    expect((await parse(with_(few))).unread).toHaveLength(few);
    const error = await thrownBy(parse(with_(few + 2)));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.message).toContain('could not be read, first of all: ');
  });

  it('is another shape where nothing else lives', async () => {
    expect(await thrownBy(parse(listed(...numbered(closed, 900), { ...open, status: {} })))).toBeInstanceOf(
      ShapeError,
    );
  });
});

describe('notes', () => {
  const notes = async (...latestInfos: unknown[]): Promise<unknown[]> => {
    const list = await changed({ latestInfos });
    return [list.living[1]!.notes.map((n) => [n.day, n.text]), list.unread.map((u) => u.why)];
  };

  it('have the day of their publication, or else of their change', async () => {
    expect(
      await notes(
        { lastChangeDate: '2026-03-02+01:00 Europe/Brussels', content: 'a' },
        { approvalDate: null, lastChangeDate: 1_767_225_600_000, content: 'b' },
      ),
    ).toEqual([
      [
        ['2026-03-02', 'a'],
        ['2026-01-01', 'b'],
      ],
      [],
    ]);
  });

  it('are left out without words, and told where they cannot be read, beside those that can', async () => {
    const good = { approvalDate: '2026-03-02', content: '<ul><li>one &eacute;</li><li>two\u0000</li></ul>' };
    const [read, unread] = await notes(
      { ...good, content: ' <p>&nbsp;</p>' },
      { ...good, content: null },
      good,
      { ...good, approvalDate: 'soon' },
      { content: 'x' },
      'x',
      { ...good, content: 5 },
    );
    expect(read).toEqual([['2026-03-02', 'one é\ntwo']]);
    expect(unread).toEqual([
      'a note on it: "soon" is not a date',
      'a note on it: its date is missing',
      expect.stringMatching(/^a note on it: : /),
      expect.stringMatching(/^a note on it: content: /),
    ]);
  });

  it.each<[string | number, string]>([
    ['2024-09-27+02:00 Europe/Brussels', '2024-09-27'],
    ['2024-01-05+01:00 Europe/Brussels', '2024-01-05'],
    [' 2024-09-27 ', '2024-09-27'],
    ['2024-09-27Z', '2024-09-27'],
    ['2024-09-27T23:30:00.000+0000', '2024-09-27'],
    ['2024-09-27T00:30:00+02:00', '2024-09-27'],
    ['2024-09-27 10:00', '2024-09-27'],
    ['27 September 2024', '2024-09-27'],
    // 22:30 UTC is 00:30 in Brussels.
    [1_727_389_800_000, '2024-09-27'],
    ['1727389800000', '2024-09-27'],
    [1_735_689_600_000, '2025-01-01'],
  ])('%j is of the day %s', (written, day) => expect(portalDay(written)).toBe(day));

  it.each<string | number>([
    '',
    'soon',
    '2024-02-30+01:00 Europe/Brussels',
    '2024-13-01',
    '2024-09-271',
    '27/09/2024',
    1_727_389_800,
    -1,
    Number.NaN,
    '17273898000000000',
  ])('%j is of none', (written) => expect(() => portalDay(written)).toThrow());
});

it('a topic whose texts are cut in the middle of an emoji, or hold NUL, is listed without that', async () => {
  const { living } = await changed({ title: 'Mem\0branes 🚀\ud83d' });
  expect(living.map(({ title }) => title)).toContain('Membranes 🚀');
});
