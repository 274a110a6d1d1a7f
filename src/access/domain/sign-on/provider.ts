/**
 * Where people of some mail domains sign in with the account that they have at work: an OpenID Connect
 * provider, as an operator describes it.
 */
export interface SignOnProvider {
  /** A part of addresses: `/sign-in/with/<id>`. */
  id: string;
  /** As people call it, on the button. */
  name: string;
  issuer: string;
  clientId: string;
  /** Of whose addresses it may speak, in small letters: it signs in nobody with another one. */
  mailDomains: string[];
  /**
   * Whether it must say of an address that it was verified (`claimed`), or only ever gives addresses that are
   * (`assumed`).
   */
  verifiedAddresses: 'claimed' | 'assumed';
  /** The one institute whose people it signs in; without it, people of the whole installation. */
  institute?: string | undefined;
  /** Who is let in without an invitation, and as what, by the values of a claim. */
  roles?: { claim: string; officer: string[]; reader: string[] } | undefined;
  /** Whether the people of its domains sign in with it alone, and no more by a link in a mail. */
  required: boolean;
}

export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** With whom the people of an address's domain sign in; undefined where by mail alone. */
export const providerOf = (
  providers: readonly SignOnProvider[],
  address: string,
): SignOnProvider | undefined => providers.find((p) => p.mailDomains.includes(domainOf(address)));
