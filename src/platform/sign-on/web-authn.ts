import { z } from 'zod';
import type { RelyingParty } from '../../kernel/ports.js';

/**
 * An authenticator's response is CBOR, with COSE keys and several kinds of signatures: a widely used library
 * parses it, and follows the standard as it grows. It is loaded on first use: that takes tenths of a second,
 * which no start and no command should wait for.
 */
const library = () => import('@simplewebauthn/server');

const base64Url = z.base64url().min(1).max(20_000);
const transports = z.array(z.string().max(40)).max(10).optional().catch(undefined);

/** A browser's response for a new passkey (WebAuthn level 3, `RegistrationResponseJSON`), as we use it. */
export const Registration = z.object({
  id: base64Url,
  rawId: base64Url,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64Url, attestationObject: base64Url, transports }),
});
export type Registration = z.infer<typeof Registration>;

/** A browser's response from an existing passkey (`AuthenticationResponseJSON`). */
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
 * Ed25519, ES256, RS256: what every supported Node verifies. By default the library offers whatever the
 * current Node supports beyond that.
 */
const ALGORITHMS = [-8, -7, -257];

/** A response from a browser or a device that is not what was requested; the message is for the log. */
export class PasskeyRefused extends Error {}

const known = (all: readonly Known[]): Known[] =>
  all.map(({ id, transports: by }) => ({ id, transports: by }));

/** Returns the browser's options for creating a passkey; at most one per device. */
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

/** Returns the browser's options for requesting a response from a passkey. */
export const assertionOptions = async (party: RelyingParty, all: readonly Known[], timeout: number) =>
  (await library()).generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: known(all),
    userVerification: 'required',
    timeout,
  });

/**
 * Refuses a manufacturer's certificate: we did not ask for one, and to check it the library would call
 * addresses in it, bypassing our gate.
 */
async function mustBePlain({ response: { attestationObject } }: Registration): Promise<void> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const object = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const fmt: string = object.get('fmt');
  if (fmt !== 'none' && (fmt !== 'packed' || object.get('attStmt').get('x5c') !== undefined))
    throw new PasskeyRefused(`an attestation "${fmt}" that was not asked for`);
}

/**
 * Returns the passkey created for this challenge, on this site, by someone whom their device verified. Throws
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
 * Returns the counter of the passkey that signed this challenge, on this site, for someone whom their device
 * verified. Throws PasskeyRefused.
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
      // The counter is compared with the stored one on update, since two may answer at once.
      credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
    });
    if (!verified) throw new PasskeyRefused('it is not signed by this passkey');
    return authenticationInfo.newCounter;
  });

/** The library throws its own errors for anything that does not fit: the input is to blame for all. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PasskeyRefused ? error : new PasskeyRefused((error as Error).message);
  }
}
