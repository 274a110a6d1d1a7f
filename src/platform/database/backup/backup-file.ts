import { createReadStream, existsSync, renameSync, rmSync, openSync, fsyncSync, closeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { CarnotError } from '../../../kernel/errors.js';
import { decryption, encryption, isEncrypted } from './age.js';
import { AnyHeader, damaged, FORMAT, Header, KINDS, readFrames, TableEnd, type Frame } from './frames.js';

const NEWLINE = 0x0a;

/** Returns the name of an unfinished file: half a backup never has the name of a whole one. */
const unfinished = (file: string): string => `${file}.part`;

/** Waits until a file, or the names in a folder, are on disk. */
function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function refuseExisting(path: string): void {
  if (existsSync(path))
    throw new CarnotError(
      'FileExists',
      `${path} exists already. Name another file, or delete it first.`,
      'person',
    );
}

/** Who alone may read a backup; everybody who may read the file if nobody is named. What tries it. */
export interface Writing {
  recipients?: readonly string[];
  tried?: ((part: string, contents: Contents) => Promise<void>) | undefined;
}

/**
 * Writes a backup that only the current user can read, renames it once it is all on disk, has been read back
 * and `tried`, and returns its contents. One to recipients never stands in clear on a disk.
 */
export async function writeBackup(
  file: string,
  parts: AsyncIterable<Buffer>,
  { recipients = [], tried }: Writing = {},
): Promise<Contents> {
  const path = resolve(file);
  refuseExisting(path);
  const part = unfinished(path);
  rmSync(part, { force: true });
  const sealed = recipients.length > 0 ? await encryption(recipients) : null;
  // Created before anything can fail: a stream that opened it later would leave it behind.
  const opened = await open(part, 'wx', 0o600);
  try {
    const packed = [Readable.from(parts, { objectMode: false }), createGzip()] as const;
    if (sealed) await pipeline(...packed, sealed.encrypt, opened.createWriteStream());
    else await pipeline(...packed, opened.createWriteStream());
    syncToDisk(part);
    const contents = await checkBackup(part, sealed ? [sealed.identity] : []);
    await tried?.(part, contents);
    renameSync(part, path);
    syncToDisk(dirname(path));
    return contents;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** Yields the frames of a backup. Throws `NoBackup`, `NotDecrypted`, `BackupDamaged`, `UnreadableFile`. */
async function* framesOf(file: string, identities: readonly string[]): AsyncGenerator<Frame> {
  const unpacked = createGunzip();
  const reading = (await isEncrypted(file))
    ? pipeline(createReadStream(file), decryption(identities), unpacked)
    : pipeline(createReadStream(file), unpacked);
  // Errors are reported by the frames, which wait for the data.
  reading.catch(() => undefined);
  try {
    yield* readFrames(unpacked);
  } catch (error) {
    throw named(error as NodeJS.ErrnoException, file);
  } finally {
    unpacked.destroy();
  }
}

function named(error: NodeJS.ErrnoException, file: string): Error {
  if (error instanceof CarnotError) return error;
  const code = error.code ?? '';
  if (code === 'Z_DATA_ERROR' && /incorrect header check/.test(error.message))
    return new CarnotError(
      'NoBackup',
      `${file} is not a backup of carnot-europe. Nothing was changed.`,
      'person',
    );
  if (code.startsWith('Z_')) return damaged(error.message);
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new CarnotError('UnreadableFile', `${file} cannot be read (${code}).`, 'person');
  return error;
}

function parsed<T>(schema: { safeParse(value: unknown): { data?: T } }, { content }: Frame): T {
  try {
    const { data } = schema.safeParse(JSON.parse(content.toString('utf8')));
    if (data !== undefined) return data;
  } catch {
    // Thrown below.
  }
  throw damaged('its description cannot be read');
}

function headerOf(first: Frame | undefined): Header {
  if (first?.kind !== KINDS.header) throw damaged('it has no header');
  const { format } = parsed(AnyHeader, first);
  if (format !== FORMAT)
    throw new CarnotError(
      'BackupFormat',
      `This backup has format ${format}, and this version reads format ${FORMAT}. Use the version that made it, or a newer one.`,
      'person',
    );
  return parsed(Header, first);
}

/** The contents of a fully read backup: its header, and the row count and checksum of each table. */
export interface Contents {
  header: Header;
  ends: TableEnd[];
  /** What decrypts the file, if it is encrypted. */
  identities: readonly string[];
}

const linesIn = (content: Buffer): number => {
  let lines = 0;
  for (let at = content.indexOf(NEWLINE); at !== -1; at = content.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
};

/** Reads a whole backup and throws if it is not as written. */
export async function checkBackup(file: string, identities: readonly string[] = []): Promise<Contents> {
  let header: Header | undefined;
  const ends: TableEnd[] = [];
  let rows = 0;
  for await (const frame of framesOf(file, identities)) {
    if (!header) header = headerOf(frame);
    else if (frame.kind === KINDS.rows) rows += linesIn(frame.content);
    else {
      const end = parsed(TableEnd, frame);
      if (end.rows !== rows || end.name !== header.tables[ends.length]?.name)
        throw damaged(`table ${end.name}`);
      ends.push(end);
      rows = 0;
    }
  }
  if (!header) throw damaged('it is empty');
  if (ends.length !== header.tables.length) throw damaged('tables are missing');
  return { header, ends, identities };
}

/** Yields the rows of each table in turn; each must be read to its end before the next is requested. */
export async function* tablesOf(
  file: string,
  { header, identities }: Contents,
): AsyncGenerator<{ name: string; columns: string[]; rows: AsyncIterable<Buffer> }> {
  const frames = framesOf(file, identities);
  await frames.next();
  for (const table of header.tables) yield { ...table, rows: rowsUntilEnd(frames) };
  await frames.return(undefined);
}

async function* rowsUntilEnd(frames: AsyncGenerator<Frame>): AsyncGenerator<Buffer> {
  for (;;) {
    const next = await frames.next();
    if (next.done || next.value.kind !== KINDS.rows) return;
    yield next.value.content;
  }
}
