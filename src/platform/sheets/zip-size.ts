import { Unzip, UnzipInflate } from 'fflate';
import { setImmediate } from 'node:timers/promises';

const LOCAL = 0x04034b50;
const HEADER_BYTES = 30;
const ENCRYPTED = 1;

/** Sheets, pictures and comments are files too; no workbook made by people has this many. */
const MOST_ENTRIES = 500;
/** Deflate expands a thousandfold at most: no step makes more than a few megabytes. */
const STEP_BYTES = 4_096;

/** An unpacked file of an archive. */
export interface Entry {
  name: string;
  data: Buffer;
}

export class ZipRefusal extends Error {
  constructor(readonly why: 'too-large' | 'encrypted' | 'broken') {
    super(why);
  }
}

/** Unpacks an archive as it arrives, and refuses more than `most` bytes, whatever sizes it declares. */
class Unpacking {
  readonly files: { name: string; parts: Uint8Array[] }[] = [];
  private readonly unzip: Unzip;
  private left: number;

  constructor(most: number) {
    this.left = most;
    this.unzip = new Unzip((file) => {
      if (this.files.length === MOST_ENTRIES) throw new ZipRefusal('too-large');
      // The declared size counts too: unpacking allocates that much memory.
      if ((file.originalSize ?? 0) > this.left) throw new ZipRefusal('too-large');
      const parts: Uint8Array[] = [];
      this.files.push({ name: file.name, parts });
      file.ondata = (error, part) => {
        if (error) throw error;
        if ((this.left -= part.length) < 0) throw new ZipRefusal('too-large');
        parts.push(part);
      };
      file.start();
    });
    this.unzip.register(UnzipInflate);
  }

  push(bytes: Buffer, last: boolean): void {
    try {
      this.unzip.push(bytes, last);
    } catch (error) {
      throw error instanceof ZipRefusal ? error : new ZipRefusal('broken');
    }
  }
}

/**
 * Unpacks an archive from its beginning, with the same library as the workbook reader, and never more than
 * `most` bytes: a small file can expand into gigabytes, or into endless files. Its table of contents is
 * ignored, since it may say anything.
 */
export async function unpacked(zip: Buffer, most: number): Promise<Entry[]> {
  if (zip.length < HEADER_BYTES || zip.readUInt32LE(0) !== LOCAL) throw new ZipRefusal('broken');
  if (zip.readUInt16LE(6) & ENCRYPTED) throw new ZipRefusal('encrypted');
  const unpacking = new Unpacking(most);
  for (let at = 0; at < zip.length; at += STEP_BYTES) {
    unpacking.push(zip.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= zip.length);
    await setImmediate();
  }
  return unpacking.files.map(({ name, parts }) => ({ name, data: Buffer.concat(parts) }));
}
