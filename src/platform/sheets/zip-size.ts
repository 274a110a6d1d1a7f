import { promisify } from 'node:util';
import { inflateRaw, type ZlibOptions } from 'node:zlib';

/** Unpacks in a thread of the platform; with `info` it says how much of its input it took. */
const inflate = promisify(inflateRaw) as unknown as (
  data: Buffer,
  options: ZlibOptions,
) => Promise<{ buffer: Buffer; engine: { bytesWritten: number } }>;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const HEADER_BYTES = 30;
/** What may follow an entry that was written without its size known: a signature, a checksum and two sizes of up to 8 bytes. */
const DESCRIPTOR_BYTES = 24;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** A sheet is a file, a picture and a comment too; no workbook of people has so many. */
const MOST_ENTRIES = 500;

/** A file of an archive, unpacked. */
export interface Entry {
  name: string;
  data: Buffer;
}

export class ZipRefusal extends Error {
  constructor(readonly why: 'too-large' | 'encrypted' | 'broken') {
    super(why);
  }
}

function nextHeader(zip: Buffer, from: number): number {
  for (let at = from; at <= Math.min(from + DESCRIPTOR_BYTES, zip.length - 4); at++) {
    if ([LOCAL, CENTRAL].includes(zip.readUInt32LE(at))) return at;
  }
  throw new ZipRefusal('broken');
}

async function inflated(data: Buffer, most: number): Promise<{ data: Buffer; read: number }> {
  try {
    const { buffer, engine } = await inflate(data, { maxOutputLength: most, info: true });
    return { data: buffer, read: engine.bytesWritten };
  } catch (error) {
    throw new ZipRefusal(
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'broken',
    );
  }
}

async function entryAt(zip: Buffer, at: number, most: number): Promise<{ entry: Entry; end: number }> {
  if (at + HEADER_BYTES > zip.length) throw new ZipRefusal('broken');
  const [flags, method, packed, size] = [
    zip.readUInt16LE(at + 6),
    zip.readUInt16LE(at + 8),
    zip.readUInt32LE(at + 18),
    zip.readUInt32LE(at + 22),
  ];
  if (flags & ENCRYPTED) throw new ZipRefusal('encrypted');
  // The claim counts too: whoever unpacks it sets so much memory aside.
  if (size > most) throw new ZipRefusal('too-large');
  const nameEnd = at + HEADER_BYTES + zip.readUInt16LE(at + 26);
  const start = nameEnd + zip.readUInt16LE(at + 28);
  const name = zip.toString('utf8', at + HEADER_BYTES, nameEnd);
  if (method === STORED)
    return { entry: { name, data: zip.subarray(start, start + packed) }, end: start + packed };
  if (method !== DEFLATED) throw new ZipRefusal('broken');
  const { data, read } = await inflated(zip.subarray(start), most);
  return { entry: { name, data }, end: start + read };
}

/**
 * Unpacks an archive from its beginning, as a program does that reads it as it comes, and never more than `most` bytes: a small file
 * can be packed to unfold into gigabytes, or into files without end. Its table of contents is not asked, since it may say anything.
 */
export async function unpacked(zip: Buffer, most: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  let left = most;
  let at = 0;
  while (zip.length >= at + 4 && zip.readUInt32LE(at) === LOCAL) {
    if (entries.length === MOST_ENTRIES) throw new ZipRefusal('too-large');
    const { entry, end } = await entryAt(zip, at, left);
    entries.push(entry);
    left -= entry.data.length;
    at = nextHeader(zip, end);
  }
  if (entries.length === 0) throw new ZipRefusal('broken');
  return entries;
}
