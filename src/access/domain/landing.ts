import { z } from 'zod';
import { type Actor, isOfNetwork, type PersonRole, roleHolds } from '../../kernel/actor.js';
import type { PasskeyPolicy } from './second-factor.js';

/**
 * The address of one of our pages, for an e-mail to one of our people: whoever has no session signs in there
 * without typing where the e-mail went. It signs nobody in, and says no address to whom it is forwarded.
 */
export const pageFromMail = (
  { PUBLIC_URL }: { PUBLIC_URL: string },
  { id }: { id: string },
  path: string,
): string => `${PUBLIC_URL}${signInFromMail(id, path)}`;

/** The sign-in page that knows this person, and then leads to `path`, or to where their work begins. */
export const signInFromMail = (personId: string, path: string | null): string =>
  `/sign-in/from-mail/${personId}${path === null ? '' : `?next=${encodeURIComponent(path).replaceAll('%2F', '/')}`}`;

/** An inbox address with filters is longer than most, and a search sentence grows when URL-encoded. */
const LONGEST = 2_000;
/** The page that a form or an address leads on to; to be read by `ownPath`. */
export const NEXT = { next: z.string().max(LONGEST).optional() };
/** Sign-in must not lead to sign-out, or back to itself. */
const NEVER = /^\/(sign-in|sign-out)(\/|\?|#|$)/;

/**
 * Returns a local path requested before sign-in, or the page a form came from; null for anything that a
 * browser would take to another site: another scheme or host, `//host`, `/\host`, `/.//host`, or what becomes
 * one of these once the browser strips tabs and line breaks.
 */
export function ownPath(asked: string | null | undefined): string | null {
  if (
    !asked ||
    asked.length > LONGEST ||
    !asked.startsWith('/') ||
    /[\\\p{Cc}]/u.test(asked) ||
    !URL.canParse(asked, 'http://here')
  )
    return null;
  const url = new URL(asked, 'http://here');
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.host === 'here' && url.username === '' && !path.startsWith('//') && !NEVER.test(path)
    ? path
    : null;
}

/** The page that a form came from, where it leads back to; null for anything but a page of ours. */
export const Back = z.string().max(LONGEST).optional().transform(ownPath);

/** The sign-in page that then leads to `next`. */
export const signInPath = (next: string | null): string =>
  next === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;

export const inboxPath = (profileId: string): string => `/institutes/${profileId}/inbox`;

/** The start page: an institute's inbox for its people; for the network the institutes, or else the calls. */
export const homeOf = ({ profileId, role }: Pick<Actor, 'profileId' | 'role'>): string =>
  profileId !== null ? inboxPath(profileId) : roleHolds(role, 'institute.read') ? '/institutes' : '/calls';

/** The page after sign-in: an officer's first visit leads through the profile if nobody has confirmed it. */
export function landingOf(
  person: { role: PersonRole; profileId: string | null; lastSeenAt: Date | null },
  institute: { confirmed: boolean } | null,
): string {
  const first =
    roleHolds(person.role, 'profile.write') && person.lastSeenAt === null && institute?.confirmed === false;
  return first ? `/institutes/${person.profileId}/start` : homeOf(person);
}

/** What a session must still do before it can use anything else: use a passkey, or create the first one. */
export type Awaited = 'passkey' | 'new-passkey';

/** The page for each step. */
export const STEP_PATHS: Record<Awaited, string> = {
  passkey: '/sign-in/passkey',
  'new-passkey': '/sign-in/passkey/new',
};

/** What is known of a session and its owner. */
interface Shown {
  role: PersonRole;
  hasPasskey: boolean;
  /** When a second factor was shown in this session; null if never. */
  secondFactorAt: Date | null;
}

/** What a session is still waiting for. Anyone with a passkey is asked for it, whatever their role. */
export function awaitedOf(
  policy: PasskeyPolicy,
  { role, hasPasskey, secondFactorAt }: Shown,
): Awaited | undefined {
  if (policy === 'off' || secondFactorAt !== null) return undefined;
  if (hasPasskey) return 'passkey';
  return policy === 'required' && isOfNetwork(role) ? 'new-passkey' : undefined;
}
