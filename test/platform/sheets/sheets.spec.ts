import { zipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Table } from '../../../src/kernel/table.js';
import { writeCsv } from '../../../src/platform/sheets/csv-writer.js';
import { readSheets, unpacked } from '../../../src/platform/sheets/sheet-reader.js';
import { writeXlsx } from '../../../src/platform/sheets/xlsx-writer.js';
import { flagsIn } from '../../../src/spreadsheets/domain/table.js';

/** Formulas after what separates cells in some spreadsheet, and after what it may skip before them. */
const EVIL_ELSEWHERE = [
  '=1;=2cmd',
  'a;=2cmd',
  'a,@SUM(A1)',
  'a\t+1',
  'a\n- item\n\n- item',
  'a;"=1"',
  "a; '=1",
  "a;'''＝1",
  'a| "\'" -1',
  "'=1",
  '\'"=1,=2',
  'a;;=1;-',
];
const EVIL = ['=1+1', '+33 1 23', '-2', '@SUM(A1)', '\tx', '\r=x', '  =cmd()'];

const table = (rows: Table['rows'], language: Table['language'] = 'en'): Table => ({
  name: "L'inbox",
  language,
  flags: flagsIn(language),
  rows,
  columns: [
    { header: 'Key', kind: 'text', width: 9 },
    { header: 'Deadline', kind: 'moment', width: 18 },
    { header: 'Opens', kind: 'day', width: 12 },
    { header: 'Budget', kind: 'amount', width: 14 },
    { header: 'New', kind: 'flag', width: 8 },
    { header: 'Page', kind: 'link', width: 20 },
  ],
});
const AT = new Date(Date.UTC(2026, 8, 15, 17, 0));
const LINE: Table['rows'][number] = [
  '007',
  AT,
  new Date(Date.UTC(2026, 5, 1)),
  1_234_567.5,
  true,
  { text: 'open', href: 'https://x.eu/a?b=1&c="2"' },
];

async function partsOf(value: Table): Promise<Record<string, string>> {
  return Object.fromEntries(
    (await unpacked(await writeXlsx(value), 1e7)).map((e) => [e.name, e.data.toString('utf8')]),
  );
}

