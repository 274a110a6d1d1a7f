import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { CarnotError } from '../../../kernel/errors.js';
import { damaged } from './frames.js';

/** The first line of every file that age has encrypted (https://age-encryption.org/v1). */
const INTRODUCTION = Buffer.from('age-encryption.org/v1');

/** Loaded on use: few processes encrypt, and it takes longer than most of what starts. */
const library = () => import('age-encryption');

/** Returns what is wrong with those that nobody can be encrypted to. */
export async function recipientProblems(recipients: readonly string[] = []): Promise<string[]> {
  if (recipients.length === 0) return [];
  const { Encrypter } = await library();
  return recipients.flatMap((recipient) => {
    try {
      new Encrypter().addRecipient(recipient);
      return [];
    } catch {
      return `BACKUP_RECIPIENTS contains ${recipient}, which is no public key of age: a letter is wrong. Fix: Copy the whole line that age-keygen printed.`;
    }
  });
}

/** Turns the parts of a file into others; a step of a pipeline. */
export type Step = (parts: AsyncIterable<Buffer>) => AsyncGenerator<Uint8Array>;

const webOf = (parts: AsyncIterable<Buffer>): ReadableStream<Uint8Array> =>
  Readable.toWeb(Readable.from(parts)) as ReadableStream<Uint8Array>;

/**
 * Encrypts to the recipients, and to an identity of its own that is never written down: for as long as this
 * process has it, it can read back what it has written, and afterwards only the recipients can.
 */
export async function encryption(
  recipients: readonly string[],
): Promise<{ encrypt: Step; identity: string }> {
  const { Encrypter, generateX25519Identity, identityToRecipient } = await library();
  const identity = await generateX25519Identity();
  const age = new Encrypter();
  for (const recipient of [...recipients, await identityToRecipient(identity)]) age.addRecipient(recipient);
  return {
    identity,
    async *encrypt(parts) {
      yield* (await age.encrypt(webOf(parts) as never)) as unknown as AsyncIterable<Uint8Array>;
    },
  };
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

/** Returns the identities in a key file as `age-keygen` writes it. Throws `UnreadableFile`. */
export async function identitiesIn(file: string): Promise<string[]> {
  try {
    const lines = (await readFile(file, 'utf8')).split(/\r?\n/).map((line) => line.trim());
    return lines.filter((line) => line && !line.startsWith('#'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CarnotError('UnreadableFile', `${file} cannot be read (${code}).`, 'person');
  }
}

const notDecrypted = (why: string): CarnotError =>
  new CarnotError(
    'NotDecrypted',
    `This backup is encrypted, and could not be decrypted: ${why}. Fix: Name the file with the identity of one of its recipients, as age-keygen wrote it: --identity backup.key. Nothing was changed.`,
    'person',
  );

/** What the library says of a mistyped identity quotes it, and it is a secret. */
function addTo(age: { addIdentity(identity: string): void }, identity: string): void {
  try {
    age.addIdentity(identity);
  } catch {
    throw new Error('a line of that file is no identity of age');
  }
}

/** Decrypts with one of these identities. Throws `NotDecrypted`, and `BackupDamaged` once it has begun. */
export const decryption = (identities: readonly string[]): Step =>
  async function* (parts) {
    let plain: AsyncIterable<Uint8Array>;
    try {
      if (identities.length === 0) throw new Error('no identity was named');
      const { Decrypter } = await library();
      const age = new Decrypter();
      for (const identity of identities) addTo(age, identity);
      plain = (await age.decrypt(webOf(parts) as never)) as unknown as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw notDecrypted((error as Error).message);
    }
    try {
      yield* plain;
    } catch (error) {
      throw damaged((error as Error).message);
    }
  };
