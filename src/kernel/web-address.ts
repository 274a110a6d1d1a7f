/**
 * The address if it is an http(s) one, written as URL does it (no white space, no quotes); null for anything
 * else.
 */
export function webAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}

/**
 * An address of our own product. One that is no web address is a mistake in the configuration and stops the
 * mail.
 */
export function ownAddress(address: string): string {
  const safe = webAddress(address);
  if (safe === null) throw new TypeError('an address of the product in an e-mail is not an http(s) address');
  return safe;
}
