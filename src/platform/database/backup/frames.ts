import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import { CarnotError } from '../../../kernel/errors.js';

/** The first bytes of a backup once it is unpacked; `type, length, content` follows, again and again. */
const MAGIC = Buffer.from('carnot-europe backup\n');
export const FORMAT = 1;
const HEAD_BYTES = 5;
/** PostgreSQL's own limit for a field, which no row exceeds; a larger length has been altered. */
const MOST_BYTES = 0x4000_0000;

const Table = z.object({ name: z.string(), columns: z.array(z.string()) });
/** For an unknown format, only its number can be read. */
export const AnyHeader = z.object({ format: z.number().int() });
export const Header = AnyHeader.extend({
  version: z.string(),
  madeAt: z.iso.datetime(),
  /** The migrations that made the tables, by TypeORM's names. */
  migrations: z.array(z.string()),
  tables: z.array(Table),
  /** The last value of each sequence; null if it was never used. */
  sequences: z.record(z.string(), z.string().nullable()),
  /** The names of the keys that encrypted its secrets; no key can be derived from them. */
  keys: z.array(z.string()),
});
export type Header = z.output<typeof Header>;
export const TableEnd = z.object({ name: z.string(), rows: z.number().int(), sum: z.string() });
export type TableEnd = z.output<typeof TableEnd>;

/** The kinds of frames, in order: the header, the rows and the end of each table, the end of the backup. */
export const KINDS = { header: 'H', rows: 'D', tableEnd: 'E', end: 'Z' } as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];
export interface Frame {
  kind: Kind;
  content: Buffer;
}

export const damaged = (what: string): CarnotError =>
  new CarnotError(
    'BackupDamaged',
    `This backup is damaged or incomplete (${what}), so nothing of it was restored. Use another copy of it.`,
    'person',
  );
const strange = (): CarnotError =>
  new CarnotError('NoBackup', 'This file is not a backup of carnot-europe. Nothing was changed.', 'person');

/** Writes frames; the last one is a checksum of all before it. */
export class FrameWriter {
  private readonly hash = createHash('sha256');

  begin(): Buffer {
    return this.noted(MAGIC);
  }

  frame(kind: Kind, content: Buffer | object): Buffer[] {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(kind, 0, 'latin1');
    head.writeUInt32BE(bytes.length, 1);
    return [this.noted(head), this.noted(bytes)];
  }

  end(): Buffer[] {
    return this.frame(KINDS.end, { sha256: this.hash.copy().digest('hex') });
  }

  private noted(bytes: Buffer): Buffer {
    this.hash.update(bytes);
    return bytes;
  }
}

/** Returns bytes in the requested lengths. */
class Bytes {
  private waiting: Buffer = Buffer.alloc(0);

  constructor(private readonly source: AsyncIterator<Buffer>) {}

  /** Returns null if fewer are left. */
  async take(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > this.waiting.length) {
      parts.push(this.waiting);
      missing -= this.waiting.length;
      const next = await this.source.next();
      if (next.done) return null;
      this.waiting = next.value;
    }
    parts.push(this.waiting.subarray(0, missing));
    this.waiting = this.waiting.subarray(missing);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
  }
}

/** Reads frames to the end, and throws if they are not as written. */
export async function* readFrames(unpacked: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const bytes = new Bytes(unpacked[Symbol.asyncIterator]());
  const hash: Hash = createHash('sha256');
  const take = async (length: number): Promise<Buffer> => {
    const taken = await bytes.take(length);
    if (!taken) throw damaged('it ends too early');
    return taken;
  };
  const magic = await bytes.take(MAGIC.length);
  if (!magic?.equals(MAGIC)) throw strange();
  hash.update(magic);
  for (;;) {
    const head = await take(HEAD_BYTES);
    const [kind, length] = [head.toString('latin1', 0, 1) as Kind, head.readUInt32BE(1)];
    if (!Object.values(KINDS).includes(kind) || length > MOST_BYTES) throw damaged('its form is broken');
    const content = await take(length);
    if (kind === KINDS.end) {
      if (!content.equals(Buffer.from(JSON.stringify({ sha256: hash.digest('hex') }))))
        throw damaged('its checksum differs');
      if (await bytes.take(1)) throw damaged('something follows its end');
      return;
    }
    hash.update(head).update(content);
    yield { kind, content };
  }
}
