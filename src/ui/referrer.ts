/**
 * For pages whose address holds a credential: it goes nowhere else, not even along to our own style sheets.
 * "no-referrer" would hide more, but then browsers hide the origin of our own form as well (Fetch, "append a
 * request Origin header"), and where they do not say by Fetch Metadata what sends it (plain http, older ones)
 * it would be refused.
 */
export const REFERRER = ['Referrer-Policy', 'strict-origin'] as const;
