import { z } from 'zod';
import type { PersonRole } from '../../kernel/actor.js';

/**
 * Whether passkeys are there at all, are suggested to coordinators when they sign in, or are what a
 * coordinator cannot do without.
 */
export const PasskeyPolicy = z.enum(['off', 'offered', 'required']);
export type PasskeyPolicy = z.infer<typeof PasskeyPolicy>;

/** For whom browsers make passkeys (WebAuthn, section 5.1.2): a host by its name, and the pages of it. */
export interface RelyingParty {
  id: string;
  origin: string;
}

/**
 * What a session waits for before anything else is open to it: the answer of a passkey, or that a first one
 * is made.
 */
export type Awaited = 'passkey' | 'new-passkey';

/** Where each of them is given. */
export const STEP_PATHS: Record<Awaited, string> = {
  passkey: '/sign-in/passkey',
  'new-passkey': '/sign-in/passkey/new',
};

/** Nobody owns more devices than this; it keeps a list that is sent to a browser short. */
export const MOST_PASSKEYS = 10;

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/;

/**
 * Null where browsers make none: not for an address in numbers, and not without TLS but on this machine
 * (`localhost`).
 */
export function relyingPartyOf(publicUrl: string): RelyingParty | null {
  const { protocol, hostname, origin } = new URL(publicUrl);
  const secure = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
  return secure && !ADDRESS.test(hostname) ? { id: hostname, origin } : null;
}

/** What an installation that asks every coordinator for a passkey lacks, with its fix. */
export const policyProblems = (policy: PasskeyPolicy, publicUrl: string): string[] =>
  policy === 'required' && relyingPartyOf(publicUrl) === null
    ? [
        'signIn.passkeys is "required", but browsers make no passkeys for PUBLIC_URL. Fix: Set PUBLIC_URL to an https address with a name, as https://calls.example.org, or signIn.passkeys to "offered".',
      ]
    : [];

/** What is known of a session and who is behind it. */
interface Shown {
  role: PersonRole;
  hasPasskey: boolean;
  /** When a second factor was shown in this session; null where none was. */
  secondFactorAt: Date | null;
}

/** What a session still waits for. Who has a passkey is asked for it, whatever their role. */
export function awaitedOf(
  policy: PasskeyPolicy,
  { role, hasPasskey, secondFactorAt }: Shown,
): Awaited | undefined {
  if (policy === 'off' || secondFactorAt !== null) return undefined;
  if (hasPasskey) return 'passkey';
  return policy === 'required' && role === 'coordinator' ? 'new-passkey' : undefined;
}
