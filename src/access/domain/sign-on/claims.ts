import { Claims } from '../../../kernel/sign-on.js';
import type { Language } from '../../../kernel/language.js';
import { InstituteRole } from '../../../kernel/actor.js';
import { domainOf, type SignOnProvider } from '../../../kernel/sign-on.js';

/** Why a person is refused although a provider vouches for them. */
export type Refusal =
  /** There is no address, or it is not marked as verified. */
  | 'no-address'
  /** The provider may not vouch for the address's domain. */
  | 'other-domain'
  /** Nobody has invited them, and no claim admits them. */
  | 'not-invited'
  /** They belong to another institute than the provider. */
  | 'other-institute'
  /** The address has signed in with another subject before: it has a new owner. */
  | 'other-subject'
  /** The claims no longer give them a role. */
  | 'no-role';

/** Returns the address that a provider vouches for, or why there is none. */
export function addressIn(provider: SignOnProvider, claims: Claims): { email: string } | Refusal {
  const verified = provider.verifiedAddresses === 'assumed' || claims.email_verified === true;
  if (!claims.email || !verified) return 'no-address';
  return provider.mailDomains.includes(domainOf(claims.email)) ? { email: claims.email } : 'other-domain';
}

/**
 * Returns the role that the claims give at the provider's institute; null if none, undefined if only
 * invitations count.
 */
export function roleIn(
  { roles, institute }: SignOnProvider,
  claims: Claims,
): InstituteRole | null | undefined {
  if (!roles || institute === undefined) return undefined;
  const values = [claims[roles.claim]].flat().filter((value) => typeof value === 'string');
  return InstituteRole.options.find((role) => roles[role]?.some((value) => values.includes(value))) ?? null;
}

/** The MFA profile used by providers of research institutes (https://refeds.org/profile/mfa). */
const REFEDS_MFA = 'https://refeds.org/profile/mfa';

/**
 * Whether the provider asserts two factors: "mfa" among the methods (RFC 8176, section 2), or the REFEDS
 * profile.
 */
export const showedTwice = ({ amr, acr }: Claims): boolean =>
  amr?.includes('mfa') === true || acr === REFEDS_MFA;

/** Defaults to French, the language of the network. */
export const languageIn = ({ locale }: Claims): Language => (/^en\b/i.test(locale ?? '') ? 'en' : 'fr');
