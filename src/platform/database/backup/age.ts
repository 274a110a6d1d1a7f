import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CarnotError } from '../../../kernel/errors.js';

/** The first line of every file that age has encrypted (https://age-encryption.org/v1). */
const INTRODUCTION = Buffer.from('age-encryption.org/v1');

/** Loaded on use: few processes encrypt, and it takes longer than most of what starts. */
const library = () => import('age-encryption');

/** Returns those that nobody can be encrypted to, since a letter was mistyped. */
export async function unknownRecipients(recipients: readonly string[]): Promise<string[]> {
  if (recipients.length === 0) return [];
  const { Encrypter } = await library();
  return recipients.filter((recipient) => {
    try {
      new Encrypter().addRecipient(recipient);
      return false;
    } catch {
      return true;
    }
  });
}

/** Passes everything on and keeps its checksum. */
class Summed extends Transform {
  private readonly hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.hash.update(chunk);
    done(null, chunk);
  }

  get sum(): string {
    return this.hash.copy().digest('hex');
  }
}

async function write(parts: ReadableStream, to: string): Promise<string> {
  const summed = new Summed();
  const file = await open(to, 'wx', 0o600);
  // With its end, the stream closes the file.
  await pipeline(Readable.fromWeb(parts), summed, file.createWriteStream({ flush: true }));
  return summed.sum;
}

async function sumOf(file: string): Promise<string> {
  const summed = new Summed();
  await pipeline(createReadStream(file), summed, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) void chunk;
  });
  return summed.sum;
}

/**
 * Encrypts a file to the recipients; none but the holders of their identities can read the new one, so it is
 * read back by its checksum alone.
 */
export async function encryptFile(from: string, to: string, recipients: readonly string[]): Promise<void> {
  const { Encrypter } = await library();
  const age = new Encrypter();
  for (const recipient of recipients) age.addRecipient(recipient);
  const plain = Readable.toWeb(createReadStream(from)) as ReadableStream<Uint8Array>;
  const written = await write((await age.encrypt(plain as never)) as never, to);
  if ((await sumOf(to)) !== written)
    throw new CarnotError('BackupDamaged', `${to} differs from what was written.`, 'later');
}

/** Whether age has encrypted the file; false for one that cannot be read, which its reader reports. */
export async function isEncrypted(file: string): Promise<boolean> {
  const opened = await open(file, 'r').catch(() => null);
  if (!opened) return false;
  try {
    const { buffer, bytesRead } = await opened.read(
      Buffer.alloc(INTRODUCTION.length),
      0,
      INTRODUCTION.length,
      0,
    );
    return bytesRead === INTRODUCTION.length && buffer.equals(INTRODUCTION);
  } finally {
    await opened.close();
  }
}

/** Decrypts a file with the identities of a key file as `age-keygen` writes it. Throws `NotDecrypted`. */
export async function decryptFile(from: string, to: string, identityFile: string): Promise<void> {
  try {
    const keys = await readFile(identityFile, 'utf8');
    const { Decrypter } = await library();
    const age = new Decrypter();
    for (const line of keys.split(/\r?\n/))
      if (line.trim() && !line.startsWith('#')) age.addIdentity(line.trim());
    const sealed = Readable.toWeb(createReadStream(from)) as ReadableStream<Uint8Array>;
    await write((await age.decrypt(sealed as never)) as never, to);
  } catch (error) {
    throw new CarnotError(
      'NotDecrypted',
      `${from} could not be decrypted (${(error as Error).message}). Fix: Name the file with the identity of one of its recipients (--identity), as age-keygen wrote it. Nothing was changed.`,
      'person',
    );
  }
}
