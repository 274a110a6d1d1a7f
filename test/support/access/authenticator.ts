import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { PasskeyEntity } from '../../../src/access/store/sign-in.entity.js';
import type { Answer, Browser } from './people.js';

const [PRESENT, VERIFIED, ATTESTED] = [0x01, 0x04, 0x40];
const ES256 = -7;

type Cbor = number | string | Buffer | Map<Cbor, Cbor>;

/** Encodes a CBOR head: the major type, and the value or length (RFC 8949, section 3). */
function head(kind: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(kind << 5) | n]);
  if (n < 256) return Buffer.from([(kind << 5) | 24, n]);
  return Buffer.from([(kind << 5) | 25, n >> 8, n & 255]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v)])]);
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** Ways in which a browser or device deviates from correct behaviour. */
export interface Twist {
  origin?: string;
  rpId?: string;
  challenge?: string;
  /** Whether the device verified the user. */
  verified?: boolean;
  /** The signature counter it reports. */
  counter?: number;
  /** Signs with another authenticator's key. */
  signedBy?: Authenticator;
  /** An attestation statement by the manufacturer. */
  attestation?: { fmt: string; attStmt: Map<Cbor, Cbor> };
  /** Self attestation ("packed" without certificates), as some browsers pass on. */
  selfSigned?: boolean;
}

/**
 * A browser with a device that holds one passkey: the client side of WebAuthn, in the bytes of the standard
 * (level 3, sections 5.8.1, 6.1 and 6.5), so that the code under test parses what real clients send.
 */
export class Authenticator {
  readonly id = randomBytes(32);
  private readonly key: KeyObject;
  private readonly publicKey: Map<Cbor, Cbor>;
  private count = 0;

  /** `counts` is false for a passkey synced across devices: its counter is always 0. */
  constructor(
    private readonly origin: string,
    private readonly counts = true,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x, y } = publicKey.export({ format: 'jwk' });
    this.key = privateKey;
    const [X, Y] = [Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')];
    // COSE_Key of ES256 on P-256 (RFC 9053, section 7.1.1).
    this.publicKey = new Map<Cbor, Cbor>([
      [1, 2],
      [3, ES256],
      [-1, 1],
      [-2, X],
      [-3, Y],
    ]);
  }

  /** `navigator.credentials.create()` and `toJSON()`, with the options from the server. */
  make(options: { challenge: string; rp: { id?: string } }, twist: Twist = {}): Record<string, unknown> {
    const length = Buffer.from([this.id.length >> 8, this.id.length & 255]);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, cbor(this.publicKey)]);
    const authData = Buffer.concat([
      this.authData(twist.rpId ?? options.rp.id ?? '', ATTESTED, twist),
      attested,
    ]);
    const clientData = this.clientData('webauthn.create', options.challenge, twist);
    const { fmt, attStmt } = twist.selfSigned
      ? { fmt: 'packed', attStmt: this.ownStatement(authData, clientData, twist) }
      : (twist.attestation ?? { fmt: 'none', attStmt: new Map() });
    const attestationObject = cbor(
      new Map<Cbor, Cbor>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', authData],
      ]),
    );
    return this.said({
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** `navigator.credentials.get()` and `toJSON()`. */
  answer(options: { challenge: string; rpId?: string }, twist: Twist = {}): Record<string, unknown> {
    if (this.counts) this.count += 1;
    const authenticatorData = this.authData(twist.rpId ?? options.rpId ?? '', 0, twist);
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, twist);
    const signature = (twist.signedBy ?? this).signed(authenticatorData, clientDataJSON);
    return this.said({
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: null,
    });
  }

  private signed(authData: Buffer, clientData: Buffer): Buffer {
    return createSign('sha256')
      .update(Buffer.concat([authData, sha256(clientData)]))
      .sign(this.key);
  }

  private ownStatement(authData: Buffer, clientData: Buffer, { signedBy = this }: Twist): Map<Cbor, Cbor> {
    return new Map<Cbor, Cbor>([
      ['alg', ES256],
      ['sig', signedBy.signed(authData, clientData)],
    ]);
  }

  private said(response: Record<string, unknown>): Record<string, unknown> {
    const id = this.id.toString('base64url');
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response,
    };
  }

  private authData(rpId: string, flags: number, { verified = true, counter = this.count }: Twist): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([PRESENT | (verified ? VERIFIED : 0) | flags]), count]);
  }

  private clientData(type: string, challenge: string, twist: Twist): Buffer {
    const { origin = this.origin, challenge: signed = challenge } = twist;
    return Buffer.from(JSON.stringify({ type, challenge: signed, origin, crossOrigin: false }));
  }
}

/** Returns a stored passkey whose device nobody has. */
export const passkeyRow = (id: string, personId: string, name: string): PasskeyEntity => ({
  id,
  personId,
  name,
  credential: randomBytes(32).toString('base64url'),
  publicKey: randomBytes(77),
  counter: '0',
  transports: [],
  createdAt: new Date(),
  lastUsedAt: null,
});

/** Returns what the server gives the page's script for the browser API. */
export const challengeOf = async <T = any>(browser: Browser, step: string): Promise<T> =>
  JSON.parse(
    (await browser.request(`${step}/challenge`, { method: 'POST', headers: { accept: '*/*' } })).body,
  );

/** Registers a passkey on a device, as page and script do. */
export async function makePasskey(
  browser: Browser,
  device: Authenticator,
  { name = 'Laptop', next, twist = {} }: { name?: string; next?: string; twist?: Twist } = {},
): Promise<Answer> {
  const options = await challengeOf(browser, '/sign-in/passkey/new');
  const answer = JSON.stringify(device.make(options, twist));
  return browser.post('/sign-in/passkey/new', { name, answer, ...(next && { next }) });
}

/** Signs in with a passkey, as page and script do. */
export async function usePasskey(
  browser: Browser,
  device: Authenticator,
  { next, twist = {} }: { next?: string; twist?: Twist } = {},
): Promise<Answer> {
  const options = await challengeOf(browser, '/sign-in/passkey');
  const answer = JSON.stringify(device.answer(options, twist));
  return browser.post('/sign-in/passkey', { answer, ...(next && { next }) });
}
