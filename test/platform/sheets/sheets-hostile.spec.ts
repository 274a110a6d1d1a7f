import { strToU8, zipSync } from 'fflate';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { type Entry, readSheets, unpacked } from '../../../src/platform/sheets/sheet-reader.js';
import { writeXlsx } from '../../../src/platform/sheets/xlsx-writer.js';
import type { Table } from '../../../src/kernel/table.js';

const wide = (lines: number, columns: number): Table => ({
  name: 'wide',
  language: 'en',
  flags: { true: 'yes', false: 'no' },
  columns: Array.from({ length: columns }, (_, i) => ({ header: `Column ${i}`, kind: 'text', width: 9 })),
  rows: Array.from({ length: lines }, (_, i) => Array.from({ length: columns }, () => `x${i}`)),
});

/** An uncompressed archive of these files. */
function archiveOf(entries: Entry[]): Buffer {
  const [files, contents]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { name, data } of entries) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    contents.push(Buffer.from('PK\x01\x02\x14\0'), common, place, Buffer.from(name));
    files.push(file);
    at += file.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(contents).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...contents, end]);
}

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
    const workbook = zipSync({
      'xl/workbook.xml': strToU8('<workbook/>'),
      'xl/worksheets/sheet1.xml': strToU8('<c r="A1"/>'.repeat(800_001)),
    });
    await expect(readSheets(Buffer.from(workbook))).rejects.toMatchObject({ kind: 'too-large' });
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

  it('a file of an archive that the check does not find is not read either', async () => {
    const entries = await unpacked(await writeXlsx(wide(1, 1)), 1e7);
    const words = entries.find((e) => e.data.includes('x0'))!;
    const plain = archiveOf(entries);
    const hidden = archiveOf([{ ...words, data: Buffer.from(String(words.data).replace('x0', 'hidden')) }]);
    // Its size says that it goes on to the end of the next header, a mark within it that it ends before.
    const [ends, covers] = [Buffer.from(`${' '.repeat(32)}PK\x07\x08${' '.repeat(12)}`), Buffer.alloc(30)];
    covers.write('PK\x03\x04', 'latin1');
    covers.writeUInt32LE(hidden.length, 18);
    covers.writeUInt32LE(hidden.length, 22);
    const two = Buffer.from(covers);
    two.writeUInt16LE(8, 6);
    two.writeUInt32LE(ends.length + covers.length, 18);
    const files = plain.subarray(0, plain.indexOf('PK\x01\x02'));
    const sheets = await readSheets(Buffer.concat([files, two, ends, covers, hidden]));
    expect(sheets[0]!.rows[1]).toEqual(['x0']);
  });

  it.each([
    ['a file of ours', `<!ENTITY e SYSTEM "${pathToFileURL(__filename).href}">`],
    ['more and more of itself', '<!ENTITY a "ha ha "><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">'],
  ])('a workbook whose words stand for %s says nothing of it', async (_, entity) => {
    const entries = await unpacked(await writeXlsx(wide(1, 1)), 1e7);
    const words = entries.find((e) => e.data.includes('x0'))!;
    const written = (doctype: string, word: string): Buffer =>
      archiveOf(
        entries.map((e) =>
          e === words
            ? {
                ...e,
                data: Buffer.from(String(e.data).replace(/(\?>)/, `$1${doctype}`).replace('x0', word)),
              }
            : e,
        ),
      );
    expect((await readSheets(written('', 'seen')))[0]!.rows[1]).toEqual(['seen']);
    const read = await readSheets(written(`<!DOCTYPE x [${entity}]>`, 'a &e; b')).catch(
      (error: unknown) => error,
    );
    expect(JSON.stringify(read)).toMatch(/^\{"kind":"broken"\}$|"a &e; b"/);
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
