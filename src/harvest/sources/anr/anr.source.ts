import { defineSource } from '../../domain/source.js';
import { quickCheckAt, planWalk } from '../_kit/plan-walk.js';
import { callIn, FEED, isFurtherPage, LIST, ORIGIN } from './anr-site.js';
import { checks } from './checks.js';
import { QUICK_CHECK } from './parse-call.js';
import { parseDocument } from './parse-document.js';

/**
 * Agence nationale de la recherche: its complete list of calls, and the page of each. The feed has been seen
 * valid but empty, so it is a hint: its additional links are read too. The absence of a call is no finding,
 * although the whole list is read: a two-stage call leaves it after the first stage, long before its last
 * deadline, and would look withdrawn; a call found only in the feed leaves it as newer ones arrive.
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
  // In August and around New Year nothing is published for weeks.
  quietAfterDays: 45,
  plan: (done, { scan }) =>
    planWalk(done, scan, { lists: [LIST], isList: isFurtherPage, hints: [FEED], nameOf: callIn }),
  // A quick check does not read the list, nor the dates on its cards: the key says so.
  quickCheck: (calls) =>
    quickCheckAt(calls, ORIGIN).map((request) => ({ ...request, key: `${QUICK_CHECK} ${request.key}` })),
  parse: parseDocument,
  checks,
});
