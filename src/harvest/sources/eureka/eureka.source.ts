import { defineSource } from '../../domain/source.js';
import { planControl } from '../_kit/plan-control.js';
import { quickCheckAt, planWalk } from '../_kit/plan-walk.js';
import { callIn, controlFrom, isControl, isFurtherPage, isOver, LISTS, ORIGIN, OVER } from './eureka-site.js';
import { checks } from './checks.js';
import { parseDocument } from './parse-document.js';

/**
 * Eureka, with Eurostars (the European Partnership on Innovative SMEs), Globalstars, the Clusters and Network
 * Projects: calls that its members fund nationally and that are not on the EU portal. The open and the
 * upcoming ones, and the page of each.
 *
 * The control of these lists is WordPress's own API, which links to every page of this kind. It gives neither
 * dates nor state, and besides calls of all years it holds events and introductions (92 in October 2026, a
 * dozen of them current calls). So only its addresses are used: a page that it links to, but no list does,
 * not even that of closed calls, is read, and is a call if it states a date.
 */
export const source = defineSource({
  id: 'eureka',
  name: 'Eureka and Eurostars',
  homepage: 'https://www.eurekanetwork.org/programmes-and-calls/',
  origin: ORIGIN,
  everyHours: 12,
  requestsPerMinute: 20,
  coverage: 'full',
  // Network Projects is open all year, and one of the Clusters nearly always is.
  expectsAtLeast: 2,
  quietAfterDays: 60,
  plan: (done, { scan }) => {
    const next = planWalk(done, scan, { lists: LISTS, isList: isFurtherPage });
    return next.length
      ? next
      : planControl(done, { control: controlFrom(0), isControl, over: OVER, isOver, nameOf: callIn });
  },
  quickCheck: (calls) => quickCheckAt(calls, ORIGIN),
  parse: parseDocument,
  checks,
});
