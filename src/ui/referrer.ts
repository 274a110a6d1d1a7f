import { applyDecorators, Header } from '@nestjs/common';

/**
 * For pages whose address contains a credential: it is sent nowhere else, not even with requests for our own
 * style sheets. "no-referrer" would hide more, but browsers then also hide the origin of our own forms
 * (Fetch, "append a request Origin header"), and without Fetch Metadata (plain http, older browsers) these
 * forms would be refused.
 */
export const REFERRER = ['Referrer-Policy', 'strict-origin'] as const;

/** The same for a page of whoever has the link in a message: no search engine lists it either. */
export const PageByLink = (): MethodDecorator =>
  applyDecorators(Header(...REFERRER), Header('x-robots-tag', 'noindex, nofollow'));
