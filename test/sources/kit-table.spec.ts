import { type CheckAnswer, judgeChecks, nextCheckRequests } from '../../src/harvest/domain/check.js';
import { scanOf } from '../../src/harvest/domain/scan-agreement.js';
import type { ReadDocument, SourceRequest } from '../../src/harvest/domain/source.js';
import { enteredText } from '../../src/harvest/sources/_kit/html-text.js';
import { tableSource, type Table } from '../../src/harvest/sources/_kit/table.js';

const COMMON = { dataSource: 'X', zone: 'Europe/Paris', language: 'fr' };
const CSV: Table = {
  ...COMMON,
  path: '/calls.csv',
  form: { csv: { delimiter: ',' } },
  columns: {
    id: 'N°',
    title: 'Intitulé',
    closing: "Date d'échéance",
    text: ['Objet', 'Qui'],
    funder: 'Agence',
  },
};
const JSON_PAGES: Table = {
  ...COMMON,
  path: '/api?limit=2',
  form: { json: { items: 'data.items', total: 'data.count', pages: { offset: 'offset', size: 2 } } },
  columns: { id: 'id', title: 'fields.title', closing: 'fields.end', link: 'fields.link' },
  funder: 'Région inventée',
};
const HEAD = "Agence,N°,Intitulé,Objet,Qui,Date d'échéance\n";
const read = (table: Table, text: string) =>
  tableSource(table).parse({ key: 'list: 0.1', mediaType: '', bytes: Buffer.from(text) });

/** Twelve calls of an API; `over` are fields that one of them has instead. */
const item = (id: number, over: object = {}) => ({
  id,
  fields: {
    title: `Call ${id}`,
    end: `2031-07-${10 + id}T10:00:00Z`,
    link: `https://x.example/${id}`,
    ...over,
  },
});
const apiPage = (path: string, items: object[], count = items.length): string => {
  const from = Number(/offset=(\d+)/.exec(path)?.[1] ?? 0);
  return JSON.stringify({ data: { count, items: items.slice(from, from + 2) } });
};

function scanned(table: Table, answer: (request: SourceRequest) => string): ReadDocument[] {
  const { plan, parse } = tableSource(table);
  const done: ReadDocument[] = [];
  for (
    let next = plan(done, { scan: 1, languages: [] });
    next.length;
    next = plan(done, { scan: 1, languages: [] })
  )
    for (const request of next)
      done.push({
        key: request.key,
        page: parse({ key: request.key, mediaType: '', bytes: Buffer.from(answer(request)) }),
      });
  return done;
}

describe('a list of calls in CSV', () => {
  it('is read by the names of its columns, in any order, with accents and apostrophes as they come', () => {
    const { calls, unread } = read(
      CSV,
      `\ufeff${HEAD.replace("d'échéance", 'd’échéance')}ADEME,7,"Four, à bois","Chauffer\nlentement &amp; bien",Tous,16/07/2031 17:00\n`,
    );
    expect(unread).toEqual([]);
    expect(calls).toMatchObject([
      {
        dataSource: 'X',
        reference: '7',
        title: 'Four, à bois',
        funder: 'ADEME',
        deadlines: [{ at: '2031-07-16T17:00:00+02:00', timeTold: true }],
        sections: [{ text: 'Chauffer\nlentement & bien\nTous' }],
        url: null,
      },
    ]);
  });

  it('counts rows that cannot be read, and of two with one number the second', () => {
    const { calls, unread } = read(CSV, `${HEAD}A,1,Un,,,\nA,2,,,,\nA,3,Trois,,,demain\nA,1,Encore un,,,\n`);
    expect(calls.map((c) => [c.reference, c.deadlines])).toEqual([['1', []]]);
    expect(unread.map((row) => [row.reference, row.why])).toEqual([
      ['2', 'it has no title'],
      ['3', '"demain" is no date in a known form'],
      [null, `its N° is another row's too: "Encore un"`],
    ]);
  });

  it('is in another form without a column, and whole documents alone are read', () => {
    expect(() => read(CSV, 'a,b\n1,2\n')).toThrow(
      /no column N°, Intitulé, Date d'échéance, Agence, Objet, Qui/,
    );
    expect(() => read(CSV, `${HEAD}A,1,Un,,`)).toThrow(expect.objectContaining({ kind: 'Truncated' }));
    expect(() => read(CSV, '<!doctype html><html><body>Maintenance</body></html>')).toThrow(
      expect.objectContaining({ kind: 'PageInstead' }),
    );
  });
});

