import { z } from 'zod';
import type { RelyingParty } from '../../access/domain/index.js';

/**
 * What a device says is CBOR, COSE keys and signatures of several kinds over them: a library that is tried by
 * many reads it, and follows the standard as it grows. It is loaded when it is used: that takes tenths of a
 * second, for which no start and no command need wait.
 */
const library = () => import('@simplewebauthn/server');

const base64Url = z.base64url().min(1).max(20_000);
const transports = z.array(z.string().max(40)).max(10).optional().catch(undefined);

/**
 * What a browser gives of a passkey that was made (WebAuthn level 3, `RegistrationResponseJSON`), as far as
 * it is used.
 */
export const Registration = z.object({
  id: base64Url,
  rawId: base64Url,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64Url, attestationObject: base64Url, transports }),
});
export type Registration = z.infer<typeof Registration>;

/** What it gives of one that has answered (`AuthenticationResponseJSON`). */
export const Assertion = z.object({
  id: base64Url,
  rawId: base64Url,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64Url, authenticatorData: base64Url, signature: base64Url }),
});
export type Assertion = z.infer<typeof Assertion>;

/** The public half of a passkey. */
export interface Credential {
  id: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
}
type Known = Pick<Credential, 'id' | 'transports'>;

/**
 * Ed25519, ES256, RS256: what every Node that we run on verifies. By itself the library offers what the
 * present one knows beyond that.
 */
const ALGORITHMS = [-8, -7, -257];

/** The answer of a browser or a device is not what was asked for; the message is for the log. */
export class PasskeyRefused extends Error {}

const known = (all: readonly Known[]): Known[] =>
  all.map(({ id, transports: by }) => ({ id, transports: by }));

/** What a browser is asked to make a passkey by; none twice on one device. */
export const registrationOptions = async (
  party: RelyingParty,
  person: { id: string; name: string; email: string },
  all: readonly Known[],
  timeout: number,
) =>
  (await library()).generateRegistrationOptions({
    rpName: 'carnot-europe',
    rpID: party.id,
    userID: new TextEncoder().encode(person.id),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: 'none',
    excludeCredentials: known(all),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
    timeout,
  });

/** What a browser is asked to have a passkey answer by. */
export const assertionOptions = async (party: RelyingParty, all: readonly Known[], timeout: number) =>
  (await library()).generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: known(all),
    userVerification: 'required',
    timeout,
  });

/**
 * A maker's certificate says what we did not ask for, and to check it the library would call addresses that
 * stand in it, past our gate.
 */
async function mustBePlain({ response: { attestationObject } }: Registration): Promise<void> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const object = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const fmt: string = object.get('fmt');
  if (fmt !== 'none' && (fmt !== 'packed' || object.get('attStmt').get('x5c') !== undefined))
    throw new PasskeyRefused(`an attestation "${fmt}" that was not asked for`);
}

/**
 * The passkey that was made for this challenge, here, by somebody whom their device knew. Throws
 * PasskeyRefused.
 */
export const registered = (
  party: RelyingParty,
  challenge: string,
  answer: Registration,
): Promise<Credential> =>
  refusing(async () => {
    await mustBePlain(answer);
    const { verified, registrationInfo } = await (
      await library()
    ).verifyRegistrationResponse({
      response: { ...answer, response: { ...answer.response, transports: [] }, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) throw new PasskeyRefused('its attestation is not signed by it');
    const { id, publicKey, counter } = registrationInfo.credential;
    return { id, publicKey: Buffer.from(publicKey), counter, transports: answer.response.transports ?? [] };
  });

/**
 * The count that the passkey gives, which has signed this challenge, here, for somebody whom their device
 * knew. Throws PasskeyRefused.
 */
export const asserted = (
  party: RelyingParty,
  challenge: string,
  answer: Assertion,
  { id, publicKey }: Credential,
): Promise<number> =>
  refusing(async () => {
    const { verified, authenticationInfo } = await (
      await library()
    ).verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      // The count is held against the one that is kept when that is changed, since two may answer at once.
      credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
    });
    if (!verified) throw new PasskeyRefused('it is not signed by this passkey');
    return authenticationInfo.newCounter;
  });

/**
 * The library throws for whatever does not fit, in words of its own: what was sent is to blame for all of it.
 */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PasskeyRefused ? error : new PasskeyRefused((error as Error).message);
  }
}
