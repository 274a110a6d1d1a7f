import type { FetchRequest, Validators } from '../../kernel/ports.js';

/** RFC 9110 section 8.8.3: quoted and printable. What servers send without quotes is no entity tag. */
const ETAG = /^(W\/)?"[\x21\x23-\x7e]*"$/;
/** Sent back unchanged (RFC 9110 section 13.1.3), so it only has to be a line that may be sent. */
const DATE = /^[\x20-\x7e]+$/;
const LONGEST = 500;

export const NO_VALIDATORS: Readonly<Validators> = { etag: null, lastModified: null };

/**
 * Returns the validators of a response. A malformed one is dropped: sent back, it would make every later
 * request malformed.
 */
export function validatorsOf(etag: string | undefined, lastModified: string | undefined): Validators {
  return { etag: wellFormed(ETAG, etag), lastModified: wellFormed(DATE, lastModified) };
}

function wellFormed(form: RegExp, value: string | undefined): string | null {
  return value !== undefined && value.length <= LONGEST && form.test(value) ? value : null;
}

/**
 * Returns If-None-Match and If-Modified-Since (RFC 9110 sections 13.1.2 and 13.1.3), for GET and if there is
 * something to compare with.
 */
export function conditions({ method, validators }: FetchRequest): Record<string, string> {
  if (method !== 'GET') return {};
  return {
    ...(validators?.etag && { 'if-none-match': validators.etag }),
    ...(validators?.lastModified && { 'if-modified-since': validators.lastModified }),
  };
}