describe('a list of calls in JSON', () => {
  const items = [1, 2, 3, 4, 5].map((id) => item(id));

  it('is read page by page, until it has as many rows as it says', () => {
    const done = scanned(JSON_PAGES, ({ path }) => apiPage(path, items));
    const scan = scanOf(done);
    expect(scan.parts).toEqual([{ name: 'list', total: 5, seen: 5 }]);
    expect([...scan.calls.values()].map((c) => c.reference)).toEqual(['1', '2', '3', '4', '5']);
    expect([...scan.calls.values()][0]).toMatchObject({
      title: 'Call 1',
      funder: 'Région inventée',
      url: 'https://x.example/1',
      deadlines: [{ at: '2031-07-11T12:00:00+02:00', timeTold: true }],
    });
  });

  it('is whole with rows that have no number, each of which counts', () => {
    const nameless = (title: string) => ({ ...item(0, { title }), id: null });
    const rows = [...items, nameless('A'), nameless('B'), item(8), nameless('C')];
    const done = scanned(JSON_PAGES, ({ path }) => apiPage(path, rows));
    const scan = scanOf(done);
    expect(scan.parts).toEqual([{ name: 'list', total: 9, seen: 9 }]);
    expect(scan.unread.map((row) => row.why)).toEqual([
      'it has no id: "A"',
      'it has no id: "B"',
      'it has no id: "C"',
    ]);
    expect(done).toHaveLength(5);
  });

  it('is not whole if rows are missing, however often it is read', () => {
    const scan = scanOf(scanned(JSON_PAGES, ({ path }) => apiPage(path, items.slice(0, 4), 5)));
    expect(scan.parts).toEqual([{ name: 'list', total: 5, seen: 4 }]);
  });

  it.each([
    ['no list where it was', { data: { count: 1, rows: [] } }, /no list of rows at "data.items"/],
    ['no count', { data: { items: [item(1)] } }, /does not say at "data.count"/],
    ['no such column', { data: { count: 1, items: [{ id: 1, name: 'x' }] } }, /no row has fields.title/],
    [
      'no row that can be read',
      { data: { count: 1, items: [item(1, { end: 'x' })] } },
      /none of the list's 1/,
    ],
  ])('is in another form with %s', (_, answer, why) => {
    expect(() => read(JSON_PAGES, JSON.stringify(answer))).toThrow(why);
  });
});

describe('what is assumed of a list', () => {
  function seen(items: object[], count = items.length): Record<string, boolean | null> {
    const { checks } = tableSource(JSON_PAGES);
    const answers: CheckAnswer[] = [];
    for (
      let next = nextCheckRequests(checks!, answers);
      next.length;
      next = nextCheckRequests(checks!, answers)
    )
      for (const { key, path } of next)
        answers.push({
          key,
          status: 200,
          mediaType: '',
          bytes: Buffer.from(apiPage(path, items, count)),
          etag: null,
          error: null,
          passing: false,
        });
    return Object.fromEntries(judgeChecks(checks!, answers).map((r) => [r.id, r.holds]));
  }

  it('holds, or is seen not to', () => {
    const three = [1, 2, 3].map((id) => item(id));
    expect(seen(three)).toEqual({ list: true, dates: true, 'further-pages': true });
    expect(seen([item(1)])).toEqual({ list: true, dates: true, 'further-pages': null });
    expect(seen([1, 2, 3].map((id) => item(id, { end: '' })))).toMatchObject({ list: true, dates: false });
    expect(seen([item(1), item(2)], 3)).toMatchObject({ 'further-pages': false });
    expect(seen([1, 2].map((id) => item(id, { title: undefined })))).toMatchObject({ list: false });
  });
});

it.each([
  ['a\nb', 'a\nb'],
  ['50&nbsp;%\nou plus', '50 %\nou plus'],
  ['<p>a</p><p>b &amp; c</p>', 'a\nb & c'],
  ['si a < b', 'si a < b'],
  ['TRL <five and budget > 2 M€', 'TRL <five and budget > 2 M€'],
  ['<p>x <y and z> 2</p>', 'x <y and z> 2'],
  ['<p>a <st1:place w:st="on">b</st1:place> <mailto:c@d.fr></p>', 'a b <mailto:c@d.fr>'],
])('a text that people entered is read as they meant it: %j', (text, read) => {
  expect(enteredText(text)).toBe(read);
});
