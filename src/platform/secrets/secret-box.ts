import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const [IV_BYTES, TAG_BYTES, ID_DIGITS] = [12, 16, 8];
/** How something sealed begins; what does not was stored before it was. */
export const SEALED = 'sealed:1:';
const FORM = new RegExp(`^${SEALED}([0-9a-f]{${ID_DIGITS}}):([A-Za-z0-9_-]+)$`);

interface Key {
  id: string;
  bytes: Buffer;
}

/** Tells one key from another, and says nothing of it. */
const idOf = (bytes: Buffer): string =>
  createHash('sha256').update('key id ').update(bytes).digest('hex').slice(0, ID_DIGITS);

/**
 * Seals what must be read again but not by whoever has the database alone. What is sealed names its key, so
 * that an earlier one can go on reading while the present one takes over, and is bound to its place: moved to
 * another row it does not open.
 */
export class SecretBox {
  private readonly keys: Key[];

  /** The first key seals; all of them open. Of 32 bytes each. */
  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    this.keys = keys.map((bytes) => ({ id: idOf(bytes), bytes }));
  }

  /** What the present key's work begins with. */
  get present(): string {
    return `${SEALED}${this.keys[0]!.id}:`;
  }

  /** The names of all keys, by which what is sealed says whose it is. */
  get keyNames(): string[] {
    return this.keys.map(({ id }) => id);
  }

  seal(text: string, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.keys[0]!.bytes, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.present}${sealed.toString('base64url')}`;
  }

  /** What was sealed, or the text itself where it never was. Null where no key of ours opens it. */
  open(stored: string, place: string): string | null {
    if (!stored.startsWith(SEALED)) return stored;
    const [, id, sealed] = FORM.exec(stored) ?? [];
    const key = this.keys.find((k) => k.id === id);
    return key && sealed ? opened(key, Buffer.from(sealed, 'base64url'), place) : null;
  }
}

function opened({ bytes }: Key, sealed: Buffer, place: string): string | null {
  try {
    const cipher = createDecipheriv(CIPHER, bytes, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([cipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), cipher.final()]).toString(
      'utf8',
    );
  } catch {
    // Damaged, or of another place.
    return null;
  }
}