describe('an Excel workbook of a table', () => {
  it('has cells of their kind: text stays text, dates are dates, amounts numbers', async () => {
    const [sheet] = await readExcelFile(await writeXlsx(table([LINE])));
    expect(sheet!.sheet).toBe("L'inbox");
    expect(sheet!.data[0]).toEqual(['Key', 'Deadline', 'Opens', 'Budget', 'New', 'Page']);
    const [key, deadline, ...rest] = sheet!.data[1]!;
    // Excel stores times as fractions of a day, accurate to a millisecond at best.
    expect(Math.abs((deadline as unknown as Date).getTime() - AT.getTime())).toBeLessThan(2);
    expect([key, ...rest]).toEqual(['007', new Date(Date.UTC(2026, 5, 1)), 1_234_567.5, true, 'open']);
  });

  it('keeps its head in sight, filters by it, and has links that are no formulas', async () => {
    const parts = await partsOf(table([LINE]));
    const sheet = parts['xl/worksheets/sheet1.xml']!;
    expect(sheet).toMatch(
      /<pane ySplit="1" xSplit="2" topLeftCell="C2" activePane="bottomRight" state="frozen"\/>/,
    );
    expect(sheet).toContain('<autoFilter ref="A1:F2"/>');
    expect(sheet).toContain('<hyperlink ref="F2" r:id="rId-link-1"/>');
    expect(sheet).not.toContain('<f>');
    expect(parts['xl/worksheets/_rels/sheet1.xml.rels']).toContain(
      'Target="https://x.eu/a?b=1&amp;c=&quot;2&quot;" TargetMode="External"',
    );
    expect(parts['xl/workbook.xml']).toContain(`hidden="1">'L''inbox'!$A$1:$F$2</definedName>`);
    // Excel requires this order.
    const order = ['<sheetViews>', '<cols>', '<sheetData>', '<autoFilter', '<hyperlinks>'].map((part) =>
      sheet.indexOf(part),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it('takes what would damage it: control signs, half pairs, texts beyond the limit of a cell, no line at all', async () => {
    const [sheet] = await readExcelFile(
      await writeXlsx(
        table([
          [`a\u0000b\u0001\ud800<&>`, null, null, null, null, null],
          ['x'.repeat(40_000), null, null, null, null, null],
        ]),
      ),
    );
    expect(sheet!.data[1]![0]).toBe('ab<&>');
    expect(sheet!.data[2]![0]).toHaveLength(32_767);
    expect((await readExcelFile(await writeXlsx(table([]))))[0]!.data).toHaveLength(1);
  });

  it('leaves a text that looks like a formula a text', async () => {
    const sheet = (await partsOf(table(EVIL.map((text) => [text, null, null, null, null, null]))))[
      'xl/worksheets/sheet1.xml'
    ]!;
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(
      (await readSheets(await writeXlsx(table([['=1+1', null, null, null, null, null]]))))[0]!.rows[1]![0],
    ).toBe('=1+1');
  });
});

describe.each([
  ['a workbook', writeXlsx],
  ['a CSV', writeCsv],
])('what %s of ours is given back with', (_, write) => {
  const TEXTS = ["'-5 %", "''-5 %", "• Ada: less\n'-5 %", "a;'=1", "'\n'-5 %", "l'été", "'quoted'"];

  it('is what stands in the program, with its own apostrophes', async () => {
    const rows = [...TEXTS, ...EVIL, ...EVIL_ELSEWHERE].map((text) => [text, null, null, null, null, null]);
    const [sheet] = await readSheets(await write(table(rows)));
    expect(sheet!.rows.slice(1).map(([text]) => text)).toEqual(rows.map(([text]) => text!.trim()));
  });
});

describe('an Excel workbook of an officer', () => {
  const cell = (value: number, format?: string) => ({ value, type: Number, ...(format && { format }) });

  it('has a number that Excel shows as percent read as such, however its format is written', async () => {
    const formats = ['0%', '0.00%', '0.0 %', '#,##0 %;[Red]-#,##0 %', '"p = "0%'];
    const bytes = await writeExcelFile(
      [formats.map((format) => cell(1, format)), [0.3, 0.075, -0.05, 0.285, 0].map((n) => cell(n, '0%'))],
      { sheet: 'Bids' },
    ).toBuffer();
    expect((await readSheets(bytes))[0]!.rows).toEqual([
      ['100%', '100%', '100%', '100%', '100%'],
      ['30%', '7.5%', '-5%', '28.5%', '0%'],
    ]);
  });

  it('has any other number read as it stands, also below a percent sign that is only shown', async () => {
    const cells = [cell(1), cell(1, '0'), cell(1, '0"%"'), cell(1, '0\\%')];
    const bytes = await writeExcelFile([cells], { sheet: 'Bids' }).toBuffer();
    expect((await readSheets(bytes))[0]!.rows).toEqual([['1', '1', '1', '1']]);
  });

  it('has the stored result of a formula read as percent', async () => {
    const bytes = await writeExcelFile([[cell(1, '0%')]], { sheet: 'Bids' }).toBuffer();
    const files = Object.fromEntries((await unpacked(bytes, 1e7)).map(({ name, data }) => [name, data]));
    const sheet = 'xl/worksheets/sheet1.xml';
    files[sheet] = Buffer.from(files[sheet]!.toString().replace('<v>', '<f>SUM(B1:B2)/2</f><v>'));
    expect((await readSheets(Buffer.from(zipSync(files))))[0]!.rows).toEqual([['100%']]);
  });
});

describe('writing a workbook of thousands of lines', () => {
  const ofLines = (length: number): Table =>
    table(
      Array.from({ length }, (_, i) => [
        `key-${i}`,
        AT,
        AT,
        i,
        true,
        { text: `call ${i}`, href: `https://x.eu/${i}` },
      ]),
    );

  let server: Server;
  afterEach(() => server?.close());

  it.each([
    ['a workbook', writeXlsx, 5_000, async (bytes: Buffer) => (await readSheets(bytes))[0]!.rows.length],
    ['a CSV', writeCsv, 20_000, async (bytes: Buffer) => bytes.toString().trimEnd().split('\r\n').length],
  ])('of %s lets the process answer others before it is done', async (_, write, lines, linesOf) => {
    const large = ofLines(lines);
    const answers: string[] = [];
    server = createServer((request, response) => {
      const body = request.url === '/sheet' ? write(large) : Promise.resolve(Buffer.from('here'));
      void body.then((bytes) => response.end(bytes, () => answers.push(request.url!)));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const get = async (path: string): Promise<Buffer> =>
      Buffer.from(
        await (
          await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
        ).arrayBuffer(),
      );
    const asked = once(server, 'request');
    const sheet = get('/sheet');
    await asked;
    await get('/health');
    expect(await linesOf(await sheet)).toBe(lines + 1);
    expect(answers).toEqual(['/health', '/sheet']);
  });

  it('goes one after the other, and on after one that cannot be written', async () => {
    const done: string[] = [];
    const unnameable = { ...table([LINE]), name: 'a[b]' };
    await Promise.all([
      writeXlsx(ofLines(5_000)).then(() => done.push('large')),
      writeXlsx(unnameable).catch(() => done.push('failed')),
      writeXlsx(table([LINE])).then(() => done.push('small')),
    ]);
    expect(done).toEqual(['large', 'failed', 'small']);
  });
});

it('a workbook as large as our own tables get is read back', async () => {
  // Sixty columns of 5,000 lines, a third of them empty.
  const lines = Array.from({ length: 5_000 }, (_, i) =>
    Array.from({ length: 60 }, (_, j) => (j % 3 ? `a ${i % 50} ${j}` : null)),
  );
  const bytes = await writeExcelFile(lines, { sheet: 'Ours' }).toBuffer();
  expect((await readSheets(bytes))[0]!.rows).toHaveLength(5_000);
});

describe('a CSV of a table', () => {
  it('is what Excel of that language opens right', async () => {
    const french = (await writeCsv(table([LINE], 'fr'))).toString('utf8');
    expect(french.startsWith('\ufeff"Key";"Deadline";')).toBe(true);
    expect(french).toContain(
      '"007";2026-09-15 17:00;2026-06-01;1234567,5;VRAI;"https://x.eu/a?b=1&c=""2"""\r\n',
    );
    expect((await writeCsv(table([LINE]))).toString('utf8')).toContain(
      '"007",2026-09-15 17:00,2026-06-01,1234567.5,TRUE,',
    );
  });

  it.each(EVIL)('makes %j harmless, and reading gives the text back', async (text) => {
    const csv = await writeCsv(table([[text, null, null, null, null, null]]));
    expect(csv.toString('utf8')).toMatch(/\r\n"?'/);
    expect((await readSheets(csv))[0]!.rows[1]![0]).toBe(text.trim());
  });

  describe.each(['en', 'fr'] as const)('in %s', (language) => {
    it.each(EVIL_ELSEWHERE)(
      'has no formula in %j wherever another spreadsheet separates, and reading gives the text back',
      async (text) => {
        const rows = ['a', text].map((first) => [first, null, null, null, null, null]);
        const csv = await writeCsv(table(rows, language));
        // Excel of another language separates elsewhere, and then the quotes of a later cell do not hold.
        const cells = csv.toString('utf8').split(/[;,|\t\r\n]/);
        expect(cells.filter((cell) => /^["\s]*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
        expect((await readSheets(csv))[0]!.rows[2]![0]).toBe(text);
      },
    );
  });

  it('quotes every text, so that no separator in it begins another cell', async () => {
    const csv = await writeCsv(
      table([['1;2', null, null, null, null, { text: 'x', href: 'https://x.eu/' }]]),
    );
    expect(csv.toString('utf8')).toContain('\r\n"1;2",,,,,"https://x.eu/"\r\n');
  });

  it('is read by what separates its cells, though its texts hold more of another sign', async () => {
    const lines = [
      'Référence;Intitulé;Avis;Remarque',
      'A-1;Wind, waves, sun, tides;oui;with Ada, Ben and Eve',
      'A-2;Hydrogen, made, stored, moved, burnt;non;no, since, well, not us, not now, not ever',
      'A-3;Batteries;oui;',
    ];
    for (const [written, sign] of [
      [lines, ';'],
      [lines.map((line) => line.replace(/[;,]/g, (one) => (one === ';' ? ',' : ';'))), ','],
      // Lines that end before their last cells.
      [
        ['Référence;Intitulé;Avis;Remarque', 'A-1;Wind, waves', 'A-2;Sun, tides;oui', 'A-3;Heat, cold;;x'],
        ';',
      ],
    ] as const)
      expect((await readSheets(Buffer.from(written.join('\r\n'))))[0]!.rows).toEqual(
        written.map((line) => line.split(sign)),
      );
  });

  it('leaves numbers below zero numbers', async () => {
    expect((await writeCsv(table([['a', null, null, -5, null, null]]))).toString('utf8')).toContain(
      '"a",,,-5,,',
    );
  });
});
