import { defineSource } from '../../domain/source.js';
import { quickCheckAt, planWalk } from '../_kit/plan-walk.js';
import { callIn, FEED, isFurtherPage, LIST, ORIGIN } from './anr-site.js';
import { checks } from './checks.js';
import { QUICK_CHECK } from './parse-call.js';
import { parseDocument } from './parse-document.js';

/**
 * Agence nationale de la recherche: its list of calls to the last page, and the page of each. The feed has
 * been seen valid and empty, so it is a hint: what it names besides is read too. That a call is absent is no
 * finding, though the list is read whole: a call of two stages leaves it after the first, long before its
 * last deadline, and would pass for withdrawn; and one that only the feed named leaves that with the next
 * ones.
 */
export const source = defineSource({
  id: 'anr',
  name: 'Agence nationale de la recherche',
  homepage: 'https://anr.fr/fr/appels-a-projets/',
  origin: ORIGIN,
  everyHours: 12,
  requestsPerMinute: 20,
  coverage: 'window',
  expectsAtLeast: 3,
  // In August and at the turn of the year nothing is published for weeks.
  quietAfterDays: 45,
  plan: (done, { scan }) =>
    planWalk(done, scan, { lists: [LIST], isList: isFurtherPage, hints: [FEED], nameOf: callIn }),
  // The list, and with it the dates of a card, is not read then: the key says so.
  quickCheck: (calls) =>
    quickCheckAt(calls, ORIGIN).map((request) => ({ ...request, key: `${QUICK_CHECK} ${request.key}` })),
  parse: parseDocument,
  checks,
});
