import { pageForAnyone } from './page-for-anyone.js';

/** When to try again, in seconds. */
export const RETRY_SECONDS = 10;

/** The server is well and has too much to do; the reader may be unknown, so the page is in every language. */
export const BUSY = {
  status: 503,
  type: 'urn:carnot-europe:problem:busy',
  detail: 'The server is busy. Try again in a moment.',
  page: pageForAnyone({ heading: 'anyone.busy', text: 'anyone.busy.text' }),
};
