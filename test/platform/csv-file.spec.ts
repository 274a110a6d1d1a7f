import { stringify } from 'csv-stringify/sync';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CsvFile, type CsvRow, cutRow } from '../../src/platform/csv/csv-file.js';
import { cpuSeconds } from '../support/cpu-seconds.js';

const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string | Buffer): CsvFile {
  const path = join(folder, 'x.csv');
  writeFileSync(path, text);
  return new CsvFile(path);
}
async function rowsOf(
  text: string | Buffer,
  from = { offset: 0, line: 1 },
  width?: number,
): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of file(text).rows(from, width)) rows.push(row);
  return rows;
}
const seen = async (text: string, width?: number) =>
  (await rowsOf(text, undefined, width)).map(({ line, cells }) => [line, cells]);

describe('a file of semicolons', () => {
  it('has its header by itself, with or without a byte order mark', async () => {
    for (const mark of ['', '\ufeff']) {
      const csv = file(`${mark}"id";"title"\r\n"1";"é"\n`);
      const { cells, next } = await csv.header();
      expect({
        cells,
        rest: readFileSync(csv.path).subarray(next.offset).toString(),
        line: next.line,
      }).toEqual({ cells: ['id', 'title'], rest: '"1";"é"\n', line: 2 });
    }
    expect(await file('').header()).toMatchObject({ cells: [] });
  });

  it('keeps together what quotes hold together, and tells on which line each row begins', async () => {
    expect(await seen('a;b\n"x;\n""y""";2\n\n3;"4"')).toEqual([
      [1, ['a', 'b']],
      [2, ['x;\n"y"', '2']],
      [5, ['3', '4']],
    ]);
  });

  it('takes a quote that nobody doubled for what it is, and loses no row by it', async () => {
    expect(await seen('"1";"he said "hi" to me";"x"\n"2";"b";"c"\n')).toEqual([
      [1, ['1', 'he said "hi" to me', 'x']],
      [2, ['2', 'b', 'c']],
    ]);
  });

  it('gives up a row with an open quote at its first line, where the width is known', async () => {
    expect(await seen('"1";"open\n"2";"b"\n"3";"c"\n', 2)).toEqual([
      [1, null],
      [2, ['2', 'b']],
      [3, ['3', 'c']],
    ]);
    expect(await seen('"1";"a"\n"2";"cut of', 2)).toEqual([
      [1, ['1', 'a']],
      [2, null],
    ]);
    expect(await seen('"1";"two\nlines"\n"2";"b";"c"\n', 3)).toEqual([
      [1, ['1', 'two\nlines']],
      [2, ['lines"']],
      [3, ['2', 'b', 'c']],
    ]);
    // The row after the open quote may itself span several lines.
    expect(await seen('"1";"a";"open\n"2";"two\nlines";"c"\n', 3)).toEqual([
      [1, null],
      [2, ['2', 'two\nlines', 'c']],
    ]);
  });

  it('finds the rows that an open quote would take along up to a quote far behind', async () => {
    for (const end of ['\n', '\r\n'])
      expect(await seen(['1;"open;x', '2;b;y', '3;a;"c"', '4;d;w', ''].join(end), 3)).toEqual([
        [1, null],
        [2, ['2', 'b', 'y']],
        [3, ['3', 'a', 'c']],
        [4, ['4', 'd', 'w']],
      ]);
    expect(await seen('1;"open;x\n2;b;y\n3;"c";z\n4;d;w\n', 3)).toEqual([
      [1, null],
      [2, ['2', 'b', 'y']],
      [3, ['3', 'c', 'z']],
      [4, ['4', 'd', 'w']],
    ]);
    // The same holds if no quote follows.
    const rows = Array.from({ length: 5_000 }, (_, i) => `${i};b;y`);
    expect(await seen(`1;"open;x\n${rows.join('\n')}\n`, 3)).toEqual([
      [1, null],
      ...rows.map((r, i) => [i + 2, r.split(';')]),
    ]);
    // A line break and an undoubled quote do not yet make an open quote.
    expect(await seen('1;"he said "hi" to\nme, and you";x\n', 3)).toEqual([
      [1, ['1', 'he said "hi" to\nme, and you', 'x']],
    ]);
  });

  it.each<[string, string]>([
    ['is never closed', '1;"abc'],
    ['is doubled', '1;"a"";'],
    ['is followed by others', '"""'],
    ['opens each cell', '";"'],
  ])(
    'takes a file for bad line by line where in each line a quote %s, with work that grows with the file',
    async (_, line) => {
      const took = (lines: number): Promise<number> =>
        cpuSeconds(async () => {
          const rows = await rowsOf(`${line}\n`.repeat(lines), undefined, 3);
          expect([rows.length, new Set(rows.map((r) => r.line)).size]).toEqual([lines, lines]);
          expect(rows.every((r) => r.cells === null || r.cells.length !== 3)).toBe(true);
        });
      await took(2_000);
      const few = await took(10_000);
      expect(await took(80_000)).toBeLessThan(8 * 4 * few + 1);
    },
  );

  it('is known by its size and what is in it', async () => {
    expect(await new CsvFile(join(folder, 'none.csv')).size()).toBeNull();
    expect(await new CsvFile(folder).size()).toBeNull();
    expect([await file('abc').size(), await file('abc').hash()]).toEqual([
      3,
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ]);
  });

  const cell = fc
    .oneof(
      fc.constantFrom('', '"', ';', '\n', '\r\n', '"a"', '";"', 'é\u2028'),
      fc.string(),
      fc.string({ unit: 'grapheme' }),
    )
    .filter((c) => !/\r(?!\n)|\ufeff/.test(c));
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 20 }));

  it('is read as a well-known parser reads it, and the same from any of its rows on', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), fc.boolean(), async (rows, allQuoted, crlf) => {
        const text = stringify(rows, {
          delimiter: ';',
          quoted: allQuoted,
          quoted_match: /\n/,
          record_delimiter: crlf ? '\r\n' : '\n',
        });
        const read = await rowsOf(text, undefined, rows[0]?.length);
        const parsed: string[][] = parse(text, {
          delimiter: ';',
          record_delimiter: ['\r\n', '\n'],
          skip_empty_lines: true,
        });
        expect(read.map((r) => r.cells)).toEqual(parsed);
        for (const [i, { next }] of read.entries())
          expect(await rowsOf(text, next, rows[0]?.length)).toEqual(read.slice(i + 1));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same wherever the pieces end in which it is read', () => {
    for (const [text, width] of [
      ['"é";"a ""b"" c"\r\n"x";y\r\n', 2],
      ['"é";"open\r\n"x";"y "" z"\r\n', 2],
      ['1;"open;x\n2;b;y\n3;"c";"z"""\n4;d;w\n', 3],
    ] as const) {
      const bytes = Buffer.from(text);
      const all = cutRow(bytes, 0, true, width);
      for (let end = 0; end < bytes.length; end += 1)
        expect(['more', all]).toContainEqual(cutRow(bytes.subarray(0, end), 0, false, width));
    }
  });

  it('may be larger than what is held of it', async () => {
    const line = `"${'x'.repeat(700)}";"${'é'.repeat(300)}"\n`;
    const rows = await rowsOf(line.repeat(3_000), undefined, 2);
    expect(rows).toHaveLength(3_000);
    expect(rows.at(-1)).toMatchObject({
      line: 3_000,
      next: { offset: Buffer.byteLength(line) * 3_000, line: 3_001 },
    });
    expect(new Set(rows.map((r) => r.cells!.join())).size).toBe(1);
  });
});
