import { RelyingParty } from '../../kernel/ports.js';
import { z } from 'zod';

/** Whether passkeys are unavailable, suggested to coordinators at sign-in, or mandatory for coordinators. */
export const PasskeyPolicy = z.enum(['off', 'offered', 'required']);
export type PasskeyPolicy = z.infer<typeof PasskeyPolicy>;

/** How people sign in, and for how long. */
export const SignInSettings = z.strictObject({
  passkeys: PasskeyPolicy,
  idleHours: z.number().int().min(1).max(2160),
  longestDays: z.number().int().min(1).max(365),
});

/** More devices than anyone owns; keeps the list sent to browsers short. */
export const MOST_PASSKEYS = 10;

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/;

/**
 * Returns null if browsers offer no passkeys there: IP addresses, and hosts without TLS other than
 * `localhost`.
 */
export function relyingPartyOf(publicUrl: string): RelyingParty | null {
  const { protocol, hostname, origin } = new URL(publicUrl);
  const secure = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
  return secure && !ADDRESS.test(hostname) ? { id: hostname, origin } : null;
}

/** Problems, with fixes, of an installation that requires passkeys from coordinators. */
export const policyProblems = (policy: PasskeyPolicy, publicUrl: string): string[] =>
  policy === 'required' && relyingPartyOf(publicUrl) === null
    ? [
        'signIn.passkeys is "required", but browsers make no passkeys for PUBLIC_URL. Fix: Set PUBLIC_URL to an https address with a name, as https://calls.example.org, or signIn.passkeys to "offered".',
      ]
    : [];
