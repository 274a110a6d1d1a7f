/** Returns the address if it is http(s), normalised by URL (no white space, no quotes); null otherwise. */
export function webAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}

/** Returns an address of our own product. An invalid one is a configuration mistake and stops the e-mail. */
export function ownAddress(address: string): string {
  const safe = webAddress(address);
  if (safe === null) throw new TypeError('an address of the product in an e-mail is not an http(s) address');
  return safe;
}
