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

/** Returns an http or https address without user and password; undefined for anything else. */
export function plainUrl(value: string): URL | undefined {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.username || url.password ? undefined : url;
}

/** Whether a value is scheme, host and port, with at most a trailing slash. */
export function isOrigin(value: string): boolean {
  const url = plainUrl(value);
  return url !== undefined && !/[?#]/.test(value) && url.pathname === '/' && !value.endsWith('//');
}
