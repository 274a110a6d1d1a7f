import { z } from 'zod';
import type { InstituteRole } from './actor.js';

/**
 * An OpenID Connect provider, as the operator configures it: people of some mail domains sign in with their
 * work account.
 */
export interface SignOnProvider {
  /** Part of paths: `/sign-in/with/<id>`. */
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  /** Mail domains it may vouch for, in lower case: addresses of other domains are refused. */
  mailDomains: string[];
  /**
   * Whether an address must be marked as verified (`claimed`), or the provider only ever gives verified ones
   * (`assumed`).
   */
  verifiedAddresses: 'claimed' | 'assumed';
  /** The one institute whose people it signs in; if not set, people of the whole installation. */
  institute?: string | undefined;
  /** Claim values that admit people without an invitation, by role. */
  roles?: ({ claim: string } & Partial<Record<InstituteRole, string[]>>) | undefined;
  /** Whether people of its domains must use it and cannot sign in by e-mail link. */
  required: boolean;
}

export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Returns the provider for the domain of an address; undefined if only e-mail links are used. */
export const providerOf = (
  providers: readonly SignOnProvider[],
  address: string,
): SignOnProvider | undefined => providers.find((p) => p.mailDomains.includes(domainOf(address)));

/** The OpenID Connect claims that are used (Core 1.0, section 5.1). Malformed ones count as absent. */
export const Claims = z.looseObject({
  sub: z.string().min(1).max(255),
  email: z.string().trim().toLowerCase().pipe(z.email().max(320)).optional().catch(undefined),
  // Some providers send a string.
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
    .optional()
    .catch(undefined),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  // Invalid values are dropped one by one; the others still count.
  amr: z.array(z.string().max(100).catch('')).max(50).optional().catch(undefined),
  acr: z.string().max(500).optional().catch(undefined),
  locale: z.string().max(50).optional().catch(undefined),
});

export type Claims = z.infer<typeof Claims>;
