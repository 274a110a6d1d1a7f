import { z } from 'zod';
import type { Language } from '../../../kernel/language.js';
import type { PersonRole } from '../../../kernel/actor.js';
import { domainOf, type SignOnProvider } from './provider.js';

/**
 * What a provider says of somebody (OpenID Connect Core 1.0, section 5.1), as far as it is used; what has
 * another form is as if it were not said.
 */
export const Claims = z.looseObject({
  sub: z.string().min(1).max(255),
  email: z.string().trim().toLowerCase().pipe(z.email().max(320)).optional().catch(undefined),
  // Some send it as a word.
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
    .optional()
    .catch(undefined),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  // Values of other forms are left out one by one: the rest is said all the same.
  amr: z.array(z.string().max(100).catch('')).max(50).optional().catch(undefined),
  acr: z.string().max(500).optional().catch(undefined),
  locale: z.string().max(50).optional().catch(undefined),
});
export type Claims = z.infer<typeof Claims>;

/** Why somebody whom a provider vouches for is not let in. */
export type Refusal =
  /** It gives no address, or does not say that it was verified. */
  | 'no-address'
  /** The address is of a domain for which it does not speak. */
  | 'other-domain'
  /** Nobody has invited them, and no claim lets them in. */
  | 'not-invited'
  /** They belong to another institute than the provider does. */
  | 'other-institute'
  /** Somebody else came with this address before: it was given to a new owner. */
  | 'other-subject'
  /** The claims that gave them a role do so no more. */
  | 'no-role';

/** The address that a provider vouches for, or why there is none. */
export function addressIn(provider: SignOnProvider, claims: Claims): { email: string } | Refusal {
  const verified = provider.verifiedAddresses === 'assumed' || claims.email_verified === true;
  if (!claims.email || !verified) return 'no-address';
  return provider.mailDomains.includes(domainOf(claims.email)) ? { email: claims.email } : 'other-domain';
}

/**
 * The role that the claims give at the provider's institute; null where they give none, undefined where
 * invitations alone count.
 */
export function roleIn(
  { roles, institute }: SignOnProvider,
  claims: Claims,
): Extract<PersonRole, 'officer' | 'reader'> | null | undefined {
  if (!roles || institute === undefined) return undefined;
  const values = [claims[roles.claim]].flat().filter((value) => typeof value === 'string');
  const gives = (wanted: readonly string[]) => wanted.some((value) => values.includes(value));
  return gives(roles.officer) ? 'officer' : gives(roles.reader) ? 'reader' : null;
}

/** The profile by which research institutes' providers say it (https://refeds.org/profile/mfa). */
const REFEDS_MFA = 'https://refeds.org/profile/mfa';

/**
 * Whether the provider says that somebody showed it two factors: "mfa" among the methods (RFC 8176, section
 * 2), or the profile of REFEDS.
 */
export const showedTwice = ({ amr, acr }: Claims): boolean =>
  amr?.includes('mfa') === true || acr === REFEDS_MFA;

/** French where nothing is said: it is the language of the network. */
export const languageIn = ({ locale }: Claims): Language => (/^en\b/i.test(locale ?? '') ? 'en' : 'fr');
