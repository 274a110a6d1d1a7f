import {
  asserted,
  Assertion,
  assertionOptions,
  PasskeyRefused,
  registered,
  Registration,
  registrationOptions,
} from '../../src/platform/sign-on/web-authn.js';
import { Authenticator, type Twist } from '../support/access/authenticator.js';

const PARTY = { id: 'calls.test', origin: 'https://calls.test' };
const PERSON = { id: '7d7bba0c-1c4c-4a25-9d0e-9a3b5a3f7f01', name: 'Ada', email: 'ada@network.test' };

describe('a passkey as a browser gives it', () => {
  const device = () => new Authenticator(PARTY.origin);
  const ask = () => registrationOptions(PARTY, PERSON, [], 1_000);
  async function made(of: Authenticator, twist: Twist = {}) {
    const options = await ask();
    return registered(PARTY, options.challenge, Registration.parse(of.make(options, twist)));
  }

  it('is asked for with user verification, by the same algorithms on every Node, and none twice on a device', async () => {
    const known = { id: 'AAAA', transports: ['usb'] };
    expect(await registrationOptions(PARTY, PERSON, [known], 1_000)).toMatchObject({
      rp: { id: 'calls.test' },
      attestation: 'none',
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ alg, type: 'public-key' })),
      authenticatorSelection: { userVerification: 'required' },
      excludeCredentials: [{ ...known, type: 'public-key' }],
    });
    expect(await assertionOptions(PARTY, [known], 1_000)).toMatchObject({
      rpId: 'calls.test',
      userVerification: 'required',
      allowCredentials: [{ ...known, type: 'public-key' }],
    });
  });

  it('is known by its public key, with which its answers are read', async () => {
    const one = device();
    const credential = await made(one);
    expect(credential).toMatchObject({
      id: one.id.toString('base64url'),
      counter: 0,
      transports: ['internal'],
    });
    const options = await assertionOptions(PARTY, [credential], 1_000);
    const answer = Assertion.parse(one.answer(options));
    expect(await asserted(PARTY, options.challenge, answer, credential)).toBe(1);
    const other = await made(device());
    await expect(asserted(PARTY, options.challenge, answer, other)).rejects.toThrow(PasskeyRefused);
  });

  it('may state itself, signed by itself alone', async () => {
    const one = device();
    expect(await made(one, { selfSigned: true })).toMatchObject({ id: one.id.toString('base64url') });
    await expect(made(one, { selfSigned: true, signedBy: device() })).rejects.toThrow(
      'its attestation is not signed by it',
    );
  });

  it.each([
    ['packed', new Map([['x5c', Buffer.from('a certificate')]])],
    ['tpm', new Map()],
    ['fido-u2f', new Map()],
    ['android-safetynet', new Map()],
  ])(
    'is refused with a statement of its maker, "%s", before the library looks at its certificates',
    async (fmt, attStmt) => {
      await expect(made(device(), { attestation: { fmt, attStmt } })).rejects.toThrow(
        `an attestation "${fmt}" that was not asked for`,
      );
    },
  );

  it('is refused where it cannot be read', async () => {
    const options = await ask();
    const answer = Registration.parse(device().make(options));
    for (const attestationObject of ['AA', 'v_8', Buffer.alloc(9_000, 0x9f).toString('base64url')])
      await expect(
        registered(PARTY, options.challenge, {
          ...answer,
          response: { ...answer.response, attestationObject },
        }),
      ).rejects.toThrow(PasskeyRefused);
  });
});
