import { setImmediate } from 'node:timers/promises';
import { readSheets } from '../../src/platform/sheets/sheet-reader.js';
import { unpacked } from '../../src/platform/sheets/zip-size.js';
import { writeXlsx } from '../../src/platform/sheets/xlsx-writer.js';
import type { Table } from '../../src/spreadsheets/domain/table.js';

const wide = (lines: number, columns: number): Table => ({
  name: 'wide',
  language: 'en',
  columns: Array.from({ length: columns }, (_, i) => ({ header: `Column ${i}`, kind: 'text', width: 9 })),
  rows: Array.from({ length: lines }, (_, i) => Array.from({ length: columns }, () => `x${i}`)),
});

describe('a sheet that is meant to keep its reader busy', () => {
  it.each([
    ['cells without end in one line', ';'.repeat(1_999_000), 'too-large'],
    ['more cells than lines and columns of a sheet make', `${';'.repeat(390)}\n`.repeat(5_000), 'too-large'],
    ['quotes', '"a""'.repeat(499_999), 'broken'],
    ['lines', 'a;b\n'.repeat(490_000), 'too-many-lines'],
  ])('%s: is refused', async (_, text, kind) => {
    await expect(readSheets(Buffer.from(text))).rejects.toMatchObject({ kind });
  });

  it('a workbook of too many cells is refused before it is read', async () => {
    await expect(readSheets(await writeXlsx(wide(1_200, 390)))).rejects.toMatchObject({ kind: 'too-large' });
  });

  it('an archive that unfolds to more than was allowed is left at that, whatever it says of itself', async () => {
    const workbook = await writeXlsx(wide(2_000, 20));
    await expect(unpacked(workbook, 100_000)).rejects.toMatchObject({ why: 'too-large' });
    const lying = Buffer.from(workbook);
    lying.writeUInt32LE(10, 22);
    await expect(unpacked(lying, 100_000)).rejects.toMatchObject({ why: 'too-large' });
  });

  it('an archive of more files than a workbook has is left at that, though they are empty', async () => {
    const header = Buffer.alloc(31);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(1, 26);
    header.write('x', 30);
    const contents = Buffer.from('PK\x01\x02');
    const of = (files: number) =>
      unpacked(Buffer.concat([...Array<Buffer>(files).fill(header), contents]), 100_000);
    await expect(of(500)).resolves.toHaveLength(500);
    await expect(of(501)).rejects.toMatchObject({ why: 'too-large' });
  });

  it.each([
    ['a CSV', async () => Buffer.from(`${'a;'.repeat(30)}\n`.repeat(5_000))],
    ['a workbook', () => writeXlsx(wide(3_000, 30))],
  ])('%s is read beside the process, which goes on with other work meanwhile', async (_, make) => {
    const bytes = await make();
    let [isRead, turns] = [false, 0];
    const reading = readSheets(bytes).finally(() => {
      isRead = true;
    });
    for (; !isRead; turns += 1) await setImmediate();
    expect((await reading)[0]!.rows.length).toBeGreaterThan(2_999);
    expect(turns).toBeGreaterThan(100);
  });
});
