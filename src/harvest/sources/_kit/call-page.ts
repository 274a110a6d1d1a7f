import { ParsedCall } from '../../../calls/domain/parsed-call.js';
import type { ParsedPage } from '../../domain/source.js';

/**
 * Returns the page of one call. Without a text and without a deadline there is nothing to show: it is unread.
 */
export function callPage(call: ParsedCall): ParsedPage {
  const empty: ParsedPage = { total: null, calls: [], unread: [], links: [] };
  if (call.sections.length || call.deadlines.length) return { ...empty, calls: [ParsedCall.parse(call)] };
  return {
    ...empty,
    unread: [{ reference: call.reference, why: 'its page has neither a text nor a deadline' }],
  };
}
